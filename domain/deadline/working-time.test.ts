import test from 'ava';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, instantAt, isoAt, MINUTE_MS } from '../calendar/shanghai-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { DEFAULT_CALENDAR } from '../defaults/calendar-years.ts';
import type { LimitUnit } from './limit.ts';
import { addLimit, addWorkingMs, workingDaysBefore, workingMinutesBetween, workingMsBetween } from './working-time.ts';

const calendar: WorkingCalendar = { version: 1, ...DEFAULT_CALENDAR };
const FIRST = instantAt('2025-01-01', '00:00');
const AFTER = instantAt('2027-01-01', '00:00');
const MINUTES = (AFTER - FIRST) / MINUTE_MS;

/** A second opinion that shares no line with the code under test: minute by minute, from the table as domain.md prints it. */
function naiveMinutes(): { open: Uint8Array; workday: Uint8Array } {
  const off = new Set<string>();
  const range = (year: number, month: number, from: number, to: number) => {
    for (let day = from; day <= to; day++) off.add(new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10));
  };
  const holidays: [number, number, number, number][] = [
    [2025, 1, 1, 1],
    [2025, 1, 28, 35],
    [2025, 4, 4, 6],
    [2025, 5, 1, 5],
    [2025, 5, 31, 33],
    [2025, 10, 1, 8],
    [2026, 1, 1, 3],
    [2026, 2, 15, 23],
    [2026, 4, 4, 6],
    [2026, 5, 1, 5],
    [2026, 6, 19, 21],
    [2026, 9, 25, 27],
    [2026, 10, 1, 7],
  ];
  for (const holiday of holidays) range(...holiday);
  const makeUp = new Set(
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10'.split(
      ' ',
    ),
  );
  const open = new Uint8Array(MINUTES);
  const workday = new Uint8Array(MINUTES / 1440);
  for (let minute = 0; minute < MINUTES; minute++) {
    const local = new Date(Date.UTC(2025, 0, 1) + minute * MINUTE_MS);
    const date = local.toISOString().slice(0, 10);
    const works = makeUp.has(date) || (local.getUTCDay() % 6 !== 0 && !off.has(date));
    workday[Math.floor(minute / 1440)] = Number(works);
    const clock = local.getUTCHours() * 100 + local.getUTCMinutes();
    open[minute] = Number(works && ((clock >= 830 && clock < 1200) || (clock >= 1400 && clock < 1730)));
  }
  return { open, workday };
}

const naive = naiveMinutes();
const openBefore = new Uint32Array(MINUTES + 1);
naive.open.forEach((isOpen, minute) => {
  openBefore[minute + 1] = openBefore[minute]! + isOpen;
});

test('2025 and 2026 have 248 working days each, as published', (t) => {
  t.is(
    naive.workday.slice(0, 365).reduce((sum, day) => sum + day, 0),
    248,
  );
  t.is(
    naive.workday.slice(365).reduce((sum, day) => sum + day, 0),
    248,
  );
  t.is(workingMinutesBetween(FIRST, AFTER, calendar), 496 * 7 * 60);
});

test('every minute of 2025 and 2026 is open or closed as counted minute by minute', (t) => {
  let wrong = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    const at = FIRST + minute * MINUTE_MS;
    // Each minute once alone, and once as the end of a stretch of up to eleven days that begins anywhere.
    const from = Math.max(0, minute - ((minute * 7919) % 16_000));
    if (workingMinutesBetween(at, at + MINUTE_MS, calendar) !== naive.open[minute]) wrong++;
    const counted = openBefore[minute]! - openBefore[from]!;
    if (workingMinutesBetween(FIRST + from * MINUTE_MS, at, calendar) !== counted) wrong++;
  }
  t.is(wrong, 0);
});

test('four working hours from every minute of 2025 and 2026 end when the 240th open minute has passed', (t) => {
  let wrong = 0;
  let end = 0;
  for (let minute = 0; minute < MINUTES - 14 * 1440; minute++) {
    while (openBefore[end]! < openBefore[minute]! + 240) end++;
    if (addLimit(FIRST + minute * MINUTE_MS, 4, 'WORKING_HOURS', calendar) !== FIRST + end * MINUTE_MS) wrong++;
  }
  t.is(wrong, 0);
});

test('working days from every minute of 2025 and 2026 end at the closing time of the n-th working day after', (t) => {
  let wrong = 0;
  for (const amount of [1, 3, 5, 15]) {
    for (let day = 0; day < MINUTES / 1440 - 40; day++) {
      let last = day;
      for (let left = amount; left > 0; ) left -= naive.workday[++last]!;
      const closing = FIRST + last * DAY_MS + 17.5 * HOUR_MS;
      for (let minute = 0; minute < 1440; minute += amount === 1 ? 1 : 97) {
        const startAt = FIRST + day * DAY_MS + minute * MINUTE_MS;
        if (addLimit(startAt, amount, 'WORKING_DAYS', calendar) !== closing) wrong++;
      }
    }
  }
  t.is(wrong, 0);
});

const examples: [string, number, LimitUnit, string][] = [
  ['2026-11-20 10:00', 3, 'WORKING_DAYS', '2026-11-25T17:30:00+08:00'],
  ['2026-11-22 14:33', 5, 'WORKING_DAYS', '2026-11-27T17:30:00+08:00'],
  ['2026-11-23 20:00', 1, 'WORKING_DAYS', '2026-11-24T17:30:00+08:00'],
  ['2026-09-30 16:00', 3, 'WORKING_DAYS', '2026-10-10T17:30:00+08:00'],
  ['2026-11-23 10:30', 4, 'WORKING_HOURS', '2026-11-23T16:30:00+08:00'],
  ['2026-11-23 16:00', 3.5, 'WORKING_HOURS', '2026-11-24T10:30:00+08:00'],
  ['2026-11-21 09:00', 4, 'WORKING_HOURS', '2026-11-23T14:30:00+08:00'],
  ['2026-11-21 23:50', 30, 'CLOCK_MINUTES', '2026-11-22T00:20:00+08:00'],
  ['2026-11-21 23:50', 24, 'CLOCK_HOURS', '2026-11-22T23:50:00+08:00'],
  ['2026-11-21 23:50', 180, 'CALENDAR_DAYS', '2027-05-20T23:50:00+08:00'],
];

test('the worked examples of domain.md §1 come out as written', (t) => {
  for (const [start, amount, unit, due] of examples) {
    const [date = '', time = ''] = start.split(' ');
    t.is(isoAt(addLimit(instantAt(date, time), amount, unit, calendar)), due, `${start} + ${amount} ${unit}`);
  }
});

test('a co-host is due at closing time one working day before its host', (t) => {
  const hostDueAt = instantAt('2026-10-08', '17:30');
  t.is(isoAt(workingDaysBefore(hostDueAt, 1, calendar)), '2026-09-30T17:30:00+08:00');
  t.is(workingDaysBefore(hostDueAt, 0, calendar), hostDueAt);
});

test('what is no amount of time, and a calendar that never opens, is refused', (t) => {
  const never: WorkingCalendar = { version: 1, years: [], days: [], openingHours: { spans: [] } };
  t.throws(() => addLimit(FIRST, -1, 'WORKING_DAYS', calendar), { instanceOf: RangeError });
  t.throws(() => addLimit(FIRST, 1.5, 'WORKING_DAYS', calendar), { instanceOf: RangeError });
  t.throws(() => addLimit(FIRST, Number.NaN, 'CLOCK_HOURS', calendar), { instanceOf: RangeError });
  t.throws(() => addLimit(FIRST, 1, 'WORKING_HOURS', never), { instanceOf: RangeError });
});

const instant = fc.integer({ min: FIRST, max: AFTER });
const length = fc.integer({ min: 0, max: 90 * HOUR_MS });

test('working time adds up, never runs backwards, and is undone by measuring it', (t) => {
  fc.assert(
    fc.property(instant, instant, instant, (a, b, c) => {
      const between = (from: number, to: number) => workingMsBetween(from, to, calendar);
      return between(a, c) === between(a, b) + between(b, c) && (a <= b ? between(a, b) >= 0 : between(a, b) <= 0);
    }),
  );
  fc.assert(
    fc.property(instant, length, length, (at, first, second) => {
      const atOnce = addWorkingMs(at, first + second, calendar);
      return addWorkingMs(addWorkingMs(at, first, calendar), second, calendar) === atOnce;
    }),
  );
  fc.assert(
    fc.property(instant, length, (at, ms) => workingMsBetween(at, addWorkingMs(at, ms, calendar), calendar) === ms),
  );
  t.pass();
});

test('a later start is never due earlier, and a longer limit never ends before a shorter one', (t) => {
  const limit = fc.oneof(
    fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: fc.constant<LimitUnit>('WORKING_DAYS') }),
    fc.record({ amount: fc.integer({ min: 1, max: 80 }), unit: fc.constant<LimitUnit>('WORKING_HOURS') }),
    fc.record({ amount: fc.integer({ min: 1, max: 72 }), unit: fc.constant<LimitUnit>('CLOCK_HOURS') }),
  );
  fc.assert(
    fc.property(instant, instant, limit, (a, b, { amount, unit }) => {
      const [early, late] = a < b ? [a, b] : [b, a];
      const due = addLimit(early, amount, unit, calendar);
      return (
        due <= addLimit(late, amount, unit, calendar) &&
        due <= addLimit(early, amount + 1, unit, calendar) &&
        due > early
      );
    }),
  );
  t.pass();
});
