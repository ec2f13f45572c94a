import { dayOfDate, MINUTE_MS, weekdayOf } from './shanghai-time.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** A calendar made ready for arithmetic: days by number, opening spans sorted, joined and in milliseconds of the day. */
export interface OpenDays {
  isWorkday: (day: number) => boolean;
  spans: readonly { fromMs: number; toMs: number }[];
  /** Closing time, milliseconds after midnight. */
  closingMs: number;
  /** Working time of one working day. */
  dayLengthMs: number;
}

const known = new WeakMap<WorkingCalendar, OpenDays>();

/** Calendars are values and never changed in place: what is made of one is kept as long as it lives. */
export function openDaysOf(calendar: WorkingCalendar): OpenDays {
  const found = known.get(calendar);
  if (found) return found;
  const kinds = new Map(calendar.days.map((day) => [dayOfDate(day.date), day.kind]));
  const spans = joinedSpans(calendar);
  const made: OpenDays = {
    isWorkday(day) {
      const kind = kinds.get(day);
      if (kind) return kind === 'WORK';
      const weekday = weekdayOf(day);
      return weekday !== 0 && weekday !== 6;
    },
    spans,
    closingMs: spans.at(-1)?.toMs ?? 0,
    dayLengthMs: spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0),
  };
  known.set(calendar, made);
  return made;
}

/** Overlapping or touching spans count once. */
function joinedSpans(calendar: WorkingCalendar): { fromMs: number; toMs: number }[] {
  const sorted = calendar.openingHours.spans
    .filter((span) => span.toMinute > span.fromMinute)
    .map((span) => ({ fromMs: span.fromMinute * MINUTE_MS, toMs: span.toMinute * MINUTE_MS }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else joined.push(span);
  }
  return joined;
}
