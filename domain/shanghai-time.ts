/** Asia/Shanghai: UTC+8, without daylight saving since 1991; all business dates are local there. */
const OFFSET_MS = 8 * 60 * 60 * 1000;

/** `2026-11-23T17:30:00+08:00`: how instants travel in process variables. */
export function isoInstant(atMs: number): string {
  return `${new Date(atMs + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** `20261123`, the local date that numbers of a day are counted under. */
export function compactDate(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Minutes since local midnight, 0–1439. */
export function localMinuteOfDay(atMs: number): number {
  return Math.floor((atMs + OFFSET_MS) / 60_000) % 1440;
}

/** `2026-11-23`. */
export function localDate(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString().slice(0, 10);
}

/** Instant of a local minute of the local day that `atMs` falls in. */
export function atLocalMinute(atMs: number, minute: number): number {
  const shifted = atMs + OFFSET_MS;
  return shifted - (shifted % 86_400_000) - OFFSET_MS + minute * 60_000;
}
