import { dateOfDay, dayOfDate } from '../calendar/shanghai-time.ts';
import type { CalendarDay, WorkingCalendar } from '../calendar/working-calendar.ts';

function off(name: string, from: string, to = from): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day = dayOfDate(from); day <= dayOfDate(to); day++) days.push({ date: dateOfDay(day), kind: 'OFF', name });
  return days;
}
const work = (name: string, ...dates: string[]): CalendarDay[] => dates.map((date) => ({ date, kind: 'WORK', name }));

/**
 * domain.md §9: the State Council's notices for 2025 and 2026; 2027 was not published when this was written and is a guess
 * (PROVISIONAL). The first version of the table; admins correct it.
 */
export const DEFAULT_CALENDAR: Omit<WorkingCalendar, 'version'> = {
  years: [
    { year: 2025, status: 'OFFICIAL' },
    { year: 2026, status: 'OFFICIAL' },
    { year: 2027, status: 'PROVISIONAL' },
  ],
  days: [
    ...off('元旦', '2025-01-01'),
    ...work('春节调休', '2025-01-26', '2025-02-08'),
    ...off('春节', '2025-01-28', '2025-02-04'),
    ...off('清明节', '2025-04-04', '2025-04-06'),
    ...work('劳动节调休', '2025-04-27'),
    ...off('劳动节', '2025-05-01', '2025-05-05'),
    ...off('端午节', '2025-05-31', '2025-06-02'),
    ...work('国庆节、中秋节调休', '2025-09-28', '2025-10-11'),
    ...off('国庆节、中秋节', '2025-10-01', '2025-10-08'),
    ...off('元旦', '2026-01-01', '2026-01-03'),
    ...work('元旦调休', '2026-01-04'),
    ...work('春节调休', '2026-02-14', '2026-02-28'),
    ...off('春节', '2026-02-15', '2026-02-23'),
    ...off('清明节', '2026-04-04', '2026-04-06'),
    ...off('劳动节', '2026-05-01', '2026-05-05'),
    ...work('劳动节调休', '2026-05-09'),
    ...off('端午节', '2026-06-19', '2026-06-21'),
    ...work('国庆节调休', '2026-09-20', '2026-10-10'),
    ...off('中秋节', '2026-09-25', '2026-09-27'),
    ...off('国庆节', '2026-10-01', '2026-10-07'),
    ...off('元旦', '2027-01-01'),
    ...off('春节', '2027-02-05', '2027-02-08'),
    ...off('清明节', '2027-04-05'),
    ...off('劳动节', '2027-05-01', '2027-05-02'),
    ...off('端午节', '2027-06-09'),
    ...off('中秋节', '2027-09-15'),
    ...off('国庆节', '2027-10-01', '2027-10-03'),
  ],
  // 08:30–12:00 and 14:00–17:30 [D]
  openingHours: {
    spans: [
      { fromMinute: 8 * 60 + 30, toMinute: 12 * 60 },
      { fromMinute: 14 * 60, toMinute: 17 * 60 + 30 },
    ],
  },
};
