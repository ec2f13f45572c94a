import type { CalendarYear } from '../calendar/working-calendar.ts';
import { dateAt } from '../calendar/shanghai-time.ts';
import type { Stores } from '../ports/stores.ts';
import { type Alarm, alarmsOf } from './alarms.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import type { Limit } from './limit.ts';
import { calendarVersionOf, explain, type LimitExplanation } from './limit-ledger.ts';
import { shareUsedAt } from './limit-progress.ts';
import { calendarsOf, readLedger } from './read-ledger.ts';

export interface ExplainedLimit extends Limit {
  /** Fact by fact, oldest first: rule and source, calendar, pauses, extensions, adjustments with who and why. */
  steps: LimitExplanation;
  runsIn: 'WORKING' | 'CLOCK';
  /** 0 to 1 and beyond; null while paused. At `doneAt` or `cancelledAt` once it is closed. */
  shareUsed: number | null;
  /** Years between start and due whose holidays are not published yet: the due time may still move. */
  provisionalYears: number[];
  /** Still to come, soonest first. */
  nextAlarms: Alarm[];
}

/** Why a limit is due when it is. */
export async function explainLimit(stores: Stores, limit: Limit, now: number): Promise<ExplainedLimit> {
  const calendars = calendarsOf(stores);
  const { facts, reading, calendar } = await readLedger(stores, limit.limitId, calendars);
  const byVersion = new Map([[calendar.version, calendar]]);
  for (let count = 1; count <= facts.length; count++) {
    const version = calendarVersionOf(facts.slice(0, count));
    if (!byVersion.has(version)) byVersion.set(version, await calendars(version));
  }
  const at = limit.doneAt ?? limit.cancelledAt ?? now;
  return {
    ...limit,
    steps: explain(facts, (version) => byVersion.get(version) ?? calendar),
    runsIn: reading.runsIn,
    shareUsed: shareUsedAt(at, reading, calendar),
    provisionalYears: reading.runsIn === 'WORKING' ? provisionalYears(reading, calendar.years) : [],
    nextAlarms: alarmsOf(limit, { reading, calendar }, await deadlinePolicyOf(stores)).filter((alarm) => !alarm.fired),
  };
}

/** A year that the calendar does not know is provisional too. */
function provisionalYears(
  { startAt, dueAt }: { startAt: number; dueAt: number | null },
  years: CalendarYear[],
): number[] {
  const found: number[] = [];
  const yearOf = (at: number) => Number(dateAt(at).slice(0, 4));
  for (let year = yearOf(startAt); year <= yearOf(dueAt ?? startAt); year++) {
    if (!years.some((one) => one.year === year && one.status === 'OFFICIAL')) found.push(year);
  }
  return found;
}
