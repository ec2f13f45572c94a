import { DateTime } from 'luxon';

/** The instant of a due or follow-up date; a date without zone is read as UTC. Null when it is not one. */
export function instantOf(date: string | null | undefined): number | null {
  if (!date) return null;
  const parsed = DateTime.fromISO(date.replace(/(?:@|\[).*$/, ''), { zone: 'utc' });
  return parsed.isValid && /T/.test(date) ? parsed.toMillis() : null;
}
