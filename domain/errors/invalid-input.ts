/** One problem of one field. `field` is a dotted path; `code` is a message key: `error.invalid.<code>`. */
export interface FieldProblem {
  field: string;
  code: string;
  params?: Record<string, string | number>;
}

/** What was sent breaks a rule; every broken field is named at once. */
export class InvalidInput extends Error {
  override name = 'InvalidInput' as const;
  problems: FieldProblem[];

  constructor(problems: FieldProblem[]) {
    super(`invalid input: ${problems.map((problem) => `${problem.field} ${problem.code}`).join(', ')}`);
    this.problems = problems;
  }
}
