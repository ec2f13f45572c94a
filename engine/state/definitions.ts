import type Database from 'better-sqlite3';
import type { ProcessSpec } from '../model/element-spec.ts';
import { linkProcess, type ExecutableElement, type ExecutableProcess } from '../model/executable-process.ts';

/** Parsed processes that are kept ready; more are parsed again when needed. */
const maxCachedProcesses = 200;

interface ProcessRow {
  key: number;
  version: number;
  deploymentKey: number;
  firstElement: number;
  model: string;
}

export interface FormRef {
  key: number;
}

export interface DecisionRef {
  key: number;
  decisionId: string;
  name: string;
  version: number;
  requirementsKey: number;
}

export interface RequirementsRef {
  key: number;
  drgId: string;
  name: string;
  version: number;
  xml: string;
}

const processColumns = `key, version, deployment_key AS deploymentKey, first_element AS firstElement, model`;
const decisionColumns = `key, decision_id AS decisionId, name, version, decision_requirements_key AS requirementsKey`;

/** What has been deployed, found by key, by id and latest version, by deployment, or by version tag. */
export class Definitions {
  readonly #byKey: Database.Statement;
  readonly #isActive: Database.Statement;
  readonly #latest: Database.Statement;
  readonly #byVersion: Database.Statement;
  readonly #inDeployment: Database.Statement;
  readonly #tagged: Database.Statement;
  readonly #ofElement: Database.Statement;
  readonly #forms: Record<'latest' | 'deployment' | 'versionTag', Database.Statement>;
  readonly #resources: Record<'latest' | 'deployment' | 'versionTag', Database.Statement>;
  readonly #decisions: Record<'latest' | 'deployment' | 'versionTag' | 'key', Database.Statement>;
  readonly #requirements: Database.Statement;
  readonly #requirementsDecisions: Database.Statement;
  #processes = new Map<number, ExecutableProcess>();
  #elements = new Map<number, ExecutableElement>();
  #latestKeys = new Map<string, number | undefined>();

  constructor(db: Database.Database) {
    const from = `FROM process_definition WHERE state = 'ACTIVE' AND process_id = ?`;
    this.#byKey = db.prepare(`SELECT ${processColumns} FROM process_definition WHERE key = ?`);
    this.#isActive = db.prepare(`SELECT 1 FROM process_definition WHERE key = ? AND state = 'ACTIVE'`).pluck();
    this.#latest = db.prepare(`SELECT key ${from} ORDER BY version DESC LIMIT 1`).pluck();
    this.#byVersion = db.prepare(`SELECT key ${from} AND version = ?`).pluck();
    this.#inDeployment = db.prepare(`SELECT key ${from} AND deployment_key = ?`).pluck();
    this.#tagged = db.prepare(`SELECT key ${from} AND version_tag = ? ORDER BY version DESC LIMIT 1`).pluck();
    this.#ofElement = db.prepare('SELECT process_definition_key FROM element WHERE ref = ?').pluck();
    const form = 'SELECT key FROM form WHERE deleted = 0 AND form_id = ?';
    this.#forms = {
      latest: db.prepare(`${form} ORDER BY version DESC LIMIT 1`),
      deployment: db.prepare(`${form} AND deployment_key = ?`),
      versionTag: db.prepare(`${form} AND version_tag = ? ORDER BY version DESC LIMIT 1`),
    };
    const resource = 'SELECT key FROM resource WHERE deleted = 0 AND resource_id = ?';
    this.#resources = {
      latest: db.prepare(`${resource} ORDER BY version DESC LIMIT 1`).pluck(),
      deployment: db.prepare(`${resource} AND deployment_key = ?`).pluck(),
      versionTag: db.prepare(`${resource} AND version_tag = ? ORDER BY version DESC LIMIT 1`).pluck(),
    };
    const decision = `SELECT ${decisionColumns} FROM decision WHERE deleted = 0 AND decision_id = ?`;
    this.#decisions = {
      latest: db.prepare(`${decision} ORDER BY version DESC LIMIT 1`),
      deployment: db.prepare(`${decision} AND deployment_key = ?`),
      versionTag: db.prepare(`${decision} AND version_tag = ? ORDER BY version DESC LIMIT 1`),
      key: db.prepare(`SELECT ${decisionColumns} FROM decision WHERE deleted = 0 AND key = ?`),
    };
    this.#requirements = db.prepare(
      'SELECT key, drg_id AS drgId, name, version, xml FROM decision_requirements WHERE key = ?',
    );
    this.#requirementsDecisions = db.prepare(
      `SELECT ${decisionColumns} FROM decision WHERE decision_requirements_key = ?`,
    );
  }

  process(key: number): ExecutableProcess | undefined {
    const known = this.#processes.get(key);
    if (known) return known;
    const row = this.#byKey.get(key) as ProcessRow | undefined;
    if (!row) return undefined;
    const { model, ...identity } = row;
    const process = linkProcess(JSON.parse(model) as ProcessSpec, identity);
    if (this.#processes.size >= maxCachedProcesses) this.#evictOldest();
    this.#processes.set(key, process);
    for (const element of process.elements) this.#elements.set(element.ref, element);
    return process;
  }

  /** False once it is deleted: instances that run still find it, new ones must not. */
  isActive(key: number): boolean {
    return this.#isActive.get(key) !== undefined;
  }

  latestProcess(processId: string): ExecutableProcess | undefined {
    if (!this.#latestKeys.has(processId)) {
      this.#latestKeys.set(processId, this.#latest.get(processId) as number | undefined);
    }
    return this.#found(this.#latestKeys.get(processId));
  }

  processVersion(processId: string, version: number): ExecutableProcess | undefined {
    return this.#found(this.#byVersion.get(processId, version));
  }

  processInDeployment(processId: string, deploymentKey: number): ExecutableProcess | undefined {
    return this.#found(this.#inDeployment.get(processId, deploymentKey));
  }

  taggedProcess(processId: string, versionTag: string): ExecutableProcess | undefined {
    return this.#found(this.#tagged.get(processId, versionTag));
  }

  element(ref: number): ExecutableElement {
    const known = this.#elements.get(ref);
    if (known) return known;
    this.process(this.#ofElement.get(ref) as number);
    const loaded = this.#elements.get(ref);
    if (!loaded) throw new Error(`element ${ref} is not deployed`);
    return loaded;
  }

  form(by: 'latest' | 'deployment' | 'versionTag', formId: string, value?: number | string): FormRef | undefined {
    const statement = this.#forms[by];
    return (by === 'latest' ? statement.get(formId) : statement.get(formId, value)) as FormRef | undefined;
  }

  /** @returns its key */
  resource(by: 'latest' | 'deployment' | 'versionTag', id: string, value: number | string | null): number | undefined {
    const statement = this.#resources[by];
    return (by === 'latest' ? statement.get(id) : statement.get(id, value)) as number | undefined;
  }

  decision(by: 'latest' | 'deployment' | 'versionTag', id: string, value?: number | string): DecisionRef | undefined {
    const statement = this.#decisions[by];
    return (by === 'latest' ? statement.get(id) : statement.get(id, value)) as DecisionRef | undefined;
  }

  decisionByKey(key: number): DecisionRef | undefined {
    return this.#decisions.key.get(key) as DecisionRef | undefined;
  }

  requirements(key: number): RequirementsRef | undefined {
    return this.#requirements.get(key) as RequirementsRef | undefined;
  }

  decisionsOf(requirementsKey: number): DecisionRef[] {
    return this.#requirementsDecisions.all(requirementsKey) as DecisionRef[];
  }

  /** After a deployment or a deletion: what is latest may have changed. */
  forget(): void {
    this.#latestKeys = new Map();
  }

  /** After a rolled-back deployment: nothing that it made may be remembered. */
  forgetAll(): void {
    this.forget();
    this.#processes = new Map();
    this.#elements = new Map();
  }

  #found(key: unknown): ExecutableProcess | undefined {
    return key === undefined ? undefined : this.process(key as number);
  }

  #evictOldest(): void {
    const oldest = this.#processes.values().next().value!;
    this.#processes.delete(oldest.key);
    for (const element of oldest.elements) this.#elements.delete(element.ref);
  }
}
