import { FeelFailure } from '../feel/run.ts';
import { compileExpression, evaluateToJson, type FeelProgram } from '../feel/feel.ts';
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

  boolean(expression: string): boolean {
    return this.#typed(expression, 'BOOLEAN') as boolean;
  }

  list(expression: string): JsonValue[] {
    return this.#typed(expression, 'ARRAY') as JsonValue[];
  }

  optionalString(expression: string | null): string | null {
    if (expression === null || expression === '') return null;
    const { value } = this.#evaluate(expression);
    if (value === null) return null;
    return this.#expect(expression, this.#evaluate(expression), 'STRING') as string;
  }

  integer(expression: string): number {
    if (!isFeel(expression) && /^-?\d+$/.test(expression.trim())) return Number(expression);
    return Math.trunc(this.#typed(expression, 'NUMBER') as number);
  }

  /** `=["a","b"]` or the static text `a, b`. */
  strings(expression: string | null): string[] | null {
    if (expression === null || expression === '') return null;
    if (!isFeel(expression)) return expression.split(',').map((part) => part.trim());
    const outcome = this.#evaluate(expression);
    if (outcome.value === null) return null;
    const list = this.#expect(expression, outcome, 'ARRAY') as JsonValue[];
    for (const [index, item] of list.entries()) {
      if (typeof item === 'string') continue;
      throw new Incident(
        this.#type,
        `Expected result of the expression '${expression.slice(1)}' to be 'ARRAY' containing 'STRING' items, ` +
          `but was 'ARRAY' containing at least one non-'STRING' item (at ${index}).`,
      );
    }
    return list as string[];
  }

  /** A correlation key: a string, or a number written as one. */
  correlationKey(expression: string): string {
    const outcome = this.#evaluate(expression);
    const { value } = outcome;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
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

export function warningsText({ warnings }: Pick<Outcome, 'warnings'>): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map((warning) => `[${warning.type ?? warning.code}] ${warning.message}`);
  return ` The evaluation reported the following warnings:\n${lines.join('\n')}`;
}
