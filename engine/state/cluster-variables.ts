import type Database from 'better-sqlite3';
import { parseExactly, printExactly } from '../exact-json.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** Values for all processes of the cluster or of one tenant; few, so the context that expressions see is kept. */
export class ClusterVariables {
  readonly #find: Database.Statement;
  readonly #all: Database.Statement;
  readonly #put: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #beforeWrite: () => void;
  readonly #contexts = new Map<string, JsonObject>();

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#find = db.prepare('SELECT value FROM cluster_variable WHERE tenant_id = ? AND name = ?').pluck();
    this.#all = db.prepare('SELECT name, value FROM cluster_variable WHERE tenant_id = ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO cluster_variable (tenant_id, name, value) VALUES (?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM cluster_variable WHERE tenant_id = ? AND name = ?');
  }

  /** @param tenantId empty for the whole cluster, here and below */
  has(tenantId: string, name: string): boolean {
    return this.#find.get(tenantId, name) !== undefined;
  }

  put(tenantId: string, name: string, value: JsonValue): void {
    this.#beforeWrite();
    this.#put.run(tenantId, name, printExactly(value));
    this.#contexts.clear();
  }

  remove(tenantId: string, name: string): void {
    this.#beforeWrite();
    this.#delete.run(tenantId, name);
    this.#contexts.clear();
  }

  /** `camunda` as an expression sees it: `vars.cluster`, `vars.tenant` and, the tenant's own first, `vars.env`. */
  context(tenantId: string): JsonObject {
    let context = this.#contexts.get(tenantId);
    if (!context) {
      const cluster = this.#read('');
      const tenant = tenantId === '' ? {} : this.#read(tenantId);
      context = { vars: { cluster, tenant, env: { ...cluster, ...tenant } } };
      // callers name tenants as they like
      if (this.#contexts.size < 100) this.#contexts.set(tenantId, context);
    }
    return context;
  }

  /** What has been undone may stand in the contexts. */
  forget(): void {
    this.#contexts.clear();
  }

  #read(tenantId: string): JsonObject {
    const rows = this.#all.all(tenantId) as { name: string; value: string }[];
    return Object.fromEntries(rows.map(({ name, value }) => [name, parseExactly(value) as JsonValue]));
  }
}
