import { FieldChecks } from '../errors/field-checks.ts';
import { dayOfDate } from './shanghai-time.ts';
import type { WorkingCalendar } from './working-calendar.ts';

const DAY_MINUTES = 24 * 60;
const MAX_DAYS = 2000;

/** @throws InvalidInput for a calendar that arithmetic could not work with, naming every broken place */
export function checkCalendar({ years, days, openingHours }: Omit<WorkingCalendar, 'version'>): void {
  const checks = new FieldChecks();
  if (days.length > MAX_DAYS) checks.add('days', 'tooLong', { max: MAX_DAYS, length: days.length });
  const dates = new Set<string>();
  days.slice(0, MAX_DAYS).forEach(({ date, kind, name }, index) => {
    const field = `days.${index}`;
    if (!isDate(date)) checks.add(`${field}.date`, 'notADate', { date: String(date).slice(0, 20) });
    else if (dates.has(date)) checks.add(`${field}.date`, 'dateTwice', { date });
    dates.add(date);
    checks.option(`${field}.kind`, kind, ['OFF', 'WORK'], true);
    checks.text(`${field}.name`, name, { max: 40 });
  });
  const named = new Set<number>();
  years.forEach(({ year, status }, index) => {
    const field = `years.${index}`;
    if (!Number.isInteger(year) || year < 2000 || year > 2100) checks.add(`${field}.year`, 'notAYear');
    else if (named.has(year)) checks.add(`${field}.year`, 'yearTwice', { year });
    named.add(year);
    checks.option(`${field}.status`, status, ['OFFICIAL', 'PROVISIONAL'], true);
  });
  const { spans } = openingHours;
  if (spans.length === 0) checks.add('openingHours', 'required');
  let closedAt = -1;
  spans.forEach(({ fromMinute, toMinute }, index) => {
    const right = Number.isInteger(fromMinute) && Number.isInteger(toMinute) && toMinute <= DAY_MINUTES;
    if (!right || fromMinute <= closedAt || toMinute <= fromMinute) checks.add(`openingHours.${index}`, 'badSpan');
    closedAt = toMinute;
  });
  checks.throwIfAny();
}

function isDate(date: unknown): date is string {
  try {
    return typeof date === 'string' && Number.isInteger(dayOfDate(date));
  } catch {
    return false;
  }
}
