import type { Stores } from './stores.ts';

/** What a step of a process is given: the transaction that also keeps its answer (jobResults), so it happens once. */
export interface JobContext {
  stores: Stores;
  now: number; // business time
  /** Real time: `createdAt` of outbox rows, which wait and are retried in real time even when the demo clock was moved. */
  realNow: number;
}
/** @throws BusinessError for what the process handles; anything else is retried, then an incident. */
export type JobStep<In, Out extends Record<string, unknown> = Record<string, unknown>> = (
  context: JobContext,
  input: In,
) => Promise<Out>;
