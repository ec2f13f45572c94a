import type { Assignment } from '../assignment/assignment.ts';
import { openDaysOf } from '../calendar/open-days.ts';
import { DAY_MS, dayOf, startOfDay } from '../calendar/shanghai-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Contact, ContactPhase } from './contact.ts';

const NOON_MS = DAY_MS / 2;

/** Attempts count by half-days: three calls in one morning are one try (domain.md §4 P05). The evening belongs to the afternoon. */
export function halfDayOf(at: number): number {
  const day = dayOf(at);
  return day * 2 + (at - startOfDay(day) < NOON_MS ? 0 : 1);
}

export const isReached = (contacts: readonly Contact[]): boolean => contacts.some(({ result }) => result === 'REACHED');

/** What counts as having done one's duty: the caller was reached, told by SMS after the tries, or wished to stay unknown. */
export const isContactDone = (contacts: readonly Contact[]): boolean =>
  contacts.some(({ result }) => result === 'REACHED' || result === 'SMS_SENT' || result === 'SKIPPED_ANONYMOUS');

export function contactsOf(contacts: readonly Contact[], assignmentNo: string, phase: ContactPhase): Contact[] {
  return contacts.filter((contact) => contact.assignmentNo === assignmentNo && contact.phase === phase);
}

/** Those that count now: work that came back and was done again has a new result, of which the requester is to be told anew. */
export function currentContacts(
  contacts: readonly Contact[],
  { assignmentNo, submittedAt }: Pick<Assignment, 'assignmentNo' | 'submittedAt'>,
  phase: ContactPhase,
): Contact[] {
  const since = phase === 'RESULT' ? (submittedAt ?? 0) : 0;
  return contactsOf(contacts, assignmentNo, phase).filter(({ at }) => at >= since);
}

/** How many different half-days somebody tried in vain. */
export function countedAttempts(contacts: readonly Contact[]): number {
  return new Set(
    contacts.filter(({ result }) => result === 'NO_ANSWER' || result === 'WRONG_NUMBER').map(({ at }) => halfDayOf(at)),
  ).size;
}

/** The next opening that lies in another half-day than `at`. */
export function nextHalfDayOpening(at: number, calendar: WorkingCalendar): number {
  const openDays = openDaysOf(calendar);
  const tried = halfDayOf(at);
  for (let day = dayOf(at); day < dayOf(at) + 366; day += 1) {
    if (!openDays.isWorkday(day)) continue;
    for (const { fromMs } of openDays.spans) {
      const opening = startOfDay(day) + fromMs;
      if (opening > at && halfDayOf(opening) > tried) return opening;
    }
  }
  // A calendar without opening hours: the same time tomorrow, rather than never.
  return at + DAY_MS;
}
