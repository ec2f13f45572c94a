import { DateTime } from 'luxon';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const macros: Record<string, string> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/** Days that are looked through before an expression never fires: a February 29 on a given weekday may be 40 years off. */
const maxDays = 366 * 40;

type DayTest = (day: DateTime) => boolean;

/** The next instant, in UTC, of a Spring cron expression (second minute hour day month weekday); undefined if it is none. */
export function nextCronAt(text: string, afterMs: number): number | 'never' | undefined {
  const fields = (macros[text.trim()] ?? text).trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [second, minute, hour] = [
    readField(fields[0]!, 0, 59),
    readField(fields[1]!, 0, 59),
    readField(fields[2]!, 0, 23),
  ];
  const month = readField(named(fields[4]!, months, 1), 1, 12);
  const fits = [dayTest(fields[3]!), weekdayTest(fields[5]!)];
  if (!second || !minute || !hour || !month || !fits[0] || !fits[1]) return undefined;
  const first = DateTime.fromMillis(afterMs, { zone: 'utc' }).startOf('day');
  for (let offset = 0; offset <= maxDays; offset++) {
    const day = first.plus({ days: offset });
    if (!month.has(day.month) || !fits.every((test) => test!(day))) continue;
    for (const h of hour) {
      for (const m of minute) {
        for (const s of second) {
          const at = day.toMillis() + ((h * 60 + m) * 60 + s) * 1000;
          if (at > afterMs) return at;
        }
      }
    }
  }
  return 'never';
}

const named = (field: string, list: string[], first: number) =>
  field
    .toUpperCase()
    .replaceAll(/[A-Z]{3}/g, (name) => (list.includes(name) ? String(list.indexOf(name) + first) : name));

/** Any of the parts between commas. */
function anyOf(field: string, read: (part: string) => DayTest | undefined): DayTest | undefined {
  const tests = field.split(',').map(read);
  if (tests.some((test) => !test)) return undefined;
  return (day) => tests.some((test) => test!(day));
}

/** Days of the month; L is the last one, L-3 three before it, W the nearest from Monday to Friday. */
function dayTest(field: string): DayTest | undefined {
  return anyOf(field.toUpperCase().replace('?', '*'), (part) => {
    const [, before] = /^L(?:-(\d{1,2}))?$/.exec(part) ?? [];
    if (part.startsWith('L') && part !== 'LW') {
      if (!/^L(-\d{1,2})?$/.test(part)) return undefined;
      return (day) => day.day === day.daysInMonth! - Number(before ?? 0);
    }
    const [, nearest] = /^(\d{1,2}|L)W$/.exec(part) ?? [];
    if (nearest) return (day) => day.day === workdayNear(day, nearest);
    const days = readField(part, 1, 31);
    return days && ((day) => days.has(day.day));
  });
}

/** It never leaves the month. */
function workdayNear(day: DateTime, wanted: string): number | undefined {
  const last = day.daysInMonth!;
  const target = wanted === 'L' ? last : Number(wanted);
  if (target < 1 || target > last) return undefined;
  const { weekday } = day.set({ day: target });
  if (weekday < 6) return target;
  if (wanted === 'L') return target - (weekday - 5);
  if (weekday === 6) return target === 1 ? 3 : target - 1;
  return target === last ? target - 2 : target + 1;
}

/** Weekdays from 0 or 7 (Sunday); 5#2 is the second Friday of the month, 5L the last one. */
function weekdayTest(field: string): DayTest | undefined {
  return anyOf(named(field, weekdays, 0).replace('?', '*'), (part) => {
    const [, weekday, nth] = /^([0-7])(?:#([1-5])|L)$/.exec(part) ?? [];
    if (weekday !== undefined) {
      return (day) => {
        if (day.weekday % 7 !== Number(weekday) % 7) return false;
        return nth ? Math.ceil(day.day / 7) === Number(nth) : day.day + 7 > day.daysInMonth!;
      };
    }
    // a range may end with Sunday, which then counts as 7
    const days = readField(part.replace(/-0(?=$|\/)/, '-7'), 0, 7);
    return days && ((day) => days.has(day.weekday % 7) || (day.weekday === 7 && days.has(7)));
  });
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
