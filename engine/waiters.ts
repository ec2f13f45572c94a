import { CommandRejection } from './command-rejection.ts';
import type { Deferred } from './processing/deferred.ts';
import type { Answer, Run } from './processing/run.ts';

interface Waiter {
  settle: (answer: Answer) => void;
  conclude: ((run: Run) => Answer) | undefined;
}

/** Callers whose answer comes with a later command: once their user task's listeners are done, their instance ended. */
export class Waiters {
  readonly #waiting = new Map<string, Waiter>();
  readonly #defaultTimeoutMs: number;

  constructor(defaultTimeoutMs: number) {
    this.#defaultTimeoutMs = defaultTimeoutMs;
  }

  add(
    { waiter: name, timeoutMs = this.#defaultTimeoutMs, conclude }: Deferred,
    settle: (answer: Answer) => void,
  ): void {
    const timer = setTimeout(() => {
      const reason = 'Expected to handle request, but request timed out between gateway and broker';
      this.take(name)?.settle({ rejection: new CommandRejection('DEADLINE_EXCEEDED', reason) });
    }, timeoutMs);
    const settleOnce = (answer: Answer) => {
      clearTimeout(timer);
      settle(answer);
    };
    this.#waiting.set(name, { settle: settleOnce, conclude });
  }

  take(name: string): Waiter | undefined {
    const waiter = this.#waiting.get(name);
    this.#waiting.delete(name);
    return waiter;
  }

  endAll(rejection: CommandRejection): void {
    // taking one while going through is what a Map allows
    for (const name of this.#waiting.keys()) this.take(name)?.settle({ rejection });
  }
}
