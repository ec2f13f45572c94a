import { CommandRejection } from './command-rejection.ts';
import type { ActivatedJob, ActivateJobsRequest, StreamJobsRequest } from './commands.ts';

/** What a receiver of pushed jobs holds in its hand. */
export interface JobStream {
  /** The receiver takes jobs again after it had said that it is full. */
  ready(): void;
  /** No job is given to it any more. */
  close(): void;
}

/** Takes a job that is committed as given to it; false when it wants no more until it says ready(). */
export type PushJob = (job: ActivatedJob) => boolean;

interface Stream {
  request: StreamJobsRequest;
  push: PushJob;
  full: boolean;
}

/** One transaction gives at most so many jobs of a type away, so that a long queue of them delays no command. */
const maxJobsPerBatch = 100;

/** Workers to which jobs are pushed as they appear, by job type; several share them in turn. */
export class JobStreams {
  readonly #maxOpen: number;
  readonly #schedule: () => void;
  readonly #open = new Map<string, Set<Stream>>();
  /** Types of which there may be jobs now. */
  readonly #woken = new Set<string>();

  constructor(maxOpen: number, schedule: () => void) {
    this.#maxOpen = maxOpen;
    this.#schedule = schedule;
  }

  get open(): number {
    let count = 0;
    for (const streams of this.#open.values()) count += streams.size;
    return count;
  }

  get hasWoken(): boolean {
    return this.#woken.size > 0;
  }

  wake(type: string): void {
    if (this.#open.has(type)) this.#woken.add(type);
  }

  /** @throws CommandRejection when too many are open */
  add(request: StreamJobsRequest, push: PushJob): JobStream {
    const { type } = request;
    if (this.open >= this.#maxOpen) {
      const reason = `Expected to stream jobs of type '${type}', but too many workers stream already`;
      throw new CommandRejection('RESOURCE_EXHAUSTED', reason);
    }
    const stream: Stream = { request, push, full: false };
    const streams = this.#open.get(type) ?? new Set();
    this.#open.set(type, streams.add(stream));
    const wake = () => {
      this.wake(type);
      this.#schedule();
    };
    wake();
    return {
      ready: () => {
        stream.full = false;
        wake();
      },
      close: () => {
        streams.delete(stream);
        if (streams.size === 0 && this.#open.get(type) === streams) this.#open.delete(type);
      },
    };
  }

  /** Gives away what there is of each woken type. `activate` is called inside a transaction. */
  serve(
    activate: (request: ActivateJobsRequest) => ActivatedJob[],
    afterCommit: (push: (undone: boolean) => void) => void,
  ): void {
    const types = [...this.#woken];
    this.#woken.clear();
    for (const type of types) this.#serveType(type, activate, afterCommit);
  }

  #serveType(
    type: string,
    activate: (request: ActivateJobsRequest) => ActivatedJob[],
    afterCommit: (push: (undone: boolean) => void) => void,
  ): void {
    const streams = this.#open.get(type);
    const takers = [...(streams ?? [])].filter(({ full }) => !full);
    const maxJobs = takers.length === 1 ? maxJobsPerBatch : 1;
    let given = 0;
    for (let turn = 0; takers.length > 0; turn = (turn + 1) % takers.length) {
      const stream = takers[turn]!;
      const jobs = activate({ ...stream.request, maxJobs });
      if (jobs.length === 0) return;
      given += jobs.length;
      // the last to be served is the last in the next turn
      streams!.delete(stream);
      streams!.add(stream);
      afterCommit((undone) => (undone ? this.wake(type) : push(stream, jobs)));
      if (given < maxJobsPerBatch) continue;
      this.#woken.add(type);
      return;
    }
  }
}

function push(stream: Stream, jobs: ActivatedJob[]): void {
  for (const job of jobs) if (!stream.push(job)) stream.full = true;
}
