import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ActivatedJob } from '../commands.ts';
import type { Engine } from '../engine.ts';

/**
 * Hands jobs to a caller. Those that have not left for the network when the caller goes away are given back at once
 * for the next worker; those that have left and were not received come back when their time is over.
 */
export class JobDelivery {
  readonly #engine: Engine;
  readonly #call: ServerWritableStream<unknown, object>;
  readonly #unsent = new Set<ActivatedJob[]>();

  constructor(engine: Engine, call: ServerWritableStream<unknown, object>) {
    this.#engine = engine;
    this.#call = call;
    call.once('cancelled', () => this.#giveBack());
  }

  /** @returns false when the caller should be given no more until 'drain' */
  send(message: object, jobs: ActivatedJob[]): boolean {
    this.#unsent.add(jobs);
    if (this.#call.cancelled) {
      this.#giveBack();
      return false;
    }
    return this.#call.write(message, (error?: Error | null) => {
      if (!error) this.#unsent.delete(jobs);
    });
  }

  #giveBack(): void {
    const jobs = [...this.#unsent].flat();
    this.#unsent.clear();
    for (const { jobKey, deadlineAt } of jobs) {
      // an engine that closes or has too much to do lets the job come back by its deadline
      this.#engine.execute({ type: 'job.yield', jobKey, deadlineAt }).catch(() => {});
    }
  }
}
