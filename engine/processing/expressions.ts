import { compileExpression, evaluateToJson, type FeelProgram, type Outcome, staticOutcome } from '../feel/feel.ts';
import type { ResultType } from '../feel/result-type.ts';
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

export const isFeel = (expression: string): boolean => expression.startsWith('=');

/** What a static expression or FEEL with these variables comes to. */
export function evaluateWith(run: Run, expression: string, variables: ScopeVariables): Outcome {
  if (!isFeel(expression)) return staticOutcome(expression);
  return evaluateToJson(program(expression.slice(1)), variables, { nowMs: run.now });
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
  text(expression: string, ...types: ResultType[]): string {
    return this.#oneOf(expression, [...types, 'STRING']) as string;
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
    return this.#oneOf(expression, ['NULL', 'DATE_TIME', 'STRING']) as string | null;
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
    const { value, type } = outcome;
    if (type === 'STRING') return value as string;
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number') return String(Math.trunc(value));
    throw new Incident(
      this.#type,
      `Failed to extract the correlation key for '${expression.replace(/^=/, '')}': ` +
        `The value must be either a string or a number, but was '${type}'.${warningsText(outcome)}`,
    );
  }

  #oneOf(expression: string, types: ResultType[]): JsonValue {
    const outcome = this.#evaluate(expression);
    if (types.includes(outcome.type)) return outcome.value;
    throw new Incident(this.#type, notOneOf(expression, types, outcome));
  }

  #typed(expression: string, type: ResultType): JsonValue {
    return this.#expect(expression, this.#evaluate(expression), type);
  }

  #expect(expression: string, outcome: Outcome, type: ResultType): JsonValue {
    if (outcome.type === type) return type === 'NUMBER' ? Number(outcome.value) : outcome.value;
    throw new Incident(this.#type, notOfType(expression, type, outcome));
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

/** Zeebe's sentence for a value that is not of the type that it should have. */
export const notOfType = (expression: string, type: ResultType, outcome: Outcome): string =>
  unexpected(expression, `'${type}'`, outcome);

/** Zeebe's sentence for a value that is none of the types that it may have. */
export const notOneOf = (expression: string, types: ResultType[], outcome: Outcome): string =>
  unexpected(expression, `one of '[${types.join(', ')}]'`, outcome);

function unexpected(expression: string, wanted: string, outcome: Outcome): string {
  return (
    `Expected result of the expression '${expression.replace(/^=/, '')}' to be ${wanted}, ` +
    `but was '${outcome.type}'.${warningsText(outcome)}`
  );
}

export function warningsText({ warnings }: Pick<Outcome, 'warnings'>): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map((warning) => `[${warning.type}] ${warning.message}`);
  return ` The evaluation reported the following warnings:\n${lines.join('\n')}`;
}
