import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { Translate } from '../../i18n/messages.ts';

export interface DayView {
  date: string;
  day: number;
  weekend: boolean;
  kind: 'OFF' | 'WORK' | '';
  name: string | null;
}
export interface MonthView {
  title: string;
  /** Cells before the first, Monday first. */
  blanks: number[];
  days: DayView[];
}

/** Twelve months of a year with what differs from "Monday to Friday works". */
export function yearView(year: number, calendar: WorkingCalendar, t: Translate): MonthView[] {
  const exceptions = new Map(calendar.days.map((day) => [day.date, day]));
  return Array.from({ length: 12 }, (_unused, month) => {
    const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const firstWeekday = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
    const days = Array.from({ length }, (_also, index) => {
      const at = new Date(Date.UTC(year, month, index + 1));
      const date = at.toISOString().slice(0, 10);
      const exception = exceptions.get(date);
      return {
        date,
        day: index + 1,
        weekend: at.getUTCDay() % 6 === 0,
        kind: exception?.kind ?? ('' as const),
        name: exception?.name ?? null,
      };
    });
    return {
      title: t(`time.month.${month + 1}`),
      blanks: Array.from({ length: firstWeekday }, (_none, index) => index),
      days,
    };
  });
}
