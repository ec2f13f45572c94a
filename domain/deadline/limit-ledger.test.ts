import test from 'ava';
import fc from 'fast-check';
import { HOUR_MS, instantAt, isoAt } from '../calendar/shanghai-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { DEFAULT_CALENDAR } from '../defaults/calendar-years.ts';
import { alarmsOf, rearmed } from './alarms.ts';
import { defaultDeadlinePolicy } from './deadline-policy.ts';
import type { Limit, LimitFact, LimitUnit } from './limit.ts';
import { dueFrom, explain } from './limit-ledger.ts';
import { instantOfShare, shareUsedAt } from './limit-progress.ts';
import { addLimit } from './working-time.ts';

const calendar: WorkingCalendar = { version: 1, ...DEFAULT_CALENDAR };
/** A notice that makes 2026-11-25, a Wednesday, a day off. */
const corrected: WorkingCalendar = {
  ...calendar,
  version: 2,
  days: [...calendar.days, { date: '2026-11-25', kind: 'OFF', name: null }],
};
const calendarOf = (version: number) => (version === 2 ? corrected : calendar);

const FRIDAY_10 = instantAt('2026-11-20', '10:00');
type Draft = LimitFact extends infer F
  ? F extends LimitFact
    ? Omit<F, 'factId' | 'limitId' | 'actorId' | 'reason'>
    : never
  : never;

function ledger(...drafts: Draft[]): LimitFact[] {
  return drafts.map((draft, index) => ({
    factId: index + 1,
    limitId: 'A:COMPLETE',
    actorId: 'zhang',
    reason: null,
    ...draft,
  }));
}
function started(amount = 3, unit: LimitUnit = 'WORKING_DAYS', startAt = FRIDAY_10): Draft {
  const rule = { ruleId: 'HELP:COMPLETE:1', limitClass: 'HELP', source: '[D] 默认' };
  return { kind: 'STARTED', at: startAt, startAt, amount, unit, calendarVersion: 1, ...rule };
}
const extended = (amount: number, at = FRIDAY_10): Draft => ({
  kind: 'EXTENDED',
  at,
  amount,
  unit: 'WORKING_DAYS',
  calendarVersion: 1,
});
const paused = (at: number): Draft => ({ kind: 'PAUSED', at });
const resumed = (at: number): Draft => ({ kind: 'RESUMED', at });
const adjusted = (dueAt: number, at = FRIDAY_10): Draft => ({ kind: 'ADJUSTED', at, dueAt });
const due = (...drafts: Draft[]) => {
  const { dueAt } = dueFrom(ledger(...drafts), calendarOf);
  return dueAt === null ? null : isoAt(dueAt);
};
const on = (date: string, time: string) => instantAt(date, time);

test('a limit is due by its rule, and each extension adds its working days', (t) => {
  t.is(due(started()), '2026-11-25T17:30:00+08:00');
  t.is(due(started(), extended(2)), '2026-11-27T17:30:00+08:00');
  t.is(due(started(), extended(2), extended(3)), '2026-12-02T17:30:00+08:00');
});

test('a suspended limit has no due time, and runs on for as much working time as it rested', (t) => {
  const mondayTen = paused(on('2026-11-23', '10:00'));
  t.is(due(started(), mondayTen), null);
  t.is(due(started(), mondayTen, resumed(on('2026-11-24', '10:00'))), '2026-11-26T17:30:00+08:00');
  t.is(due(started(), mondayTen, resumed(on('2026-11-23', '11:00'))), '2026-11-26T09:30:00+08:00');
  const clock = started(24, 'CLOCK_HOURS');
  const night = [paused(on('2026-11-20', '22:00')), resumed(on('2026-11-21', '02:00'))];
  t.is(due(clock, ...night), '2026-11-21T14:00:00+08:00');
});

test('a due time set by hand overrides what came before, and what comes after is added to it', (t) => {
  const byHand = adjusted(on('2026-12-01', '10:00'));
  t.is(due(started(), extended(3), byHand), '2026-12-01T10:00:00+08:00');
  t.is(due(started(), byHand, extended(1)), '2026-12-02T17:30:00+08:00');
  t.is(due(started(), byHand, adjusted(on('2026-11-23', '12:00'))), '2026-11-23T12:00:00+08:00');
  const before = [paused(on('2026-11-23', '09:00')), resumed(on('2026-11-23', '11:00'))];
  t.is(due(started(), ...before, byHand), '2026-12-01T10:00:00+08:00');
});

test('of a pause under way when a due time is set by hand only the rest counts', (t) => {
  const facts = [
    paused(on('2026-11-23', '09:00')),
    adjusted(on('2026-11-30', '10:00'), on('2026-11-23', '10:00')),
    resumed(on('2026-11-23', '11:00')),
  ];
  t.is(due(started(), ...facts), '2026-11-30T11:00:00+08:00');
});

test('a corrected calendar moves the whole: start, extensions and pauses, but not what a person has set', (t) => {
  const notice: Draft = { kind: 'CALENDAR_CHANGED', at: FRIDAY_10, calendarVersion: 2 };
  t.is(due(started(), notice), '2026-11-26T17:30:00+08:00');
  t.is(due(started(), extended(1), notice), '2026-11-27T17:30:00+08:00');
  t.is(due(started(), adjusted(on('2026-11-25', '17:30')), notice), '2026-11-25T17:30:00+08:00');
});

test('an explanation names every fact with the due time after it', (t) => {
  const facts = ledger(started(), paused(on('2026-11-23', '10:00')), resumed(on('2026-11-23', '11:00')), extended(1), {
    kind: 'DONE',
    at: on('2026-11-26', '09:00'),
  });
  const steps = explain(facts, calendarOf);
  t.deepEqual(
    steps.map(({ fact, dueAt }) => [fact.kind, dueAt === null ? null : isoAt(dueAt)]),
    [
      ['STARTED', '2026-11-25T17:30:00+08:00'],
      ['PAUSED', null],
      ['RESUMED', '2026-11-26T09:30:00+08:00'],
      ['EXTENDED', '2026-11-27T09:30:00+08:00'],
      ['DONE', '2026-11-27T09:30:00+08:00'],
    ],
  );
  t.is(steps[2]?.addedMs, HOUR_MS);
  t.is(dueFrom(facts, calendarOf).doneAt, on('2026-11-26', '09:00'));
});

test('a ledger that does not begin with a start is refused', (t) => {
  t.throws(() => dueFrom([], calendarOf), { instanceOf: RangeError });
  t.throws(() => dueFrom(ledger(extended(1)), calendarOf), { instanceOf: RangeError });
});

const minute = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((offset) => FRIDAY_10 + offset * 60_000);
const limit = fc.constantFrom(started(3), started(5), started(24, 'CLOCK_HOURS'), started(4, 'WORKING_HOURS'));
const pause = fc.tuple(minute, minute).map(([a, b]) => [paused(Math.min(a, b)), resumed(Math.max(a, b))]);

test('a pause of no length changes nothing; any pause only lengthens', (t) => {
  fc.assert(fc.property(limit, minute, (start, at) => due(start, paused(at), resumed(at)) === due(start)));
  fc.assert(
    fc.property(limit, pause, (start, rest) => {
      const without = dueFrom(ledger(start), calendarOf).dueAt ?? 0;
      return (dueFrom(ledger(start, ...rest), calendarOf).dueAt ?? 0) >= without;
    }),
  );
  t.pass();
});

test('extensions and pauses come to the same in whatever order they were granted', (t) => {
  const extensions = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });
  fc.assert(
    fc.property(limit, extensions, pause, fc.nat(), (start, days, rest, seed) => {
      const blocks: Draft[][] = [...days.map((amount) => [extended(amount)]), rest];
      const turned = [...blocks.slice(seed % blocks.length), ...blocks.slice(0, seed % blocks.length)];
      return due(start, ...blocks.flat()) === due(start, ...turned.flat());
    }),
  );
  fc.assert(
    fc.property(extensions, (days) => {
      const sum = days.reduce((total, amount) => total + amount, 0);
      return due(started(3), ...days.map((amount) => extended(amount))) === due(started(3 + sum));
    }),
  );
  t.pass();
});

test('the last due time set by hand wins whatever happened before', (t) => {
  fc.assert(
    fc.property(limit, pause, minute, minute, (start, rest, first, last) => {
      const facts = [start, ...rest, extended(2), adjusted(first), adjusted(last)];
      return dueFrom(ledger(...facts), calendarOf).dueAt === last;
    }),
  );
  t.pass();
});

test('half of a working limit is half of its working time, and pauses do not use it', (t) => {
  const reading = dueFrom(ledger(started(1, 'WORKING_DAYS', on('2026-11-23', '17:30'))), calendarOf);
  t.is(isoAt(instantOfShare(0.5, reading, calendar) ?? 0), '2026-11-24T12:00:00+08:00');
  t.is(shareUsedAt(on('2026-11-24', '12:00'), reading, calendar), 0.5);
  const rested = dueFrom(
    ledger(
      started(1, 'WORKING_DAYS', on('2026-11-23', '17:30')),
      paused(on('2026-11-24', '08:30')),
      resumed(on('2026-11-24', '10:30')),
    ),
    calendarOf,
  );
  t.is(isoAt(instantOfShare(0.5, rested, calendar) ?? 0), '2026-11-24T16:00:00+08:00');
  t.is(instantOfShare(0.5, dueFrom(ledger(started(), paused(FRIDAY_10)), calendarOf), calendar), null);
});

test('an instant of a share is where that share is used', (t) => {
  fc.assert(
    fc.property(limit, pause, fc.integer({ min: 1, max: 99 }), (start, rest, percent) => {
      const reading = dueFrom(ledger(start, ...rest), calendarOf);
      const at = instantOfShare(percent / 100, reading, calendar) ?? 0;
      const used = shareUsedAt(at, reading, calendar) ?? 0;
      return at <= (reading.dueAt ?? 0) && Math.abs(used - percent / 100) < 1e-4;
    }),
  );
  t.pass();
});

const fresh: Limit = {
  limitId: 'A:COMPLETE',
  ticketNo: 'A',
  assignmentNo: 'A-01',
  step: 'COMPLETE',
  startAt: FRIDAY_10,
  dueAt: null,
  pausedAt: null,
  doneAt: null,
  cancelledAt: null,
  remindedHalfAt: null,
  reminded80At: null,
  urgedAt: null,
  orderedAt: null,
};

test('a completion limit reminds at half and at 80 %, urges when due, and orders one working day later', (t) => {
  const reading = dueFrom(ledger(started(1, 'WORKING_DAYS', on('2026-11-23', '17:30'))), calendarOf);
  const alarms = alarmsOf(fresh, { reading, calendar }, defaultDeadlinePolicy());
  t.deepEqual(
    alarms.map(({ kind, at }) => [kind, isoAt(at)]),
    [
      ['HALF', '2026-11-24T12:00:00+08:00'],
      ['EIGHTY', '2026-11-24T16:06:00+08:00'],
      ['DUE', '2026-11-24T17:30:00+08:00'],
      ['ORDER', '2026-11-25T17:30:00+08:00'],
    ],
  );
  t.deepEqual(alarmsOf({ ...fresh, doneAt: FRIDAY_10 }, { reading, calendar }, defaultDeadlinePolicy()), []);
});

test('alarms that lie ahead of a moved due time are armed again, those behind stay fired', (t) => {
  const facts = ledger(started(1, 'WORKING_DAYS', on('2026-11-23', '17:30')), extended(4));
  const reading = dueFrom(facts, calendarOf);
  const now = on('2026-11-25', '18:00');
  const fired: Limit = { ...fresh, remindedHalfAt: 1, reminded80At: 2, urgedAt: 3, orderedAt: 4 };
  const flags = rearmed(fired, { reading, calendar }, defaultDeadlinePolicy(), now);
  t.deepEqual(flags, { remindedHalfAt: null, reminded80At: null, urgedAt: null, orderedAt: null });
  const later = rearmed(fired, { reading, calendar }, defaultDeadlinePolicy(), on('2026-11-27', '10:00'));
  t.deepEqual(later, { remindedHalfAt: 1, reminded80At: null, urgedAt: null, orderedAt: null });
  t.true(addLimit(reading.dueAt ?? 0, 1, 'WORKING_DAYS', calendar) > now);
});
