import { compileExpression, evaluateToJson, type FeelProgram } from '../feel/feel.ts';
import { FeelFailure } from '../feel/run.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { InstanceRow } from '../state/rows.ts';
import { Incident, type IncidentType } from './incident.ts';
import type { Run } from './run.ts';
import { ScopeVariables } from './scope-variables.ts';

const maxPrograms = 10_000;
/** A longer one is compiled whenever it is needed: so many of them could fill the memory. */
const maxKeptLength = 10_000;
const programs = new Map<string, FeelProgram>();

function program(source: string): FeelProgram {
  let found = programs.get(source);
  if (!found) {
    found = compileExpression(source);
    if (programs.size >= maxPrograms) programs.clear();
    if (source.length <= maxKeptLength) programs.set(source, found);
  }
  return found;
}

export interface Outcome {
  value: JsonValue;
  warnings: readonly { type?: string; code?: string; message: string }[];
}

export const isFeel = (expression: string): boolean => expression.startsWith('=');

/** What a static expression or FEEL with these variables comes to. */
export function evaluateWith(run: Run, expression: string, variables: ScopeVariables): Outcome {
  if (!isFeel(expression)) return { value: expression, warnings: [] };
  return evaluateToJson(program(expression.slice(1)), variables, { nowMs: run.now }) as Outcome;
}

export type Kind = 'STRING' | 'NUMBER' | 'BOOLEAN' | 'ARRAY' | 'OBJECT' | 'NULL';

export function kindOf(value: JsonValue): Kind {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'ARRAY';
  if (typeof value === 'bigint') return 'NUMBER';
  return typeof value === 'object' ? 'OBJECT' : ((typeof value).toUpperCase() as Kind);
}

/** Expressions of one element instance; a failure is an incident of the given type in Zeebe's words. */
export class Expressions {
  readonly #run: Run;
  readonly #variables: ScopeVariables;
  readonly #type: IncidentType;

  constructor(
    run: Run,
    instance: InstanceRow | undefined,
    type: IncidentType = 'EXTRACT_VALUE_ERROR',
    overlay?: JsonObject,
  ) {
    this.#run = run;
    this.#variables = new ScopeVariables(run.state, instance, overlay);
    this.#type = type;
  }

  value(expression: string): JsonValue {
    return this.#evaluate(expression).value;
  }

  string(expression: string): string {
    return this.#typed(expression, 'STRING') as string;
  }

  /** Text, or one of the types that are kept as text. */
  text(expression: string, ...types: string[]): string {
    const outcome = this.#evaluate(expression);
    if (typeof outcome.value === 'string') return outcome.value;
    throw new Incident(this.#type, notOneOf(expression, [...types, 'STRING'], outcome));
  }

  boolean(expression: string): boolean {
    return this.#typed(expression, 'BOOLEAN') as boolean;
  }

  list(expression: string): JsonValue[] {
    return this.#typed(expression, 'ARRAY') as JsonValue[];
  }

  optionalString(expression: string | null): string | null {
    if (expression === null || expression === '') return null;
    const outcome = this.#evaluate(expression);
    return outcome.value === null ? null : (this.#expect(expression, outcome, 'STRING') as string);
  }

  /** The text of a date that may be missing. */
  optionalDate(expression: string | null): string | null {
    if (expression === null || expression === '') return null;
    const outcome = this.#evaluate(expression);
    if (outcome.value === null || typeof outcome.value === 'string') return outcome.value;
    throw new Incident(this.#type, notOneOf(expression, ['NULL', 'DATE_TIME', 'STRING'], outcome));
  }

  integer(expression: string): number {
    if (!isFeel(expression) && /^-?\d+$/.test(expression.trim())) return Number(expression);
    const value = Number(this.#typed(expression, 'NUMBER'));
    if (Number.isInteger(value)) return value;
    const text = expression.replace(/^=/, '');
    throw new Incident(this.#type, `Expected result of the expression '${text}' to be an integer, but was a decimal.`);
  }

  /** `=["a","b"]` or the static text `a, b`. */
  strings(expression: string | null): string[] | null {
    if (expression === null || expression === '') return null;
    if (!isFeel(expression)) return expression.split(',').map((part) => part.trim());
    const outcome = this.#evaluate(expression);
    if (outcome.value === null) return null;
    const list = this.#expect(expression, outcome, 'ARRAY') as JsonValue[];
    for (const item of list) {
      if (typeof item === 'string') continue;
      throw new Incident(
        this.#type,
        `Expected result of the expression '${expression.slice(1)}' to be 'ARRAY' containing 'STRING' items, ` +
          `but was 'ARRAY' containing at least one non-'STRING' item.`,
      );
    }
    return list as string[];
  }

  /** A correlation key: a string, or a number written as one. */
  correlationKey(expression: string): string {
    const outcome = this.#evaluate(expression);
    const { value } = outcome;
    if (typeof value === 'string') return value;
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number') return String(Math.trunc(value));
    throw new Incident(
      this.#type,
      `Failed to extract the correlation key for '${expression.replace(/^=/, '')}': ` +
        `The value must be either a string or a number, but was '${kindOf(value)}'.${warningsText(outcome)}`,
    );
  }

  #typed(expression: string, kind: Kind): JsonValue {
    return this.#expect(expression, this.#evaluate(expression), kind);
  }

  #expect(expression: string, outcome: Outcome, kind: Kind): JsonValue {
    const actual = kindOf(outcome.value);
    if (actual === kind) return kind === 'NUMBER' ? Number(outcome.value) : outcome.value;
    throw new Incident(
      this.#type,
      `Expected result of the expression '${expression.replace(/^=/, '')}' to be '${kind}', but was '${actual}'.` +
        warningsText(outcome),
    );
  }

  #evaluate(expression: string): Outcome {
    try {
      return evaluateWith(this.#run, expression, this.#variables);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Incident(this.#type, error instanceof FeelFailure ? reason + warningsText(error) : reason);
    }
  }
}

/** Zeebe's sentence for a value that is none of the types that it may have. */
export function notOneOf(expression: string, types: string[], outcome: Outcome): string {
  return (
    `Expected result of the expression '${expression.replace(/^=/, '')}' to be one of '[${types.join(', ')}]', ` +
    `but was '${kindOf(outcome.value)}'.${warningsText(outcome)}`
  );
}

export function warningsText({ warnings }: Pick<Outcome, 'warnings'>): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map((warning) => `[${warning.type ?? warning.code}] ${warning.message}`);
  return ` The evaluation reported the following warnings:\n${lines.join('\n')}`;
}
