import type Database from 'better-sqlite3';
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

/** Longer values are read only when somebody asks for them. */
const eagerBytes = 2000;

/** Variables by scope, known to the unit of work once touched and written once when the command ends. */
export class Variables {
  readonly #keys: Keys;
  readonly #load: Database.Statement;
  readonly #loadOne: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #update: Database.Statement;
  #scopes = new Map<number, Map<string, Variable>>();
  #changes: VariableChange[] = [];
  #changed: { processInstanceKey: number; scopeKey: number; name: string; variable: Variable }[] = [];

  constructor(db: Database.Database, keys: Keys) {
    this.#keys = keys;
    this.#load = db.prepare(
      `SELECT key, name, CASE WHEN octet_length(value) <= ${eagerBytes} THEN value END AS json
       FROM variable WHERE process_instance_key = ? AND scope_key = ?`,
    );
    this.#loadOne = db.prepare('SELECT value FROM variable WHERE key = ?').pluck();
    this.#insert = db.prepare(
      'INSERT INTO variable (key, process_instance_key, scope_key, name, value) VALUES (?, ?, ?, ?, ?)',
    );
    this.#update = db.prepare('UPDATE variable SET value = ? WHERE key = ?');
  }

  /** A scope made by this command has no variables in the database. */
  open(scopeKey: number): void {
    this.#scopes.set(scopeKey, new Map());
  }

  names(processInstanceKey: number, scopeKey: number): Iterable<string> {
    return this.#scope(processInstanceKey, scopeKey).keys();
  }

  has(processInstanceKey: number, scopeKey: number, name: string): boolean {
    return this.#scope(processInstanceKey, scopeKey).has(name);
  }

  get(processInstanceKey: number, scopeKey: number, name: string): JsonValue | undefined {
    const variable = this.#scope(processInstanceKey, scopeKey).get(name);
    if (!variable) return undefined;
    if (variable.value === undefined) variable.value = JSON.parse(this.#json(variable)) as JsonValue;
    return variable.value;
  }

  json(processInstanceKey: number, scopeKey: number, name: string): string | undefined {
    const variable = this.#scope(processInstanceKey, scopeKey).get(name);
    return variable && this.#json(variable);
  }

  set(processInstanceKey: number, scopeKey: number, name: string, value: JsonValue): void {
    const scope = this.#scope(processInstanceKey, scopeKey);
    const json = JSON.stringify(value);
    const known = scope.get(name);
    if (!known || known.json !== json) this.#changes.push({ processInstanceKey, scopeKey, name, made: !known });
    if (!known) {
      const variable: Variable = { key: this.#keys.next(), json, value, state: 'new' };
      scope.set(name, variable);
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
    for (const { processInstanceKey, scopeKey, name, variable } of this.#changed) {
      if (variable.state === 'new') this.#insert.run(variable.key, processInstanceKey, scopeKey, name, variable.json);
      else this.#update.run(variable.json, variable.key);
      variable.state = 'clean';
    }
    if (this.#changed.length > 0) this.#changed = [];
  }

  discard(): void {
    if (this.#scopes.size > 0) this.#scopes = new Map();
    if (this.#changes.length > 0) this.#changes = [];
    if (this.#changed.length > 0) this.#changed = [];
  }

  #json(variable: Variable): string {
    variable.json ??= this.#loadOne.get(variable.key) as string;
    return variable.json;
  }

  #scope(processInstanceKey: number, scopeKey: number): Map<string, Variable> {
    const known = this.#scopes.get(scopeKey);
    if (known) return known;
    const scope = new Map<string, Variable>();
    for (const row of this.#load.iterate(processInstanceKey, scopeKey)) {
      const { key, name, json } = row as { key: number; name: string; json: string | null };
      scope.set(name, { key, json: json ?? undefined, value: undefined, state: 'clean' });
    }
    this.#scopes.set(scopeKey, scope);
    return scope;
  }
}
