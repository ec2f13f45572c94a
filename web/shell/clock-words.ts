import type { WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Translate } from '../i18n/messages.ts';
import { clockTime, shanghai } from '../view/shanghai.ts';
import { workingClockWords } from './working-clock.ts';

/** The top bar's clock: `11月23日 周一 15:42` and `工作时间，距下班 1 小时 48 分`. */
export function clockWords(now: number, calendar: WorkingCalendar, t: Translate): { date: string; words: string } {
  const time = shanghai(now);
  return {
    date: t('clock.date', {
      month: t(`time.month.${time.month}`),
      day: time.day,
      weekday: t(`time.weekday.${time.weekday}`),
      clock: clockTime(time),
    }),
    words: workingClockWords(now, calendar, t),
  };
}
