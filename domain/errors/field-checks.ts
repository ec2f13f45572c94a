import { type FieldProblem, InvalidInput } from './invalid-input.ts';

/** Collects every problem of an input before anything is thrown, so that a person mends a form once. */
export class FieldChecks {
  readonly problems: FieldProblem[] = [];

  /** The same problem of a field is said once, though the form and the domain both found it. */
  add(field: string, code: string, params?: Record<string, string | number>): void {
    if (this.problems.some((problem) => problem.field === field && problem.code === code)) return;
    this.problems.push(params === undefined ? { field, code } : { field, code, params });
  }

  /** Trimmed text, or null when there is none. Lengths are counted in characters as people count them. */
  text(
    field: string,
    value: unknown,
    rule: { required?: boolean; min?: number; max: number; pattern?: RegExp },
  ): string | null {
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
      if (rule.required) this.add(field, 'required');
      return null;
    }
    if (typeof value !== 'string') {
      this.add(field, 'notText');
      return null;
    }
    const text = value.trim();
    const length = Array.from(text).length;
    if (length > rule.max) this.add(field, 'tooLong', { max: rule.max, length });
    else if (rule.min !== undefined && length < rule.min) this.add(field, 'tooShort', { min: rule.min, length });
    else if (rule.pattern && !rule.pattern.test(text)) this.add(field, 'badFormat');
    return text;
  }

  /** One of the options; null when there is none or it is not one of them. */
  option<T extends string>(field: string, value: unknown, options: readonly T[], required = false): T | null {
    if (value === undefined || value === null || value === '') {
      if (required) this.add(field, 'required');
      return null;
    }
    if (options.includes(value as T)) return value as T;
    this.add(field, 'notAnOption', { value: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60) });
    return null;
  }

  number(field: string, value: unknown, rule: { min: number; max: number }): number | null {
    if (value === undefined || value === null || value === '') return null;
    if (typeof value !== 'number' || !Number.isFinite(value)) this.add(field, 'notANumber');
    else if (value < rule.min) this.add(field, 'tooSmall', { min: rule.min });
    else if (value > rule.max) this.add(field, 'tooLarge', { max: rule.max });
    else return value;
    return null;
  }

  /** @throws InvalidInput naming every problem found. */
  throwIfAny(): void {
    if (this.problems.length > 0) throw new InvalidInput(this.problems);
  }
}
