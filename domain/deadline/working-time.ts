import { openDaysOf } from '../calendar/open-days.ts';
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../calendar/shanghai-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LimitUnit } from './limit.ts';

/** A calendar that is closed for so long is a mistake, not a long wait. */
const MAX_DAYS = 20 * 366;

/**
 * When a limit that starts at `startAt` is over (domain.md §1, clock rule).
 * WORKING_DAYS (whole): the day of receipt is day 0 whatever the hour; due is the closing time of the n-th working day after.
 * WORKING_HOURS: run in opening time only, from the next opening if received outside it.
 * CLOCK_*: 24×7. CALENDAR_DAYS: the same time of day, so many days later.
 * @throws RangeError for an amount that is no such number, or a calendar without working days.
 */
export function addLimit(startAt: number, amount: number, unit: LimitUnit, calendar: WorkingCalendar): number {
  if (!Number.isFinite(amount) || amount < 0) throw new RangeError(`not an amount of time: ${amount}`);
  if (amount === 0) return startAt;
  switch (unit) {
    case 'WORKING_DAYS':
      if (!Number.isInteger(amount))
        throw new RangeError(`working days are whole, half days are working hours: ${amount}`);
      return closingOf(dayOf(startAt), amount, 1, calendar);
    case 'WORKING_HOURS':
      return addWorkingMs(startAt, amount * HOUR_MS, calendar);
    case 'CLOCK_HOURS':
      return startAt + amount * HOUR_MS;
    case 'CLOCK_MINUTES':
      return startAt + amount * MINUTE_MS;
    case 'CALENDAR_DAYS':
      return startAt + amount * DAY_MS;
  }
}

/** Closing time of the n-th working day before the day of `at` (a co-host is due one working day before its host). */
export function workingDaysBefore(at: number, workingDays: number, calendar: WorkingCalendar): number {
  return workingDays === 0 ? at : closingOf(dayOf(at), workingDays, -1, calendar);
}

/** The first instant by which `ms` of working time have passed since `at`; `at` itself for none. */
export function addWorkingMs(at: number, ms: number, calendar: WorkingCalendar): number {
  if (ms <= 0) return at;
  const { isWorkday, spans } = openDaysOf(calendar);
  let left = ms;
  let day = dayOf(at);
  for (let tried = 0; tried < MAX_DAYS; tried++, day++) {
    if (!isWorkday(day)) continue;
    const midnight = startOfDay(day);
    for (const span of spans) {
      const from = Math.max(at, midnight + span.fromMs);
      const open = midnight + span.toMs - from;
      if (open <= 0) continue;
      if (open >= left) return from + left;
      left -= open;
    }
  }
  throw new RangeError('the calendar has no working time for so long a limit');
}

/** Working time between two instants; negative when they are the other way round. */
export function workingMsBetween(fromAt: number, toAt: number, calendar: WorkingCalendar): number {
  if (toAt < fromAt) return -workingMsBetween(toAt, fromAt, calendar);
  const { isWorkday, spans, dayLengthMs } = openDaysOf(calendar);
  const lastDay = dayOf(toAt);
  let sum = 0;
  for (let day = dayOf(fromAt); day <= lastDay; day++) {
    if (!isWorkday(day)) continue;
    const midnight = startOfDay(day);
    if (midnight >= fromAt && midnight + DAY_MS <= toAt) {
      sum += dayLengthMs;
      continue;
    }
    for (const span of spans) {
      sum += Math.max(0, Math.min(toAt, midnight + span.toMs) - Math.max(fromAt, midnight + span.fromMs));
    }
  }
  return sum;
}

export function workingMinutesBetween(fromAt: number, toAt: number, calendar: WorkingCalendar): number {
  return workingMsBetween(fromAt, toAt, calendar) / MINUTE_MS;
}

/** Whether a limit of this unit runs in working time (its pauses and percentages then do too). */
export function isWorkingUnit(unit: LimitUnit): boolean {
  return unit === 'WORKING_DAYS' || unit === 'WORKING_HOURS';
}

function closingOf(day: number, workingDays: number, step: 1 | -1, calendar: WorkingCalendar): number {
  const { isWorkday, closingMs } = openDaysOf(calendar);
  let left = workingDays;
  let found = day;
  for (let tried = 0; left > 0; tried++) {
    if (tried === MAX_DAYS) throw new RangeError('the calendar has no working days for so long a limit');
    found += step;
    if (isWorkday(found)) left -= 1;
  }
  return startOfDay(found) + closingMs;
}
