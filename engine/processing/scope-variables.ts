import { printExactly } from '../exact-json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { appliers } from '../state/appliers.ts';
import { isProcessInstance, type InstanceRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';

/** The scopes of an instance, from itself outwards to the process instance. */
export function scopeChain(state: State, instance: InstanceRow): InstanceRow[] {
  const chain: InstanceRow[] = [];
  for (let row: InstanceRow | undefined = instance; row; row = state.scopeOf(row)) chain.push(row);
  return chain;
}

/** Variables as an expression sees them: the nearest scope wins; values are read when asked for. */
export class ScopeVariables {
  readonly #state: State;
  readonly #processInstanceKey: number;
  readonly #chain: InstanceRow[];
  readonly #overlay: JsonObject;
  readonly #tenantId: string;

  /** @param instance none where nothing runs yet: at the start events of a definition */
  constructor(state: State, instance: InstanceRow | undefined, overlay: JsonObject = {}, tenantId = '<default>') {
    this.#state = state;
    this.#processInstanceKey = instance?.processInstanceKey ?? 0;
    this.#chain = instance ? scopeChain(state, instance) : [];
    this.#overlay = overlay;
    this.#tenantId = tenantId;
  }

  names(): Iterable<string> {
    const names = new Set(Object.keys(this.#overlay));
    for (const { key } of this.#chain) {
      for (const name of this.#state.variables.names(this.#processInstanceKey, key)) names.add(name);
    }
    return names;
  }

  get(name: string): JsonValue | undefined {
    if (Object.hasOwn(this.#overlay, name)) return this.#overlay[name];
    for (const scope of this.#chain) {
      if (scope.data?.gathers === name) return gathered(this.#state, scope);
      const value = this.#state.variables.get(this.#processInstanceKey, scope.key, name);
      if (value !== undefined) return value;
    }
    return name === 'camunda' ? this.#state.clusterVariables.context(this.#tenantId) : undefined;
  }

  /** JSON text of an object with the variables seen from here: all, or those named. */
  json(fetch?: string[]): string {
    const parts: string[] = [];
    const wanted = fetch?.length ? new Set(fetch) : undefined;
    const seen = new Set<string>();
    for (const name in this.#overlay) {
      seen.add(name);
      if (!wanted || wanted.has(name)) parts.push(`${JSON.stringify(name)}:${printExactly(this.#overlay[name])}`);
    }
    for (const scope of this.#chain) {
      for (const name of this.#state.variables.names(this.#processInstanceKey, scope.key)) {
        if (seen.has(name) || (wanted && !wanted.has(name))) continue;
        seen.add(name);
        const text =
          scope.data?.gathers === name
            ? printExactly(gathered(this.#state, scope))
            : this.#state.variables.json(this.#processInstanceKey, scope.key, name);
        parts.push(`${JSON.stringify(name)}:${text}`);
      }
    }
    return `{${parts.join(',')}}`;
  }
}

/** What a loop's instances have answered so far; its variable may be behind (elements/multi-instance-body.ts). */
function gathered(state: State, { key, data }: InstanceRow): JsonValue {
  return state.loopItems.outputs(key, data!.total!);
}

/**
 * Zeebe's propagation: a variable is set in the nearest scope that has it, beginning with `instance`; one that none has
 * is made in the process instance.
 */
export function propagateVariables(state: State, instance: InstanceRow, values: JsonObject): void {
  const root = instance.processInstanceKey;
  for (const name in values) {
    let target: InstanceRow | undefined = instance;
    while (target && !isProcessInstance(target) && !state.variables.has(root, target.key, name)) {
      target = state.scopeOf(target);
    }
    if (target) shareOutputs(state, target, name);
    state.variables.set(root, target?.key ?? root, name, values[name]!);
  }
}

/** Who writes the collection of a loop writes what it has gathered: from then on the variable alone holds it. */
function shareOutputs(state: State, scope: InstanceRow, name: string): void {
  if (scope.data?.gathers !== name) return;
  const data = { ...scope.data, gathers: undefined, sharesOutputs: true } as const;
  appliers['element.changed'](state, scope, { data });
}

export function localVariables({ variables }: State, { processInstanceKey, key }: InstanceRow): JsonObject {
  const names = [...variables.names(processInstanceKey, key)];
  return Object.fromEntries(names.map((name) => [name, variables.get(processInstanceKey, key, name)!]));
}

export function setLocalVariables(state: State, instance: InstanceRow, values: JsonObject): void {
  for (const name in values) shareOutputs(state, instance, name);
  state.variables.setAll(instance.processInstanceKey, instance.key, values);
}
