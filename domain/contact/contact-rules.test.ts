import test from 'ava';
import { instantAt, isoAt } from '../calendar/shanghai-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { isSatisfied } from '../callback/callback-rules.ts';
import type { Callback } from '../callback/callback.ts';
import type { Contact, ContactResult } from './contact.ts';
import { countedAttempts, isContactDone, nextHalfDayOpening } from './contact-rules.ts';

const calendar: WorkingCalendar = {
  version: 1,
  years: [{ year: 2026, status: 'OFFICIAL' }],
  days: [],
  openingHours: {
    spans: [
      { fromMinute: 510, toMinute: 720 },
      { fromMinute: 840, toMinute: 1050 },
    ],
  },
};

function tried(date: string, time: string, result: ContactResult = 'NO_ANSWER'): Contact {
  return {
    contactId: `${date}${time}`,
    ticketNo: 'GD1',
    assignmentNo: 'GD1-01',
    phase: 'FIRST',
    attemptNo: 1,
    at: instantAt(date, time),
    actorId: 'handler',
    channel: 'PHONE',
    result,
    note: null,
  };
}

test('three calls in one morning are one try, in three half-days they are three', (t) => {
  t.is(countedAttempts([tried('2026-11-23', '09:00'), tried('2026-11-23', '10:00'), tried('2026-11-23', '11:59')]), 1);
  t.is(
    countedAttempts([
      tried('2026-11-23', '09:00'),
      tried('2026-11-23', '14:00'),
      tried('2026-11-24', '08:30', 'WRONG_NUMBER'),
    ]),
    3,
  );
});

test('the next try is at the opening of the next half-day', (t) => {
  const next = (date: string, time: string) => isoAt(nextHalfDayOpening(instantAt(date, time), calendar));
  t.is(next('2026-11-23', '09:00'), '2026-11-23T14:00:00+08:00');
  t.is(next('2026-11-23', '07:00'), '2026-11-23T14:00:00+08:00', 'before opening is already that morning');
  t.is(next('2026-11-23', '15:00'), '2026-11-24T08:30:00+08:00');
  t.is(next('2026-11-23', '20:00'), '2026-11-24T08:30:00+08:00');
  t.is(next('2026-11-27', '16:00'), '2026-11-30T08:30:00+08:00', 'over the week-end');
});

test('a message after the tries counts as done, a missed call does not', (t) => {
  t.false(isContactDone([tried('2026-11-23', '09:00')]));
  t.true(isContactDone([tried('2026-11-23', '09:00'), tried('2026-11-24', '14:00', 'SMS_SENT')]));
});

test('a polite caller whose facts contradict the unit is no satisfied one', (t) => {
  const call: Callback = {
    callbackId: '1',
    ticketNo: 'GD1',
    assignmentNo: 'GD1-01',
    attemptNo: 1,
    at: 0,
    actorId: 'callback',
    reached: true,
    unitContacted: true,
    factTrue: true,
    solved: true,
    satisfaction: 3,
    dissatisfiedReason: null,
    note: null,
  };
  t.true(isSatisfied(call, 'RESOLVED'));
  t.false(isSatisfied({ ...call, satisfaction: 4 }, 'RESOLVED'));
  t.false(isSatisfied({ ...call, unitContacted: false }, 'RESOLVED'));
  t.false(isSatisfied({ ...call, solved: false }, 'RESOLVED'));
  t.true(isSatisfied({ ...call, solved: false }, 'EXPLAINED'), 'what was explained need not be solved');
  t.false(isSatisfied({ ...call, reached: false, satisfaction: null }, 'RESOLVED'));
});
