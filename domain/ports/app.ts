import type { Clock } from '../clock.ts';
import type { Stores } from './stores.ts';

/** What a use case is given. Built in main.ts; a use case is a function `(app, actor, input) => Promise<result>`. */
export interface App {
  /** Business time (the demo clock may move it on). */
  clock: Clock;
  /** Real time: sessions, leases, back-off, audit. */
  realClock: Clock;
  /** Outside any transaction: reads. */
  stores: Stores;
  /**
   * One database transaction. Inside, await only what `stores` (the transaction's) offers: never the engine, a hash, a
   * file or the network. What is thrown rolls back.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
