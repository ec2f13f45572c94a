import { canonicalName } from '../feel/known-names.ts';
import { NameScope, type Scope } from '../feel/scope.ts';
import { type FeelContext, type FeelValue, newContext } from '../feel/value.ts';
import type { Logic, ModelCompiler } from './compiler.ts';
import { applyHitPolicy, hitPolicyOf } from './hit-policy.ts';
import type { DecisionTable, Input, MatchedRule, Output, Rule } from './table.ts';
import { child, childrenNamed, textOf, type Xml } from './xml.ts';

/** Told of the steps as they are taken, so that a failing table still shows how far it came. */
interface TableObserver {
  inputs(values: FeelValue[]): void;
  matched(rules: MatchedRule[]): void;
}

/** Throws an Error of one sentence when rows and columns do not fit or the hit policy is unknown. */
export function readDecisionTable(element: Xml, compiler: ModelCompiler): DecisionTable {
  compiler.problems.push(...compoundProblems(element));
  const inputs = childrenNamed(element, 'input').map((input) => readInput(input, compiler));
  const outputs = childrenNamed(element, 'output').map((output) => readOutput(output, compiler));
  const rules = childrenNamed(element, 'rule').map((rule) => readRule(rule, compiler));
  for (const [index, { tests, outputs: values }] of rules.entries()) {
    if (tests.length === inputs.length && values.length === outputs.length) continue;
    throw new Error(`Rule ${index + 1} of the decision table has not as many entries as the table has columns.`);
  }
  return { inputs, outputs, rules, hitPolicy: hitPolicyOf(element) };
}

/** What several outputs need, in Camunda's words. */
function compoundProblems(element: Xml): string[] {
  const outputs = childrenNamed(element, 'output').map(({ attributes }) => attributes);
  if (outputs.length < 2) return [];
  const { hitPolicy, aggregation } = element.attributes;
  const nameless = outputs.filter(({ name }) => name === undefined);
  return [
    ...(hitPolicy === 'COLLECT' && aggregation
      ? ["hit policy 'COLLECT' with aggregator is not defined for compound output"]
      : []),
    ...nameless.map(({ label }) => `no output name defined for \`${label ?? null}\``),
  ];
}

/** A column without a label is called by its expression, as far as it fits. */
const maxNameLength = 30;

function readInput(element: Xml, compiler: ModelCompiler): Input {
  const expression = child(element, 'inputExpression');
  return {
    id: element.attributes.id ?? '',
    name: element.attributes.label ?? (textOf(expression) ?? '').slice(0, maxNameLength),
    value: compiler.expressionOf(expression),
  };
}

function readOutput(element: Xml, compiler: ModelCompiler): Output {
  const { id, name, label } = element.attributes;
  const values = textOf(child(element, 'outputValues'));
  const defaultEntry = child(element, 'defaultOutputEntry');
  return {
    id: id ?? '',
    name: canonicalName(name ?? ''),
    title: label ?? name ?? '',
    values: compiler.expression(values === undefined ? undefined : `[${values}]`),
    defaultValue: defaultEntry ? compiler.expressionOf(defaultEntry) : null,
  };
}

function readRule(element: Xml, compiler: ModelCompiler): Rule {
  return {
    id: element.attributes.id ?? '',
    tests: childrenNamed(element, 'inputEntry').map((entry) => compiler.unaryTestsOf(entry)),
    outputs: childrenNamed(element, 'outputEntry').map((entry) => compiler.expressionOf(entry)),
  };
}

export function evaluateTable(table: DecisionTable, scope: Scope, observer?: TableObserver): FeelValue {
  const inputs = table.inputs.map((input) => input.value(scope));
  observer?.inputs(inputs);
  const scopes = inputs.map((input) => new NameScope(scope, 'cellInput', input));
  const matched: MatchedRule[] = [];
  for (const [index, rule] of table.rules.entries()) {
    if (!rule.tests.every((test, column) => test(scopes[column]!, inputs[column]!) === true)) continue;
    matched.push({ id: rule.id, index: index + 1, values: rule.outputs.map((output) => output(scope)) });
    if (table.hitPolicy.name === 'FIRST') break;
  }
  observer?.matched(matched);
  if (matched.length === 0) return defaultResult(table, scope);
  return applyHitPolicy(table, matched, scope);
}

/** Without a match: the outputs' defaults, null when none has one. */
function defaultResult({ outputs }: DecisionTable, scope: Scope): FeelValue {
  const defaults = outputs.filter(({ defaultValue }) => defaultValue !== null);
  if (defaults.length === 0) return null;
  if (outputs.length === 1) return defaults[0]!.defaultValue!(scope);
  const result: FeelContext = newContext();
  for (const { name, defaultValue } of defaults) result[name] = defaultValue!(scope);
  return result;
}

/** A table inside another expression: nobody looks on. */
export function decisionTableLogic(element: Xml, compiler: ModelCompiler): Logic {
  const table = readDecisionTable(element, compiler);
  return (scope) => evaluateTable(table, scope);
}
