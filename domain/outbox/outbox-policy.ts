/** A claimed row is another's again after this long; longer than any command takes to be answered. */
export const LEASE_MS = 60_000;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;

/** When a row that could not be delivered is tried again; real time. `attempts` are those made before this one. */
export function nextAttemptAt(attempts: number, now: number): number {
  return now + Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts, 20));
}
