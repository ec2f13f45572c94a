import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { lintSetup } from './lint-setup.ts';
import { chineseMessage } from './messages.ts';
import type { Category, RuleOptions } from './rule.ts';

export interface LintReport {
  file?: string;
  elementId: string;
  /** e.g. `label-required`, `camunda-compat/feel`, `liandong/gateway-question`; `xml` when the file can't be read. */
  rule: string;
  category: Category;
  /** English, as the rule says it. */
  message: string;
  messageZh: string;
}

const moddle = new BpmnModdle({ zeebe });

/**
 * Reads a BPMN file and holds it against bpmn.io's, Camunda's and this project's rules. No fault gives an empty list.
 * Runs on the server and in the browser.
 */
export async function lintBpmn(xml: string, options: RuleOptions = {}): Promise<LintReport[]> {
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml);
    const unread = warnings.map(({ message }) => unreadable(message));
    return [...unread, ...(await lintDefinitions(rootElement, options))];
  } catch (error) {
    return [unreadable(error instanceof Error ? error.message : String(error))];
  }
}

/** The same for a diagram that is parsed already, e.g. the one in the modeler. */
export async function lintDefinitions(definitions: object, options: RuleOptions = {}): Promise<LintReport[]> {
  const results = await new Linter(lintSetup(options)).lint(definitions);
  return Object.entries(results).flatMap(([rule, reports]) =>
    reports.map(({ id, message, category, zh }) => ({
      elementId: id ?? '',
      rule,
      // a rule that fails itself must not let a file pass
      category: category === 'warn' || category === 'info' ? ('warn' as const) : ('error' as const),
      message,
      messageZh: zh ?? chineseMessage(rule, message),
    })),
  );
}

const unreadable = (message: string): LintReport => ({
  elementId: '',
  rule: 'xml',
  category: 'error',
  message,
  messageZh: `文件无法完整读取：${message}`,
});
