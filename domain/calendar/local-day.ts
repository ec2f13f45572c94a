/** Days as numbers, for arithmetic; how local times are written is domain/shanghai-time.ts. UTC+8 fixed since 1991. */
const OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Number of the local calendar day (0 = 1970-01-01). */
export function dayOf(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

/** The instant of local midnight with which a day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** `2026-11-23` → day number. @throws RangeError when it is no date. */
export function dayOfDate(date: string): number {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`not a date: ${date}`);
  }
  return at / DAY_MS;
}

export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Local wall-clock time → instant: `instantAt('2026-11-23', '17:30')`. */
export function instantAt(date: string, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return startOfDay(dayOfDate(date)) + hour * HOUR_MS + minute * MINUTE_MS;
}
