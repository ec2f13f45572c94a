/** Upper bounds in seconds, as good for a commit as for a long poll. */
export const secondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

/** How observed values are distributed over upper bounds: a histogram that costs a request next to nothing. */
export class Distribution {
  readonly bounds: readonly number[];
  /** By bound, and beyond the last one. */
  readonly counts: number[];
  sum = 0;
  total = 0;

  constructor(bounds: readonly number[] = secondsBounds) {
    this.bounds = bounds;
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > this.bounds[at]!) at++;
    this.counts[at]!++;
    this.sum += value;
    this.total++;
  }
}
