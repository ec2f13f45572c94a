import type Database from 'better-sqlite3';
import { parseExactly, printExactly } from '../exact-json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Keys } from './keys.ts';

interface Variable {
  key: number;
  /** JSON text; undefined until read when it is long. */
  json: string | undefined;
  value: JsonValue | undefined;
  state: 'clean' | 'new' | 'dirty';
}

/** A variable that a command has made or given another value. */
export interface VariableChange {
  processInstanceKey: number;
  scopeKey: number;
  name: string;
  made: boolean;
}

/** A variable is larger than anything that could be told to a worker or a client. */
export class VariableTooLarge extends Error {
  override name = 'VariableTooLarge';

  constructor(name: string, length: number, maxLength: number) {
    super(`Expected variable '${name}' to have at most ${maxLength} bytes, but it has ${length}`);
  }
}

/** Longer values are read only when somebody asks for them. */
const eagerBytes = 2000;
/** Scopes that stay known when a command ends: so many, each with at most so many bytes of variables. */
const maxKeptScopes = 4000;
const maxKeptBytes = 4000;

interface Scope {
  key: number;
  variables: Map<string, Variable>;
  /** The last unit of work that had it in its hands. */
  unit: number;
}

interface Change {
  processInstanceKey: number;
  scopeKey: number;
  name: string;
  variable: Variable;
}

const none: ReadonlyMap<string, Variable> = new Map();

/** Variables by scope, known to the unit of work once touched and written once when the command ends. */
export class Variables {
  readonly #keys: Keys;
  readonly #maxLength: number;
  readonly #load: Database.Statement;
  readonly #loadOne: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #update: Database.Statement;
  readonly #scopes = new Map<number, Scope>();
  #used: Scope[] = [];
  #changes: VariableChange[] = [];
  #changed: Change[] = [];
  #unit = 0;

  constructor(db: Database.Database, keys: Keys, maxLength: number) {
    this.#keys = keys;
    this.#maxLength = maxLength;
    this.#load = db
      .prepare(
        `SELECT key, name, CASE WHEN octet_length(value) <= ${eagerBytes} THEN value END AS json
       FROM variable WHERE process_instance_key = ? AND scope_key = ?`,
      )
      .raw();
    this.#loadOne = db.prepare('SELECT value FROM variable WHERE key = ?').pluck();
    this.#insert = db.prepare(
      'INSERT INTO variable (key, process_instance_key, scope_key, name, value) VALUES (?, ?, ?, ?, ?)',
    );
    this.#update = db.prepare('UPDATE variable SET value = ? WHERE key = ?');
  }

  /** A scope made by this command has no variables in the database. */
  open(scopeKey: number): void {
    this.#use({ key: scopeKey, variables: none as Map<string, Variable>, unit: -1 });
  }

  names(processInstanceKey: number, scopeKey: number): Iterable<string> {
    return this.#scope(processInstanceKey, scopeKey).variables.keys();
  }

  has(processInstanceKey: number, scopeKey: number, name: string): boolean {
    return this.#scope(processInstanceKey, scopeKey).variables.has(name);
  }

  get(processInstanceKey: number, scopeKey: number, name: string): JsonValue | undefined {
    const variable = this.#scope(processInstanceKey, scopeKey).variables.get(name);
    if (!variable) return undefined;
    if (variable.value === undefined) variable.value = parseExactly(this.#json(variable)) as JsonValue;
    return variable.value;
  }

  json(processInstanceKey: number, scopeKey: number, name: string): string | undefined {
    const variable = this.#scope(processInstanceKey, scopeKey).variables.get(name);
    return variable && this.#json(variable);
  }

  set(processInstanceKey: number, scopeKey: number, name: string, value: JsonValue): void {
    const scope = this.#scope(processInstanceKey, scopeKey);
    const json = printExactly(value);
    if (json.length > this.#maxLength) throw new VariableTooLarge(name, json.length, this.#maxLength);
    const known = scope.variables.get(name);
    if (!known || known.json !== json) this.#changes.push({ processInstanceKey, scopeKey, name, made: !known });
    if (!known) {
      const variable: Variable = { key: this.#keys.next(), json, value, state: 'new' };
      if (scope.variables === none) scope.variables = new Map();
      scope.variables.set(name, variable);
      this.#changed.push({ processInstanceKey, scopeKey, name, variable });
      return;
    }
    if (known.json === json) return;
    known.json = json;
    known.value = value;
    if (known.state !== 'clean') return;
    known.state = 'dirty';
    this.#changed.push({ processInstanceKey, scopeKey, name, variable: known });
  }

  setAll(processInstanceKey: number, scopeKey: number, values: JsonObject): void {
    for (const name in values) this.set(processInstanceKey, scopeKey, name, values[name]!);
  }

  /** What has changed since it was last asked. */
  takeChanges(): readonly VariableChange[] {
    if (this.#changes.length === 0) return this.#changes;
    const taken = this.#changes;
    this.#changes = [];
    return taken;
  }

  flush(): void {
    if (this.#changed.length === 0) return;
    for (const { processInstanceKey, scopeKey, name, variable } of this.#changed) {
      if (variable.state === 'new') this.#insert.run(variable.key, processInstanceKey, scopeKey, name, variable.json);
      else this.#update.run(variable.json, variable.key);
      variable.state = 'clean';
    }
    this.#changed = [];
  }

  /** The command has ended well and is written: small scopes stay known. */
  settle(): void {
    if (this.#used.length === 0) return;
    for (const { key, variables } of this.#used) if (!isSmall(variables)) this.#scopes.delete(key);
    this.#used = [];
    this.#changes = [];
    this.#unit++;
    for (const key of this.#scopes.keys()) {
      if (this.#scopes.size <= maxKeptScopes) break;
      this.#scopes.delete(key);
    }
  }

  /** What the scope belongs to has ended. */
  forget(scopeKey: number): void {
    this.#scopes.delete(scopeKey);
  }

  discard(): void {
    for (const { key } of this.#used) this.#scopes.delete(key);
    this.#used = [];
    this.#changes = [];
    this.#changed = [];
    this.#unit++;
  }

  forgetAll(): void {
    this.discard();
    this.#scopes.clear();
  }

  #json(variable: Variable): string {
    variable.json ??= this.#loadOne.get(variable.key) as string;
    return variable.json;
  }

  #scope(processInstanceKey: number, scopeKey: number): Scope {
    const known = this.#scopes.get(scopeKey);
    if (known) {
      if (known.unit !== this.#unit) this.#use(known);
      return known;
    }
    const variables = new Map<string, Variable>();
    for (const row of this.#load.all(processInstanceKey, scopeKey)) {
      const [key, name, json] = row as [number, string, string | null];
      variables.set(name, { key, json: json ?? undefined, value: undefined, state: 'clean' });
    }
    return this.#use({ key: scopeKey, variables, unit: -1 });
  }

  #use(scope: Scope): Scope {
    scope.unit = this.#unit;
    this.#used.push(scope);
    this.#scopes.set(scope.key, scope);
    return scope;
  }
}

/** Also lets go of what was parsed: it is the command's own, and may be large. */
function isSmall(variables: Map<string, Variable>): boolean {
  let bytes = 0;
  for (const [name, variable] of variables) {
    bytes += name.length + (variable.json?.length ?? 0);
    if (bytes > maxKeptBytes) return false;
    if (typeof variable.value === 'object') variable.value = undefined;
  }
  return true;
}
