/** A folder of DMN's conformance kit, the cases in it that are not passed, and why. The test checks that it is true. */
export interface TckException {
  folder: string;
  cases: string[];
  reason: string;
}

const numbered = (prefix: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${String(from + index).padStart(3, '0')}`);

export const tckExceptions: TckException[] = [
  {
    folder: 'compliance-level-3/0057-feel-context',
    cases: ['008'],
    reason: 'Of two entries with one name Camunda keeps the last, the kit wants null: we do as Camunda.',
  },
  {
    folder: 'compliance-level-3/0074-feel-properties',
    cases: ['range_008', ...numbered('range_', 12, 24)],
    reason: "The kit's file does not have these cases, or only inside a comment.",
  },
  {
    folder: 'compliance-level-3/0076-feel-external-java',
    cases: ['boxed_001', ...numbered('literal_', 1, 12), 'varargs_001'],
    reason: 'There is no Java here whose classes could be called (nor can they be on a Camunda 8 cluster).',
  },
  {
    folder: 'compliance-level-3/0085-decision-services',
    cases: ['002', '002_a', '002_b', '002_c', '003'],
    reason: 'They evaluate a decision service itself; Camunda evaluates decisions, by key or id.',
  },
  {
    folder: 'compliance-level-3/0086-import',
    cases: ['test_001', 'test_002'],
    reason: 'They import another model; a deployed model stands by itself.',
  },
  {
    folder: 'compliance-level-3/0088-no-decision-logic',
    cases: ['001'],
    reason: 'It evaluates a decision service itself; Camunda evaluates decisions, by key or id.',
  },
  {
    folder: 'compliance-level-3/0096-feel-day-of-week-function',
    cases: ['date_001', 'datetime_001'],
    reason: 'The input is a date without a declared type: variables are JSON, where it arrives as a string.',
  },
];
