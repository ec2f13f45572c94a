import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LimitFact, LimitUnit } from './limit.ts';
import { addLimit, addWorkingMs, isWorkingUnit, workingMsBetween } from './working-time.ts';

/** What a ledger says now. */
export interface LimitReading {
  startAt: number;
  /** null while the limit is paused. */
  dueAt: number | null;
  pausedAt: number | null;
  doneAt: number | null;
  cancelledAt: number | null;
  /** Whether the limit, its pauses and its percentages are counted in working time. */
  runsIn: 'WORKING' | 'CLOCK';
  calendarVersion: number;
  /** Pauses that are over and that lengthen the limit. */
  pauses: { fromAt: number; toAt: number }[];
}

/** One fact and the due time after it: the answer to "why is this due then?". */
export type LimitExplanation = {
  fact: LimitFact;
  dueAt: number | null;
  /** RESUMED: how much the pause has added, in working or clock time as `runsIn` says. */
  addedMs: number | null;
  runsIn: 'WORKING' | 'CLOCK';
  calendarVersion: number;
}[];

/** Extensions are added from the largest unit down, so that their order does not matter. */
const UNITS: readonly LimitUnit[] = ['WORKING_DAYS', 'CALENDAR_DAYS', 'WORKING_HOURS', 'CLOCK_HOURS', 'CLOCK_MINUTES'];

/**
 * Reads a ledger. The due time is: the start and the rule, or the last ADJUSTED; then the extensions since; then the pauses
 * since, added as intervals. All in the newest calendar that any fact names, so that a corrected calendar moves the whole.
 * @throws RangeError for a ledger that does not begin with STARTED
 */
export function dueFrom(facts: readonly LimitFact[], calendarOf: (version: number) => WorkingCalendar): LimitReading {
  const started = facts[0];
  if (started?.kind !== 'STARTED') throw new RangeError('a limit begins with STARTED');
  const calendarVersion = calendarVersionOf(facts);
  const calendar = calendarOf(calendarVersion);
  const runsIn = isWorkingUnit(started.unit) ? 'WORKING' : 'CLOCK';
  const barrier = facts.findLastIndex((fact) => fact.kind === 'ADJUSTED');
  const adjusted = facts[barrier];
  let dueAt =
    adjusted?.kind === 'ADJUSTED' ? adjusted.dueAt : addLimit(started.startAt, started.amount, started.unit, calendar);
  for (const unit of UNITS) {
    let amount = 0;
    for (const fact of facts.slice(barrier + 1)) {
      if (fact.kind === 'EXTENDED' && fact.unit === unit) amount += fact.amount;
    }
    dueAt = addLimit(dueAt, amount, unit, calendar);
  }
  const { pauses, pausedAt } = pausesOf(facts, barrier);
  const pausedMs = pauses.reduce((sum, pause) => sum + lengthOf(pause, runsIn, calendar), 0);
  return {
    startAt: started.startAt,
    dueAt: pausedAt !== null ? null : runsIn === 'WORKING' ? addWorkingMs(dueAt, pausedMs, calendar) : dueAt + pausedMs,
    pausedAt,
    doneAt: facts.findLast((fact) => fact.kind === 'DONE')?.at ?? null,
    cancelledAt: facts.findLast((fact) => fact.kind === 'CANCELLED')?.at ?? null,
    runsIn,
    calendarVersion,
    pauses,
  };
}

/** The calendar a ledger is read in: the newest that one of its facts names. */
export function calendarVersionOf(facts: readonly LimitFact[]): number {
  let version = 0;
  for (const fact of facts) {
    if ('calendarVersion' in fact && fact.calendarVersion > version) version = fact.calendarVersion;
  }
  return version;
}

/** The ledger told fact by fact. `calendarOf` must know every version that a fact names. */
export function explain(
  facts: readonly LimitFact[],
  calendarOf: (version: number) => WorkingCalendar,
): LimitExplanation {
  return facts.map((fact, index) => {
    const reading = dueFrom(facts.slice(0, index + 1), calendarOf);
    const pause = fact.kind === 'RESUMED' ? reading.pauses.at(-1) : undefined;
    const addedMs = pause ? lengthOf(pause, reading.runsIn, calendarOf(reading.calendarVersion)) : null;
    return { fact, dueAt: reading.dueAt, addedMs, runsIn: reading.runsIn, calendarVersion: reading.calendarVersion };
  });
}

/** A due time that was set by hand holds whatever was paused before it: of a pause then under way only the rest counts. */
function pausesOf(facts: readonly LimitFact[], barrier: number): Pick<LimitReading, 'pauses' | 'pausedAt'> {
  const pauses: { fromAt: number; toAt: number }[] = [];
  let pausedAt: number | null = null;
  facts.forEach((fact, index) => {
    if (fact.kind === 'PAUSED') pausedAt ??= fact.at;
    if (fact.kind === 'RESUMED' && pausedAt !== null) {
      if (index > barrier) pauses.push({ fromAt: Math.max(pausedAt, facts[barrier]?.at ?? pausedAt), toAt: fact.at });
      pausedAt = null;
    }
  });
  return { pauses, pausedAt };
}

function lengthOf(
  pause: { fromAt: number; toAt: number },
  runsIn: 'WORKING' | 'CLOCK',
  calendar: WorkingCalendar,
): number {
  return runsIn === 'WORKING' ? workingMsBetween(pause.fromAt, pause.toAt, calendar) : pause.toAt - pause.fromAt;
}
