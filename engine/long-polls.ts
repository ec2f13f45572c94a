import { CommandRejection } from './command-rejection.ts';
import type { ActivatedJob, ActivateJobsRequest } from './commands.ts';
import type { EngineSettings } from './settings.ts';

export interface Poll {
  request: ActivateJobsRequest;
  /** Answered after the first look, jobs or none. */
  atOnce: boolean;
  end(jobs: ActivatedJob[]): void;
}

/** Workers that wait for jobs, by job type, first come first served. */
export class LongPolls {
  readonly #settings: EngineSettings;
  readonly #waiting = new Map<string, Set<Poll>>();
  /** Types of which there may be jobs now. */
  readonly #woken = new Set<string>();
  #open = 0;

  constructor(settings: EngineSettings) {
    this.#settings = settings;
  }

  get open(): number {
    return this.#open;
  }

  get hasWoken(): boolean {
    return this.#woken.size > 0;
  }

  wake(type: string): void {
    if (this.#waiting.has(type)) this.#woken.add(type);
  }

  /** Waits until serve() has found jobs, the time is over or the signal aborts. */
  wait(request: ActivateJobsRequest, signal: AbortSignal | undefined): Promise<ActivatedJob[]> {
    if (signal?.aborted) return Promise.resolve([]);
    if (this.#open >= this.#settings.maxOpenPolls) {
      const reason = `Expected to activate jobs of type '${request.type}', but too many workers wait already`;
      return Promise.reject(new CommandRejection('RESOURCE_EXHAUSTED', reason));
    }
    const timeoutMs = request.requestTimeoutMs ?? 0;
    return new Promise((resolve) => {
      const cancel = () => poll.end([]);
      const poll: Poll = {
        request,
        atOnce: timeoutMs < 0,
        end: (jobs) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', cancel);
          this.#remove(poll);
          resolve(jobs);
        },
      };
      const timer = setTimeout(cancel, timeoutMs > 0 ? timeoutMs : this.#settings.defaultPollTimeoutMs);
      signal?.addEventListener('abort', cancel);
      this.#add(poll);
    });
  }

  /** Looks for jobs of each woken type until a poll finds none. `activate` is called inside a transaction. */
  serve(
    activate: (request: ActivateJobsRequest) => ActivatedJob[],
    afterCommit: (end: (undone: boolean) => void) => void,
  ): void {
    for (const type of this.#woken) {
      this.#woken.delete(type);
      const polls = this.#waiting.get(type) ?? [];
      let empty = false;
      for (const poll of polls) {
        const jobs = empty ? [] : activate(poll.request);
        if (jobs.length === 0) empty = true;
        if (jobs.length === 0 && !poll.atOnce) continue;
        this.#remove(poll);
        afterCommit((undone) => poll.end(undone ? [] : jobs));
      }
    }
  }

  endAll(): void {
    for (const polls of this.#waiting.values()) for (const poll of polls) poll.end([]);
  }

  #add(poll: Poll): void {
    const { type } = poll.request;
    const polls = this.#waiting.get(type) ?? new Set();
    polls.add(poll);
    this.#waiting.set(type, polls);
    this.#open++;
    this.#woken.add(type);
  }

  #remove(poll: Poll): void {
    const { type } = poll.request;
    const polls = this.#waiting.get(type);
    if (!polls?.delete(poll)) return;
    this.#open--;
    if (polls.size === 0) this.#waiting.delete(type);
  }
}
