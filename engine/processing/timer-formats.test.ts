import test from 'ava';
import type { TimerSpec } from '../model/element-spec.ts';
import { nextOfCycle, timerProblem } from './timers.ts';

const at = (text: string) => Date.parse(text);
const now = at('2026-11-24T12:00:00Z');
const printed = ({ dueAt, repetitions }: { dueAt: number; repetitions: number }) =>
  `${new Date(dueAt).toISOString()} and ${repetitions} more`;

test('a cycle begins after its interval or at its start, now when that has passed or never comes', (t) => {
  const first = (text: string) => printed(nextOfCycle(text, now, undefined));
  t.is(first('R3/PT1M'), '2026-11-24T12:01:00.000Z and 2 more');
  t.is(first('R/P1D'), '2026-11-25T12:00:00.000Z and -1 more');
  t.is(first('R1/PT1S'), '2026-11-24T12:00:01.000Z and 0 more');
  t.is(first('R0/PT1S'), '2026-11-24T12:00:01.000Z and 0 more');
  t.is(first('R-1/P1M'), '2026-12-24T12:00:00.000Z and -1 more');
  t.is(first('R/2026-12-01T00:00:00Z/P1D'), '2026-12-01T00:00:00.000Z and -1 more');
  t.is(first('R2/2026-12-01T00:00:00+01:00[Europe/Berlin]/PT1H'), '2026-11-30T23:00:00.000Z and 1 more');
  t.is(first('R5/2026-01-01T00:00:00Z/P1D'), '2026-11-24T12:00:00.000Z and 4 more');
  t.is(first('0 0 9 * * MON'), '2026-11-30T09:00:00.000Z and -1 more');
  t.is(first('0 0 0 31 6 *'), '2026-11-24T12:00:00.000Z and 0 more');
});

test('the next firing counts from the last one, in the zone of the start, and never lies in the past', (t) => {
  const next = (text: string, last: string, when = now) => printed(nextOfCycle(text, when, 5, at(last)));
  t.is(next('R/PT1H', '2026-11-24T11:59:00Z'), '2026-11-24T12:59:00.000Z and 4 more');
  t.is(next('R/PT1H', '2026-11-20T00:00:00Z'), '2026-11-24T12:00:00.000Z and 4 more');
  const berlin = 'R/2026-03-01T09:00:00[Europe/Berlin]/P1D';
  const saturday = '2026-03-28T08:00:00Z';
  t.is(next(berlin, saturday, at(saturday)), '2026-03-29T07:00:00.000Z and 4 more');
  t.is(next('R/2026-03-01T08:00:00Z/P1D', saturday, at(saturday)), '2026-03-29T08:00:00.000Z and 4 more');
});

test('what can’t be read is said in Zeebe’s words', (t) => {
  const problem = (kind: TimerSpec['kind'], expression: string, startsProcess = false) =>
    timerProblem({ kind, expression }, startsProcess);
  t.is(
    problem('date', '2026-13-01T00:00:00Z'),
    "Invalid timer date expression (Invalid date-time format '2026-13-01T00:00:00Z' for expression '2026-13-01T00:00:00Z'.)",
  );
  t.is(
    problem('duration', '1h'),
    "Invalid timer duration expression (Invalid duration format '1h' for expression '1h'.)",
  );
  for (const cycle of ['foo', 'R3', 'R/1h', 'Rx/PT1S', 'R/PT1M/2026-12-01T00:00:00Z', '3/PT1S']) {
    t.regex(problem('cycle', cycle)!, /^Invalid timer cycle expression \(/);
  }
  t.is(problem('duration', '=later'), undefined);
  t.is(
    problem('duration', '=later', true),
    "Invalid timer duration expression (Expected result of the expression 'later' to be one of '[DURATION, PERIOD, STRING]', " +
      "but was 'NULL'. The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'later')",
  );
  t.is(problem('date', '=date and time("2030-01-01T00:00:00Z") + duration("P1D")', true), undefined);
  t.is(problem('cycle', '="R3/" + string(duration("PT1H"))', true), undefined);
  t.is(problem('cycle', '=cycle(3, duration("PT1H"))', true), undefined);
  t.is(
    problem('cycle', '=cycle("PT1H")', true),
    `Invalid timer cycle expression (Expected result of the expression 'cycle("PT1H")' to be 'STRING', but was 'NULL'. ` +
      "The evaluation reported the following warnings:\n[FUNCTION_INVOCATION_FAILURE] Failed to invoke function 'cycle': " +
      `cycle function expected an interval (duration) parameter, but found '"PT1H"')`,
  );
});
