import type { LimitUnit } from '../../domain/deadline/limit.ts';
import type { Translate } from '../i18n/messages.ts';
import { clockTime, shanghai } from './shanghai.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** `2026-11-23 周一 17:30`: exact, with the year. */
export function exactTime(at: number, t: Translate): string {
  const time = shanghai(at);
  return t('time.exact', {
    year: time.year,
    month: String(time.month).padStart(2, '0'),
    day: String(time.day).padStart(2, '0'),
    weekday: t(`time.weekday.${time.weekday}`),
    clock: clockTime(time),
  });
}

/** `今天 17:30`, `周三 17:30` within the week, `12月11日`, with the year when it is another. */
export function relativeTime(at: number, now: number, t: Translate): string {
  const time = shanghai(at);
  const today = shanghai(now);
  const days = time.dayNumber - today.dayNumber;
  const clock = clockTime(time);
  if (days === 0) return t('time.today', { clock });
  if (days === 1) return t('time.tomorrow', { clock });
  if (days === -1) return t('time.yesterday', { clock });
  if (days > 1 && days < 7) return t('time.onWeekday', { weekday: t(`time.weekday.${time.weekday}`), clock });
  const date = { year: time.year, month: t(`time.month.${time.month}`), day: time.day, clock };
  return time.year === today.year ? t('time.onDate', date) : t('time.onDateOfYear', date);
}

/** `2 小时 10 分`, `1 天 2 小时`; at most two units, never zero. */
export function duration(ms: number, t: Translate): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  if (minutes < HOUR_MINUTES) return t('time.minutes', { minutes });
  if (minutes < DAY_MINUTES) {
    const rest = minutes % HOUR_MINUTES;
    const hours = Math.floor(minutes / HOUR_MINUTES);
    return rest === 0 ? t('time.hours', { hours }) : t('time.hoursMinutes', { hours, minutes: rest });
  }
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.floor((minutes % DAY_MINUTES) / HOUR_MINUTES);
  return hours === 0 ? t('time.days', { days }) : t('time.daysHours', { days, hours });
}

/** `5 个工作日`, `1 working day`. */
export function limitAmount(amount: number, unit: LimitUnit, t: Translate): string {
  return `${amount} ${t(`enum.LimitUnit.${unit}${amount === 1 ? '.one' : ''}`)}`;
}

export type UrgencyOfTime = 'late' | 'soon' | 'calm' | 'paused' | 'none';
export interface TimeLeft {
  state: UrgencyOfTime;
  /** `还剩 3 小时`, `超期 2 小时 10 分`, `明天 17:30`, `已暂停`. */
  words: string;
  exact: string;
  /** The words name an instant, not a stretch of time. */
  isDate: boolean;
  /** Of the limit, 0–100. */
  usedPercent: number;
}

const SOON_SHARE = 0.7;
const SOON_MS = 2 * 3_600_000;

/** Time left of a limit, in words and exactly. Soon: 70 % used or under two hours (a choice of this screen, no rule). */
export function timeLeft(
  limit: { startAt: number | null; dueAt: number | null; pausedAt?: number | null },
  now: number,
  t: Translate,
): TimeLeft {
  const { startAt, dueAt, pausedAt } = limit;
  if (pausedAt)
    return { state: 'paused', words: t('time.paused'), exact: exactTime(pausedAt, t), isDate: false, usedPercent: 0 };
  if (dueAt === null) return { state: 'none', words: t('time.noLimit'), exact: '', isDate: false, usedPercent: 0 };
  const left = dueAt - now;
  const whole = startAt === null ? null : dueAt - startAt;
  const usedShare = whole === null || whole <= 0 ? 0 : (now - (startAt ?? now)) / whole;
  const usedPercent = Math.round(Math.min(1, Math.max(0, left < 0 ? 1 : usedShare)) * 100);
  const exact = exactTime(dueAt, t);
  if (left < 0)
    return {
      state: 'late',
      words: t('time.late', { duration: duration(-left, t) }),
      exact,
      isDate: false,
      usedPercent,
    };
  const state = usedShare >= SOON_SHARE || left < SOON_MS ? 'soon' : 'calm';
  // Time that runs through a night tells nobody anything: only today's is counted down.
  const isDate = shanghai(dueAt).dayNumber !== shanghai(now).dayNumber;
  const words = isDate ? relativeTime(dueAt, now, t) : t('time.left', { duration: duration(left, t) });
  return { state, words, exact, isDate, usedPercent };
}
