/** A node of the parsed diagram, as far as rules read it. */
export interface Node {
  $type: string;
  id: string;
  name?: string;
  $parent?: Node;
  extensionElements?: { values?: Extension[] };
  documentation?: { text?: string }[];
  outgoing?: Node[];
  default?: Node;
  eventDefinitions?: Extension[];
}
/** An element of the zeebe namespace. */
export interface Extension {
  $type: string;
  extensionElements?: { values?: Extension[] };
  listeners?: { eventType?: string; type?: string }[];
  [attribute: string]: unknown;
}

export type Category = 'error' | 'warn';
export type RuleConfig = Category | 'off' | 'info' | [Category, object];
export interface LintConfig {
  rules: Record<string, RuleConfig>;
}
export interface RawReport {
  id?: string;
  message: string;
  category: string;
  zh?: string;
}
interface Reporter {
  report(id: string, message: string, context?: object): void;
}
export type RuleFactory = (options?: never) => { check(node: Node, reporter: Reporter): void };
export interface LintResolver {
  resolveRule(pkg: string, name: string): RuleFactory;
  resolveConfig(pkg: string, name: string): LintConfig;
}

/** What a rule may be told from outside. */
export interface RuleOptions {
  /** Job types that a worker takes; none given = not checked. */
  jobTypes?: readonly string[];
}

/** One rule of this project: what it says when it is broken, in both languages, and when it is. */
export interface ProjectRule {
  name: string;
  category: Category;
  zh: string;
  en: string;
  /** Calls `report` once for each fault of `node`; the detail (an id, a name) is added to the sentence. */
  check(node: Node, report: (detail?: string) => void, options: RuleOptions): void;
}

/** Makes of a project rule what bpmnlint runs. */
export function asRuleFactory(rule: ProjectRule, options: RuleOptions): RuleFactory {
  return () => ({
    check(node, reporter) {
      const report = (detail?: string) =>
        reporter.report(node.id, detail ? `${rule.en}: ${detail}` : rule.en, {
          zh: detail ? `${rule.zh}：${detail}` : rule.zh,
        });
      rule.check(node, report, options);
    },
  });
}

const flowNodes = /^bpmn:(\w*Task|\w*Event|\w*Gateway|CallActivity|SubProcess)$/;

export const isFlowNode = (node: Node) => flowNodes.test(node.$type);

export const extensionOf = (node: Pick<Node, 'extensionElements'>, type: string) =>
  node.extensionElements?.values?.find((value) => value.$type === type);

/** A gateway that asks: one way of several is taken. */
export const isQuestion = (node: Node) =>
  (node.$type === 'bpmn:ExclusiveGateway' || node.$type === 'bpmn:InclusiveGateway') &&
  (node.outgoing?.length ?? 0) > 1;
