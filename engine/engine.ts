import type {
  ActivatedJob,
  ActivateJobsRequest,
  Command,
  CommandType,
  Response,
  StreamJobsRequest,
} from './commands.ts';
import type { EngineClock } from './clock.ts';
import type { JobStream, PushJob } from './job-streams.ts';
import type { EngineLog } from './engine-log.ts';
import type { EngineFigures } from './metrics/engine-figures.ts';
import type { GlobalListener } from './state/global-listeners.ts';
import type { Actor } from './operator-commands.ts';
import type { EngineSettings } from './settings.ts';

/** The embedded engine as its faces (REST, gRPC, tests) know it. Searches read the tables of state/schema.ts. */
export interface Engine {
  /** The SQLite file; a face opens its own read-only connection (WAL: readers never wait for the writer). */
  readonly file: string;
  readonly settings: EngineSettings;
  readonly clock: EngineClock;
  readonly log: EngineLog;
  readonly figures: EngineFigures;
  /**
   * Resolves after the commit that made the command durable; rejects with CommandRejection, nothing written.
   * @param actor whose operation it is in the audit log; nobody in particular unless given
   */
  execute<T extends CommandType>(command: Command<T>, actor?: Actor): Promise<Response<T>>;
  /**
   * Waits until jobs of the type are there, at most requestTimeoutMs, then answers with what it has (maybe none).
   * An aborted signal answers with none and activates none.
   */
  activateJobs(request: ActivateJobsRequest, signal?: AbortSignal): Promise<ActivatedJob[]>;
  /** Pushes the jobs of the type that are there and those that appear, each in the tick of its commit. */
  streamJobs(request: StreamJobsRequest, push: PushJob): JobStream;
  /** How it is now. */
  status(): EngineStatus;
  /** Finishes the running transaction, refuses what is queued, ends long polls, closes the file. */
  close(): Promise<void>;
}

export interface EngineStatus {
  queuedCommands: number;
  openPolls: number;
  openStreams: number;
  commands: number;
  rejections: number;
  commits: number;
  /** False from a batch that could not be written to the first thing that could. */
  healthy: boolean;
}

export interface EngineOptions {
  /** Path of the database, or ':memory:' in tests that never read it from outside. */
  file: string;
  settings?: Partial<EngineSettings>;
  clock?: EngineClock;
  /** User task listeners of all processes that the configuration names. */
  globalListeners?: GlobalListener[];
  /** Errors to standard error, where nothing is given. */
  log?: EngineLog;
}
