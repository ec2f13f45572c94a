import type { Answer, Run } from './run.ts';

/** The answer of a command that waits for something else to happen: a listener's job, the end of an instance. */
export class Deferred {
  readonly waiter: string;
  readonly timeoutMs: number | undefined;
  /** Makes the answer once the process instance waited for has completed. */
  readonly conclude: ((run: Run) => Answer) | undefined;

  constructor(waiter: string, timeoutMs?: number, conclude?: (run: Run) => Answer) {
    this.waiter = waiter;
    this.timeoutMs = timeoutMs;
    this.conclude = conclude;
  }
}

export const instanceWaiter = (processInstanceKey: number): string => `process-instance:${processInstanceKey}`;
