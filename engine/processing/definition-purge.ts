import type Database from 'better-sqlite3';
import type { State } from '../state/state.ts';
import type { Perform } from './batch-work.ts';
import { createBatchOperation } from './commands/batch-operation.ts';

/** How often is looked whether the instances of a deleted definition have ended, or are gone. */
const intervalMs = 500;

interface PurgedDefinition {
  key: number;
  purge: number;
}

/**
 * Process definitions that were deleted together with their history: once no instance of one runs any more a batch
 * deletes those that have ended, and then what is left of the definition is hidden. Its row stays, so that its version
 * is not given a second time.
 */
export class DefinitionPurge {
  readonly #next: Database.Statement;
  readonly #isRunning: Database.Statement;
  readonly #isLeft: Database.Statement;
  readonly #setPurge: Database.Statement;
  readonly #remove: Database.Statement;
  readonly #state: State;
  /** Real time. */
  #nextAt = 0;
  #last = 0;

  constructor(state: State) {
    this.#state = state;
    const { db } = state;
    this.#next = db.prepare('SELECT key, purge FROM process_definition WHERE purge > 0 ORDER BY key <= ?, key LIMIT 1');
    const instance = 'SELECT 1 FROM process_instance WHERE process_definition_key = ?';
    this.#isRunning = db.prepare(`${instance} AND state = 'ACTIVE' LIMIT 1`);
    this.#isLeft = db.prepare(`${instance} LIMIT 1`);
    this.#setPurge = db.prepare('UPDATE process_definition SET purge = ? WHERE key = ?');
    this.#remove = db.prepare(`UPDATE process_definition SET state = 'REMOVED', xml = '', purge = 0 WHERE key = ?`);
  }

  waitMs(): number | undefined {
    return this.#state.deployments.purging ? Math.max(this.#nextAt - performance.now(), 0) : undefined;
  }

  step(perform: Perform): void {
    const next = this.#next.get(this.#last) as PurgedDefinition | undefined;
    this.#state.deployments.purging = next !== undefined;
    this.#nextAt = performance.now() + intervalMs;
    if (!next) return;
    const { key, purge } = next;
    this.#last = key;
    if ((purge === 1 ? this.#isRunning : this.#isLeft).get(key)) return;
    perform((run) => {
      run.state.beforeDirectWrite();
      if (purge === 1) {
        this.#setPurge.run(2, key);
        const selection = { condition: 'process_definition_key = ?', parameters: [key] };
        createBatchOperation(run, { plan: { type: 'DELETE_PROCESS_INSTANCE' }, selection });
      } else {
        this.#remove.run(key);
        run.state.definitions.forget();
      }
    });
  }
}
