/** A day that differs from "Monday to Friday works". */
export interface CalendarDay {
  date: string; // yyyy-MM-dd
  kind: 'OFF' | 'WORK';
  name: string | null; // 国庆节
}
export interface CalendarYear {
  year: number;
  status: 'OFFICIAL' | 'PROVISIONAL';
}
/** Opening hours as minutes from midnight, local time. Default 08:30–12:00 and 14:00–17:30. */
export interface OpeningHours {
  spans: { fromMinute: number; toMinute: number }[];
}
/** Everything working-time arithmetic needs, a plain value. Asia/Shanghai, UTC+8 without daylight saving since 1991. */
export interface WorkingCalendar {
  version: number;
  years: CalendarYear[];
  days: CalendarDay[];
  openingHours: OpeningHours;
}
