/** A decision that has no result: its table is contradicted by the input, or an expression cannot be evaluated. */
export class DecisionFailure extends Error {
  override name = 'DecisionFailure';
}
