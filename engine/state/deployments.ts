import type Database from 'better-sqlite3';
import type { ElementSpec, ProcessSpec } from '../model/element-spec.ts';

/** The newest version of something deployed, if any. */
export interface LatestVersion {
  key: number;
  version: number;
  checksum: string;
  resourceName: string;
}

interface NewVersion {
  key: number;
  version: number;
  resourceName: string;
  checksum: string;
  deploymentKey: number;
}

type Kind = 'process' | 'drg' | 'form' | 'resource';

const latestColumns = 'key, version, checksum, resource_name AS resourceName';

/** Writes what a deployment brings. Definitions of all kinds are numbered by id, deleted ones count too. */
export class Deployments {
  /** Whether a process definition may wait for its history to go. */
  purging = true;
  readonly #db: Database.Database;
  readonly #beforeWrite: () => void;
  readonly #latest: Record<Kind, Database.Statement>;
  readonly #nextElement: Database.Statement;
  readonly #insertElement: Database.Statement;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#db = db;
    this.#beforeWrite = beforeWrite;
    const newest = 'ORDER BY version DESC LIMIT 1';
    this.#latest = {
      process: db.prepare(
        `SELECT ${latestColumns}, state = 'ACTIVE' AS usable FROM process_definition WHERE process_id = ? ${newest}`,
      ),
      drg: db.prepare(
        `SELECT ${latestColumns}, deleted = 0 AS usable FROM decision_requirements WHERE drg_id = ? ${newest}`,
      ),
      form: db.prepare(`SELECT ${latestColumns}, deleted = 0 AS usable FROM form WHERE form_id = ? ${newest}`),
      resource: db.prepare(
        `SELECT ${latestColumns}, deleted = 0 AS usable FROM resource WHERE resource_id = ? ${newest}`,
      ),
    };
    this.#nextElement = db.prepare('SELECT COALESCE(MAX(ref), 0) + 1 FROM element').pluck();
    this.#insertElement = db.prepare(
      `INSERT INTO element (ref, process_definition_key, element_id, type, name, source_id, target_id)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  latest(kind: Kind, id: string): (LatestVersion & { usable: number }) | undefined {
    return this.#latest[kind].get(id) as (LatestVersion & { usable: number }) | undefined;
  }

  latestDecisionVersion(decisionId: string): number {
    const query = 'SELECT COALESCE(MAX(version), 0) FROM decision WHERE decision_id = ?';
    return this.#db.prepare(query).pluck().get(decisionId) as number;
  }

  insertDeployment(key: number, createdAt: number): void {
    this.#insert('deployment', { key, created_at: createdAt });
  }

  insertProcess(at: NewVersion, spec: ProcessSpec, xml: string): void {
    const firstElement = this.#nextElement.get() as number;
    this.#insert('process_definition', {
      ...columnsOf(at),
      process_id: spec.processId,
      version_tag: spec.versionTag,
      name: spec.name,
      has_start_form: spec.startFormId === null ? 0 : 1,
      start_form_id: spec.startFormId,
      first_element: firstElement,
      xml,
      model: JSON.stringify(spec),
    });
    const id = (place: number | undefined) => (place === undefined ? null : (spec.elements[place] as ElementSpec).id);
    for (const [place, element] of spec.elements.entries()) {
      const { name, source, target } = element;
      this.#insertElement.run(firstElement + place, at.key, element.id, element.type, name, id(source), id(target));
    }
  }

  insertRequirements(at: NewVersion, drgId: string, name: string, xml: string): void {
    this.#insert('decision_requirements', { ...columnsOf(at), drg_id: drgId, name, xml });
  }

  insertDecision(row: {
    key: number;
    version: number;
    decision_id: string;
    name: string;
    version_tag: string | null;
    decision_requirements_key: number;
    deployment_key: number;
  }): void {
    this.#insert('decision', row);
  }

  insertForm(at: NewVersion, formId: string, versionTag: string | null, schema: string): void {
    this.#insert('form', { ...columnsOf(at), form_id: formId, version_tag: versionTag, schema });
  }

  insertResource(at: NewVersion, resourceId: string, versionTag: string | null, content: Buffer): void {
    this.#insert('resource', { ...columnsOf(at), resource_id: resourceId, version_tag: versionTag, content });
  }

  /** The history of this deleted process definition is to go: definition-purge.ts. */
  purge(key: number): void {
    this.#beforeWrite();
    this.#db.prepare(`UPDATE process_definition SET purge = 1 WHERE key = ? AND state = 'DELETED'`).run(key);
    this.purging = true;
  }

  /** Whether the key is that of a process definition that was deleted, but is still seen. */
  isDeletedProcess(key: number): boolean {
    return (
      this.#db.prepare(`SELECT 1 FROM process_definition WHERE key = ? AND state = 'DELETED'`).get(key) !== undefined
    );
  }

  /** @returns what the key named, undefined when nothing */
  markDeleted(key: number): Kind | undefined {
    this.#beforeWrite();
    const ran = (sql: string) => this.#db.prepare(sql).run(key).changes > 0;
    if (ran(`UPDATE process_definition SET state = 'DELETED' WHERE key = ? AND state = 'ACTIVE'`)) return 'process';
    if (ran('UPDATE form SET deleted = 1 WHERE key = ? AND deleted = 0')) return 'form';
    if (ran('UPDATE resource SET deleted = 1 WHERE key = ? AND deleted = 0')) return 'resource';
    if (!ran('UPDATE decision_requirements SET deleted = 1 WHERE key = ? AND deleted = 0')) return undefined;
    ran('UPDATE decision SET deleted = 1 WHERE decision_requirements_key = ?');
    return 'drg';
  }

  #insert(table: string, row: Record<string, string | number | Buffer | null>): void {
    this.#beforeWrite();
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    this.#db.prepare(sql).run(...Object.values(row));
  }
}

function columnsOf({ key, version, resourceName, checksum, deploymentKey }: NewVersion) {
  return { key, version, resource_name: resourceName, checksum, deployment_key: deploymentKey };
}
