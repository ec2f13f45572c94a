import test from 'ava';
import fc from 'fast-check';
import { DEFAULT_CALENDAR } from '../defaults/calendar-years.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import { checkCalendar } from './check-calendar.ts';
import { openDaysOf } from './open-days.ts';
import {
  compactDateAt,
  dateOfDay,
  dayOf,
  dayOfDate,
  instantAt,
  isoAt,
  startOfDay,
  weekdayOf,
} from './shanghai-time.ts';

test('an instant is written in Shanghai time, whatever the zone of the machine', (t) => {
  const at = Date.UTC(2026, 10, 23, 16, 0, 0);
  t.is(isoAt(at), '2026-11-24T00:00:00+08:00');
  t.is(isoAt(at - 1), '2026-11-23T23:59:59.999+08:00');
  t.is(compactDateAt(at), '20261124');
  t.is(instantAt('2026-11-24', '00:00'), at);
  t.is(weekdayOf(dayOfDate('2026-11-24')), 2);
  t.is(weekdayOf(dayOfDate('1969-12-28')), 0);
});

test('days and dates are each other, and every instant lies in its day', (t) => {
  fc.assert(fc.property(fc.integer({ min: -20_000, max: 40_000 }), (day) => dayOfDate(dateOfDay(day)) === day));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
      const day = dayOf(at);
      return startOfDay(day) <= at && at < startOfDay(day + 1) && Date.parse(isoAt(at)) === at;
    }),
  );
  for (const date of ['2026-02-29', '2026-13-01', '26-1-1', ''])
    t.throws(() => dayOfDate(date), { instanceOf: RangeError });
});

test('opening spans that touch or overlap are one, and empty ones are none', (t) => {
  const spans = [
    { fromMinute: 840, toMinute: 900 },
    { fromMinute: 510, toMinute: 720 },
    { fromMinute: 880, toMinute: 1050 },
    { fromMinute: 600, toMinute: 600 },
  ];
  const open = openDaysOf({ version: 1, years: [], days: [], openingHours: { spans } });
  t.deepEqual(
    open.spans.map(({ fromMs, toMs }) => [fromMs / 60_000, toMs / 60_000]),
    [
      [510, 720],
      [840, 1050],
    ],
  );
  t.is(open.dayLengthMs, 7 * 3_600_000);
  t.is(open.closingMs, 17.5 * 3_600_000);
});

test('a calendar that arithmetic could not work with is refused, naming every broken place', (t) => {
  t.notThrows(() => checkCalendar(DEFAULT_CALENDAR));
  const error = t.throws<InvalidInput>(
    () =>
      checkCalendar({
        years: [
          { year: 2027, status: 'OFFICIAL' },
          { year: 2027, status: 'MAYBE' as never },
          { year: 27, status: 'PROVISIONAL' },
        ],
        days: [
          { date: '2027-02-30', kind: 'OFF', name: null },
          { date: '2027-02-05', kind: 'OFF', name: '春节' },
          { date: '2027-02-05', kind: 'HALF' as never, name: null },
        ],
        openingHours: {
          spans: [
            { fromMinute: 510, toMinute: 720 },
            { fromMinute: 700, toMinute: 1050 },
          ],
        },
      }),
    { instanceOf: InvalidInput },
  );
  t.deepEqual(
    error?.problems.map(({ field, code }) => `${field} ${code}`),
    [
      'days.0.date notADate',
      'days.2.date dateTwice',
      'days.2.kind notAnOption',
      'years.1.year yearTwice',
      'years.1.status notAnOption',
      'years.2.year notAYear',
      'openingHours.1 badSpan',
    ],
  );
  const closed = { ...DEFAULT_CALENDAR, openingHours: { spans: [] } };
  t.throws(() => checkCalendar(closed), { message: /openingHours required/ });
});
