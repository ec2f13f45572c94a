import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Stores } from '../ports/stores.ts';
import type { LimitFact } from './limit.ts';
import { calendarVersionOf, dueFrom, type LimitReading } from './limit-ledger.ts';

export interface Ledger {
  facts: LimitFact[];
  reading: LimitReading;
  /** The calendar the reading was made in. */
  calendar: WorkingCalendar;
}

/** Remembers the calendars that one use case asks for; a version never changes. */
export function calendarsOf(stores: Stores): (version: number) => Promise<WorkingCalendar> {
  const known = new Map<number, Promise<WorkingCalendar>>();
  return (version) => {
    const found = known.get(version) ?? stores.calendar.version(version);
    known.set(version, found);
    return found;
  };
}

export async function readLedger(
  stores: Stores,
  limitId: string,
  calendars: (version: number) => Promise<WorkingCalendar> = calendarsOf(stores),
): Promise<Ledger> {
  const facts = await stores.limits.facts(limitId);
  const calendar = await calendars(calendarVersionOf(facts));
  return { facts, calendar, reading: dueFrom(facts, () => calendar) };
}
