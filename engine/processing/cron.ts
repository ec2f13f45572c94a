import { DateTime } from 'luxon';

const names: Record<string, string[]> = {
  month: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  day: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

const macros: Record<string, string> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/** Years that are looked through before a cron expression counts as one that never fires. */
const maxDays = 366 * 8;

/** The next instant, in UTC, of a Spring cron expression (second minute hour day month weekday); undefined if none. */
export function nextCronAt(text: string, afterMs: number): number | undefined {
  const fields = (macros[text] ?? text).trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [second, minute, hour] = [
    readField(fields[0]!, 0, 59),
    readField(fields[1]!, 0, 59),
    readField(fields[2]!, 0, 23),
  ];
  const month = readField(named(fields[4]!, names.month!, 1), 1, 12);
  const matchesDay = dayMatcher(fields[3]!, fields[5]!);
  if (!second || !minute || !hour || !month || !matchesDay) return undefined;
  const after = DateTime.fromMillis(afterMs, { zone: 'utc' });
  for (let offset = 0; offset <= maxDays; offset++) {
    const day = after.startOf('day').plus({ days: offset });
    if (!month.has(day.month) || !matchesDay(day)) continue;
    for (const h of hour) {
      for (const m of minute) {
        for (const s of second) {
          const at = day.toMillis() + ((h * 60 + m) * 60 + s) * 1000;
          if (at > afterMs) return at;
        }
      }
    }
  }
  return undefined;
}

const named = (field: string, list: string[], first: number) =>
  field
    .toUpperCase()
    .replaceAll(/[A-Z]{3}/g, (name) => (list.includes(name) ? String(list.indexOf(name) + first) : name));

function dayMatcher(dayField: string, weekdayField: string): ((day: DateTime) => boolean) | undefined {
  const weekday = named(weekdayField, names.day!, 0);
  const byDay = dayField === 'L' ? undefined : readField(dayField.replace('?', '*'), 1, 31);
  const nth = /^(\d)#(\d)$/.exec(weekday) ?? /^(\d)L$/.exec(weekday);
  const byWeekday = nth ? undefined : readField(weekday.replace('?', '*'), 0, 7);
  if ((!byDay && dayField !== 'L') || (!byWeekday && !nth)) return undefined;
  return (day) => {
    const dayFits = byDay ? byDay.has(day.day) : day.day === day.daysInMonth;
    const number = day.weekday % 7;
    if (byWeekday) return dayFits && (byWeekday.has(number) || (number === 0 && byWeekday.has(7)));
    if (number !== Number(nth![1]) % 7) return false;
    return dayFits && (nth![2] ? Math.ceil(day.day / 7) === Number(nth![2]) : day.day + 7 > day.daysInMonth!);
  };
}

function readField(field: string, min: number, max: number): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, range, from, to, step] = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    if (!range || step === '0') return undefined;
    const first = range === '*' ? min : Number(from);
    const last = range === '*' ? max : to ? Number(to) : step ? max : first;
    if (first < min || last > max || first > last) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) found.add(value);
  }
  return new Set([...found].sort((a, b) => a - b));
}
