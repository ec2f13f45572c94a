import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LimitReading } from './limit-ledger.ts';
import { addWorkingMs, workingMsBetween } from './working-time.ts';

type Running = Pick<LimitReading, 'startAt' | 'dueAt' | 'pausedAt' | 'runsIn' | 'pauses'>;

/** How much of a limit is used at an instant, 0 to 1 and beyond once it is over; pauses do not use it. null while paused. */
export function shareUsedAt(at: number, reading: Running, calendar: WorkingCalendar): number | null {
  if (reading.dueAt === null) return null;
  const totalMs = runningMs(reading.startAt, reading.dueAt, reading, calendar);
  if (totalMs <= 0) return at < reading.dueAt ? 0 : 1;
  return runningMs(reading.startAt, at, reading, calendar) / totalMs;
}

/** When a share of the limit is used; never after the due time. null while paused. */
export function instantOfShare(share: number, reading: Running, calendar: WorkingCalendar): number | null {
  const { dueAt, startAt, runsIn } = reading;
  if (dueAt === null) return null;
  const totalMs = runningMs(startAt, dueAt, reading, calendar);
  if (totalMs <= 0) return dueAt;
  let left = share * totalMs;
  let cursor = startAt;
  for (const pause of [...reading.pauses].sort((a, b) => a.fromAt - b.fromAt)) {
    const untilPause = elapsedMs(cursor, pause.fromAt, runsIn, calendar);
    if (left <= untilPause) break;
    left -= Math.max(0, untilPause);
    cursor = Math.max(cursor, pause.toAt);
  }
  return Math.min(dueAt, Math.round(runsIn === 'WORKING' ? addWorkingMs(cursor, left, calendar) : cursor + left));
}

function runningMs(fromAt: number, toAt: number, { runsIn, pauses }: Running, calendar: WorkingCalendar): number {
  let sum = elapsedMs(fromAt, toAt, runsIn, calendar);
  for (const pause of pauses) {
    const from = Math.max(fromAt, pause.fromAt);
    const to = Math.min(toAt, pause.toAt);
    if (to > from) sum -= elapsedMs(from, to, runsIn, calendar);
  }
  return sum;
}

function elapsedMs(fromAt: number, toAt: number, runsIn: Running['runsIn'], calendar: WorkingCalendar): number {
  return runsIn === 'WORKING' ? workingMsBetween(fromAt, toAt, calendar) : toAt - fromAt;
}
