import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { EngineLog } from '../engine-log.ts';

/**
 * So many pages of the log are worth a checkpoint: one that changes often is copied once for many commits. Of more at
 * once the disk is busy for so long that a commit has to wait for it.
 */
const worthwhilePages = 2000;
/** What a checkpoint has left over because commits went on meanwhile: so few pages are copied here and now. */
const remainingPages = 1000;
const pauseAfterFailureMs = 1000;

interface LogPages {
  log: number;
  checkpointed: number;
}

/**
 * Copies the log's pages into the database in a thread of its own, so that no command waits for that: the thread copies
 * most of them while commits go on, the few that came meanwhile are copied between two commits, and the log begins
 * anew. Should the thread not keep up or not be there, SQLite does it all in a commit (wal_autocheckpoint).
 */
export class Checkpoints {
  readonly #file: string;
  readonly #look: Database.Statement;
  readonly #copyRest: Database.Statement;
  readonly #log: EngineLog;
  /** Started when the log is long for the first time. */
  #thread: Worker | undefined;
  #exited: Promise<unknown> | undefined;
  #busy = false;
  #pausedUntil = 0;

  constructor(db: Database.Database, file: string, log: EngineLog) {
    this.#file = file;
    this.#log = log;
    this.#look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#copyRest = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Must be called outside of a transaction, as often as something has been committed. */
  committed(): void {
    if (this.#busy || this.#pagesLeft() < worthwhilePages || performance.now() < this.#pausedUntil) return;
    this.#thread ??= this.#start();
    this.#busy = true;
    this.#thread.postMessage('checkpoint');
  }

  /** Afterwards the engine's connection is the last one. */
  async close(): Promise<void> {
    if (!this.#thread) return;
    this.#thread.removeAllListeners('message').ref();
    this.#thread.postMessage('close');
    await this.#exited;
  }

  #pagesLeft(): number {
    const { log, checkpointed } = this.#look.get() as LogPages;
    return log - checkpointed;
  }

  #start(): Worker {
    // no loader, and no more memory than a few pages need
    const options = { workerData: this.#file, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } };
    const thread = new Worker(new URL('./checkpoint-thread.js', import.meta.url), options);
    thread.unref();
    thread.on('message', ({ failure }: { failure?: string }) => this.#copied(failure));
    thread.on('error', (err) => this.#log.error({ err }, 'the thread for checkpoints has ended'));
    this.#exited = new Promise((resolve) => thread.once('exit', resolve));
    return thread;
  }

  #copied(failure: string | undefined): void {
    this.#busy = false;
    if (failure !== undefined) {
      this.#pausedUntil = performance.now() + pauseAfterFailureMs;
      this.#log.warn({ failure }, 'a checkpoint failed');
    } else if (this.#pagesLeft() < remainingPages) {
      try {
        this.#copyRest.get();
      } catch {
        // what fails here fails in the thread the next time, which says so
      }
    } else this.committed();
  }
}
