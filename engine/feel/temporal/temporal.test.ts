import test from 'ava';
import fc from 'fast-check';
import { compileExpression, evaluateToJson } from '../feel.ts';
import { civilOf, epochDayOf, weekdayOf } from './calendar.ts';
import { FeelDateTime } from './date-time.ts';
import { FeelDate } from './date.ts';
import { DaysTimeDuration, parseDuration, YearsMonthsDuration } from './duration.ts';
import { Zone } from './zone.ts';

const value = (expression: string) =>
  evaluateToJson(compileExpression(expression), { names: () => [], get: () => undefined }, { nowMs: 0 }).value;

test('days and dates turn into each other, with the same weekday as in JavaScript', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -90_000_000, max: 90_000_000 }), (epochDay) => {
      const { year, month, day } = civilOf(epochDay);
      const js = new Date(epochDay * 86_400_000);
      return (
        epochDayOf(year, month, day) === epochDay &&
        [year, month, day].join() === [js.getUTCFullYear(), js.getUTCMonth() + 1, js.getUTCDate()].join() &&
        weekdayOf(epochDay) % 7 === js.getUTCDay()
      );
    }),
  );
  t.pass();
});

test('an instant seen in any zone stays that instant, in both hours of a clock set back too', (t) => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
  const from = Date.UTC(1990, 0, 1) / 1000;
  const to = Date.UTC(2035, 0, 1) / 1000;
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: from, max: to }), (id, epochSecond) => {
      return FeelDateTime.ofInstant(epochSecond, 0, Zone.ofRegion(id)!)!.epochSecond === epochSecond;
    }),
    { numRuns: 500 },
  );
  const zone = Zone.ofRegion('Europe/Berlin')!;
  const setBack = Date.UTC(2026, 9, 25, 0, 30) / 1000;
  for (const epochSecond of [setBack, setBack + 3600]) {
    t.is(FeelDateTime.ofInstant(epochSecond, 0, zone)!.epochSecond, epochSecond);
    t.regex(FeelDateTime.ofInstant(epochSecond, 0, zone)!.toString(), /^2026-10-25T02:30:00@/);
  }
});

test('a duration comes back from its text', (t) => {
  const seconds = fc.integer({ min: -1e12, max: 1e12 });
  const nanos = fc.integer({ min: 0, max: 999_999_999 });
  fc.assert(
    fc.property(seconds, nanos, fc.integer({ min: -100_000, max: 100_000 }), (whole, nano, months) => {
      const days = new DaysTimeDuration(whole, nano);
      const back = parseDuration(days.toString()) as DaysTimeDuration;
      const years = new YearsMonthsDuration(months);
      return (
        back.seconds === days.seconds &&
        back.nanos === days.nanos &&
        (parseDuration(years.toString()) as YearsMonthsDuration).totalMonths === months
      );
    }),
  );
  t.pass();
});

test('a date and a number of days later and earlier is the date again', (t) => {
  const day = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(day, day, (start, days) => {
      const date = FeelDate.ofEpochDay(start)!;
      return date.plusDays(days)!.plusDays(-days)!.toString() === date.toString();
    }),
  );
  t.pass();
});

test('months are added to the last day that the month has', (t) => {
  t.is(value('date("2026-01-31") + duration("P1M")'), '2026-02-28');
  t.is(value('date("2024-02-29") + duration("P1Y")'), '2025-02-28');
  t.is(value('date("2026-03-31") - duration("P1M")'), '2026-02-28');
  t.is(value('duration("P1M") + date("2026-05-15")'), '2026-06-15');
});

test('hours cross midnight, and a date alone loses what makes no day', (t) => {
  t.is(value('time("23:30:00") + duration("PT1H")'), '00:30');
  t.is(value('date("2026-03-31") + duration("PT25H")'), '2026-04-01');
  t.is(value('date("2026-03-31") - duration("PT1H")'), '2026-03-30');
  t.is(value('date and time("2026-12-31T23:59:59.5") + duration("PT0.5S")'), '2027-01-01T00:00:00');
});

test('daylight saving counts: a day later is not always the same hour, a month later is', (t) => {
  const start = 'date and time("2026-03-28T12:00:00@Europe/Berlin")';
  t.is(value(`${start} + duration("PT24H")`), '2026-03-29T13:00:00+02:00[Europe/Berlin]');
  t.is(value(`${start} + duration("P1M")`), '2026-04-28T12:00:00+02:00[Europe/Berlin]');
  t.is(value('date and time("2026-03-29T02:30:00@Europe/Berlin")'), '2026-03-29T03:30:00+02:00[Europe/Berlin]');
  t.is(value('date and time("2026-03-31T09:00:00+08:00") = date and time("2026-03-31T01:00:00Z")'), true);
});

test('values in a zone and without one have no order and no difference', (t) => {
  t.is(value('date and time("2026-03-31T09:00:00") < date and time("2026-03-31T09:00:00Z")'), null);
  t.is(value('date and time("2026-03-31T09:00:00") - date and time("2026-03-31T09:00:00Z")'), null);
  t.is(value('time("09:00:00+08:00") = time("01:00:00Z")'), true);
});

test('differences are durations, and durations are compared, added, multiplied and divided', (t) => {
  t.is(value('date("2026-04-10") - date("2026-03-31")'), 'P10D');
  t.is(value('date and time("2026-03-31T10:00:00") - date and time("2026-03-31T09:15:30")'), 'PT44M30S');
  t.is(value('duration("P1D") > duration("PT23H")'), true);
  t.is(value('duration("P1Y") + duration("P2M")'), 'P1Y2M');
  t.is(value('duration("PT1H") * 2.5'), 'PT2H30M');
  t.is(value('duration("P1D") / duration("PT6H")'), 4);
  t.is(value('-duration("P1D")'), '-P1D');
  t.is(value('duration("P1D") + duration("P1M")'), null);
  t.is(value('years and months duration(date("2025-01-15"), date("2026-03-14"))'), 'P1Y1M');
});

test('parts of temporal values are read as properties', (t) => {
  t.is(value('date("2026-03-31").weekday'), 2);
  t.is(value('date and time("2026-03-31T10:20:30+08:00").time offset'), 'PT8H');
  t.is(value('time("10:20:30@Asia/Shanghai").timezone'), 'Asia/Shanghai');
  t.is(value('duration("P1DT2H").hours'), 2);
  t.is(value('duration("P14M").months'), 2);
  t.is(value('@"2026-03-31".hour'), null);
});

test('what is no date, time or duration is null', (t) => {
  const wrong = [
    '2026-02-30',
    '2026-13-01',
    '26-01-01',
    '2026-1-1',
    '2026-03-31T25:00:00',
    '10:60:00',
    '10:00:00@Nowhere',
  ];
  for (const text of [...wrong, 'P1M1D', 'PT', 'P', '1D', '2026-03-31T10:00:00+19:00']) {
    t.is(value(`@"${text}"`), null, text);
  }
  t.is(value('date(2026, 2, 29)'), null);
  t.is(value('time(24, 0, 0)'), null);
});

test('years before Christ and far away are dates like any other', (t) => {
  t.is(value('date("999999999-12-31") + duration("P1D")'), null);
  t.is(value('date("-0001-12-31") + duration("P1D")'), '0000-01-01');
  t.is(value('string(date("12026-03-31"))'), '12026-03-31');
});

test('a date and time is moved to another zone by its name', (t) => {
  t.is(
    value('date and time(date and time("2026-03-31T09:00:00@Asia/Shanghai"), "Europe/Berlin")'),
    '2026-03-31T03:00:00+02:00[Europe/Berlin]',
  );
  t.is(value('date and time(date("2026-03-31"), time("09:00:00"))'), '2026-03-31T09:00:00');
  t.is(value('date and time("2026-03-31T09:00:00+08:00[Asia/Shanghai]").timezone'), 'Asia/Shanghai');
});
