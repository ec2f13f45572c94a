import { DAY_MS } from '../../domain/calendar/shanghai-time.ts';

/** Asia/Shanghai has been UTC+8 without daylight saving since 1991: shifting and reading UTC fields is exact and quick. */
const SHIFT_MS = 8 * 3_600_000;

export interface ShanghaiTime {
  year: number;
  month: number; // 1–12
  day: number;
  weekday: number; // 0 = Sunday
  hour: number;
  minute: number;
  /** Days since 1970-01-01, local. */
  dayNumber: number;
}

export function shanghai(at: number): ShanghaiTime {
  const shifted = new Date(at + SHIFT_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor((at + SHIFT_MS) / DAY_MS),
  };
}

export function startOfDay(at: number): number {
  return shanghai(at).dayNumber * DAY_MS - SHIFT_MS;
}
export function endOfDay(at: number): number {
  return startOfDay(at) + DAY_MS - 1;
}

/** `2026-11-23T17:30` of a form, local; null when it is none. */
export function readLocalTime(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute) - SHIFT_MS;
}

/** For `<input type="datetime-local">`. */
export function localInput(at: number): string {
  return new Date(at + SHIFT_MS).toISOString().slice(0, 16);
}
export function localDate(at: number): string {
  return localInput(at).slice(0, 10);
}
/** `2026-11-23T17:30:00+08:00` */
export function isoWithZone(at: number): string {
  return `${new Date(at + SHIFT_MS).toISOString().slice(0, 19)}+08:00`;
}

export function clockTime({ hour, minute }: Pick<ShanghaiTime, 'hour' | 'minute'>): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** What a `datetime-local` sends, on the city's clock; undefined when it is none. */
export function fromLocalInput(text: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? Date.parse(`${text}+08:00`) : NaN;
  return Number.isNaN(at) ? undefined : at;
}
