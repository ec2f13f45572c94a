/** Asia/Shanghai has been UTC+8 without daylight saving since 1991: a fixed offset is exact for every instant we hold. */
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

/** Local date of an instant, `2026-11-23`. */
export function dateAt(at: number): string {
  return dateOfDay(dayOf(at));
}

/** Local date as numbers carry it, `20261123`. */
export function compactDateAt(at: number): string {
  return dateAt(at).replaceAll('-', '');
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

/** As process variables and due dates carry it: `2026-11-23T17:30:00+08:00` (milliseconds only when there are any). */
export function isoAt(at: number): string {
  const local = new Date(at + OFFSET_MS).toISOString();
  return `${at % 1000 === 0 ? local.slice(0, 19) : local.slice(0, 23)}+08:00`;
}
