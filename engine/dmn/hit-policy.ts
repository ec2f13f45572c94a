import { equal } from '../feel/equality.ts';
import { add } from '../feel/decimal.ts';
import { describe } from '../feel/print.ts';
import type { Scope } from '../feel/scope.ts';
import { type FeelContext, type FeelValue, newContext } from '../feel/value.ts';
import type { Aggregation, DecisionTable, HitPolicy, HitPolicyName, MatchedRule, Output } from './table.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Xml } from './xml.ts';

const policies: HitPolicyName[] = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'];
const aggregations: Aggregation[] = ['SUM', 'MIN', 'MAX', 'COUNT'];

/** Throws an Error of one sentence. */
export function hitPolicyOf(element: Xml): HitPolicy {
  const written = element.attributes.hitPolicy ?? 'UNIQUE';
  const name = policies.find((policy) => policy === written);
  if (!name) throw new Error(`The hit policy '${written}' is unknown.`);
  const aggregator = element.attributes.aggregation;
  const aggregation = aggregations.find((each) => each === aggregator) ?? null;
  if (aggregator !== undefined && !aggregation) throw new Error(`The aggregation '${aggregator}' is unknown.`);
  return { name, aggregation };
}

/** `matched` holds at least one rule. */
export function applyHitPolicy(table: DecisionTable, matched: MatchedRule[], scope: Scope): FeelValue {
  const results = matched.map(({ values }) => resultOf(table.outputs, values));
  switch (table.hitPolicy.name) {
    case 'FIRST':
      return results[0]!;
    case 'UNIQUE':
      if (results.length === 1) return results[0]!;
      throw new DecisionFailure(
        `multiple values aren't allowed for UNIQUE hit policy. found: 'List(${printed(table.outputs, matched).join(', ')})'`,
      );
    case 'ANY':
      if (results.every((result) => equal(result, results[0]!) === true)) return results[0]!;
      throw new DecisionFailure(
        `different values aren't allowed for ANY hit policy. found: 'List(${[...new Set(printed(table.outputs, matched))].join(', ')})'`,
      );
    case 'PRIORITY':
      return resultOf(table.outputs, byPriority(table.outputs, matched, scope)[0]!.values);
    case 'OUTPUT ORDER':
      return byPriority(table.outputs, matched, scope).map(({ values }) => resultOf(table.outputs, values));
    case 'RULE ORDER':
      return results;
    case 'COLLECT':
      return collected(table.hitPolicy, results);
  }
}

/** What the rules give, as dmn-scala prints it. */
function printed(outputs: Output[], matched: MatchedRule[]): string[] {
  return matched.map(({ values }) => {
    const entries = values.map((value, column) => `${outputs[column]!.name || null} -> ${describe(value)}`);
    return `Map(${entries.join(', ')})`;
  });
}

function resultOf(outputs: Output[], values: FeelValue[]): FeelValue {
  if (outputs.length === 1) return values[0]!;
  const result: FeelContext = newContext();
  for (const [index, { name }] of outputs.entries()) result[name] = values[index]!;
  return result;
}

function collected({ aggregation }: HitPolicy, results: FeelValue[]): FeelValue {
  if (aggregation === null) return results;
  if (aggregation === 'COUNT') return results.length;
  const numbers = results.map((result) => {
    if (typeof result === 'number' || typeof result === 'bigint') return Number(result);
    throw new DecisionFailure(`expected number but found '${describe(result)}'`);
  });
  if (aggregation === 'SUM') return numbers.reduce(add, 0);
  return numbers.reduce((best, each) => (aggregation === 'MIN' ? Math.min(best, each) : Math.max(best, each)));
}

/** By the place of each output's value in its list of values, the first output counting most; rule order otherwise. */
function byPriority(outputs: Output[], matched: MatchedRule[], scope: Scope): MatchedRule[] {
  const lists = outputs.map((output) => {
    const values = output.values(scope);
    return Array.isArray(values) ? values : [];
  });
  const ranks = new Map(
    matched.map((rule) => [rule, rule.values.map((value, column) => rankOf(value, lists[column]!))]),
  );
  return matched.toSorted((left, right) => {
    const [lefts, rights] = [ranks.get(left)!, ranks.get(right)!];
    const column = lefts.findIndex((rank, index) => rank !== rights[index]);
    return column < 0 ? 0 : lefts[column]! - rights[column]!;
  });
}

function rankOf(value: FeelValue, values: FeelValue[]): number {
  const rank = values.findIndex((each) => equal(each, value) === true);
  return rank < 0 ? values.length : rank;
}
