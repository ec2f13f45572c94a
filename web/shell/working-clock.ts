import { DAY_MS, dayOf, MINUTE_MS, startOfDay } from '../../domain/calendar/shanghai-time.ts';
import { openDaysOf } from '../../domain/calendar/open-days.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Translate } from '../i18n/messages.ts';
import { shanghai } from '../view/shanghai.ts';
import { duration } from '../view/time-words.ts';

const LOOK_AHEAD_DAYS = 30;

/** `工作时间，距下班 1 小时 48 分` · `非工作时间，11月24日 周二 08:30 上班`. */
export function workingClockWords(now: number, calendar: WorkingCalendar, t: Translate): string {
  const minute = (now - startOfDay(dayOf(now))) / MINUTE_MS;
  if (isWorkday(now, calendar)) {
    const spans = calendar.openingHours.spans;
    const closing = spans.at(-1)?.toMinute ?? 0;
    const open = spans.find(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute);
    if (open) return t('clock.open', { duration: duration((closing - minute) * MINUTE_MS, t) });
    const next = spans.find(({ fromMinute }) => minute < fromMinute);
    if (next) return t('clock.opensIn', { duration: duration((next.fromMinute - minute) * MINUTE_MS, t) });
  }
  for (let days = 1; days <= LOOK_AHEAD_DAYS; days++) {
    const day = now + days * DAY_MS;
    if (!isWorkday(day, calendar)) continue;
    const { month, day: dayOfMonth, weekday } = shanghai(day);
    const weekdayWord = t(`time.weekday.${weekday}`);
    return t('clock.closedUntil', { month: t(`time.month.${month}`), day: dayOfMonth, weekday: weekdayWord });
  }
  return t('clock.closed');
}

export function isWorkday(at: number, calendar: WorkingCalendar): boolean {
  return openDaysOf(calendar).isWorkday(dayOf(at));
}
