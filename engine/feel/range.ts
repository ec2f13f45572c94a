import { FeelObject } from './feel-object.ts';
import { compare } from './ordering.ts';
import { print } from './print.ts';
import type { FeelValue } from './value.ts';

/** A bound that is null is open to infinity. */
export class FeelRange extends FeelObject {
  readonly typeName = 'range';
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;

  constructor(startIncluded: boolean, start: FeelValue, end: FeelValue, endIncluded: boolean) {
    super();
    this.startIncluded = startIncluded;
    this.start = start;
    this.end = end;
    this.endIncluded = endIncluded;
  }

  /** null when the value is not of the bounds' type. */
  includes(value: FeelValue): boolean | null {
    const above = this.start === null ? 1 : compare(value, this.start);
    const below = this.end === null ? -1 : compare(value, this.end);
    if (above === null || below === null) return null;
    return (above > 0 || (above === 0 && this.startIncluded)) && (below < 0 || (below === 0 && this.endIncluded));
  }

  override toString(): string {
    const start = this.start === null ? '' : print(this.start);
    const end = this.end === null ? '' : print(this.end);
    return `${this.startIncluded ? '[' : '('}${start}..${end}${this.endIncluded ? ']' : ')'}`;
  }
}
