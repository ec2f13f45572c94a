import { floorMod, nanosPerSecond } from '../temporal/calendar.ts';
import { FeelDateTime } from '../temporal/date-time.ts';
import { FeelDate } from '../temporal/date.ts';
import { DaysTimeDuration, parseDuration, YearsMonthsDuration } from '../temporal/duration.ts';
import { FeelTime } from '../temporal/time.ts';
import { Zone } from '../temporal/zone.ts';
import type { FeelValue } from '../value.ts';
import { type FunctionTable, illegalArguments, Refusal, signature } from './signature.ts';

const midnight = new FeelTime(0);

/** What cannot be read is null with a warning, for any of the functions that take `from`. */
function parsed(kind: (text: string) => string, parse: (text: string) => FeelValue) {
  return (text: string): FeelValue | Refusal =>
    parse(text) ?? new Refusal(`Failed to parse ${kind(text)} from '${text}'`);
}

const isZoned = (text: string): boolean => /:\d\d(?:\.\d+)?(?:[+-]\d\d:?\d\d|Z|@.*)$/.test(text);
const isLocalDateTime = (text: string): boolean => /^-?\d{4,9}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d[:.\d]*$/.test(text);
const dateTimeKind = (text: string): string => (isLocalDateTime(text) ? 'local-date-time' : 'date-time');
const timeKind = (text: string): string => (isZoned(text) ? 'time' : 'local-time');

function dateOf(from: FeelValue): FeelValue | Refusal {
  if (typeof from === 'string')
    return parsed(
      () => 'date',
      (text) => FeelDate.parse(text),
    )(from);
  if (from instanceof FeelDate) return from;
  return from instanceof FeelDateTime ? from.date : illegalArguments;
}

function dateTimeOf(from: FeelValue): FeelValue | Refusal {
  if (from instanceof FeelDateTime) return from;
  if (from instanceof FeelDate) return FeelDateTime.of(from, midnight);
  if (typeof from !== 'string') return illegalArguments;
  return parsed(dateTimeKind, (text) => {
    const date = FeelDate.parse(text);
    return date ? FeelDateTime.of(date, midnight) : FeelDateTime.parse(text);
  })(from);
}

function timeOf(from: FeelValue): FeelValue | Refusal {
  if (typeof from === 'string') return parsed(timeKind, (text) => FeelTime.parse(text))(from);
  if (from instanceof FeelTime) return from;
  if (from instanceof FeelDateTime) return from.time;
  return from instanceof FeelDate ? new FeelTime(0, Zone.utc) : illegalArguments;
}

function dateAndTime(date: FeelValue, time: FeelValue): FeelValue | Refusal {
  const day = date instanceof FeelDateTime ? date.date : date;
  if (day instanceof FeelDate && time instanceof FeelTime) return FeelDateTime.of(day, time);
  if (!(date instanceof FeelDateTime) || typeof time !== 'string') return illegalArguments;
  const zone = Zone.ofRegion(time) ?? Zone.parse(time);
  if (!zone) return new Refusal(`There is no time zone '${time}'`);
  return date.zone ? date.inZone(zone) : FeelDateTime.of(date.date, new FeelTime(date.time.nanosOfDay, zone));
}

function time(hour: number, minute: number, second: number, offset: DaysTimeDuration | null): FeelValue | Refusal {
  const whole = Math.trunc(second);
  const nanos = Math.round((second - whole) * nanosPerSecond);
  const zone = offset ? Zone.ofOffset(offset.seconds) : null;
  const made = offset && !zone ? null : FeelTime.of(Math.trunc(hour), Math.trunc(minute), whole, nanos, zone);
  if (made) return made;
  const [kind, suffix] = offset ? ['time', `, offset=${offset.toString()}`] : ['local-time', ''];
  return new Refusal(`Failed to parse ${kind} from: hour=${hour}, minute=${minute}, second=${second}${suffix}`);
}

/** Whole months between two days. */
function monthsBetween(from: FeelValue, to: FeelValue): FeelValue | Refusal {
  const start = from instanceof FeelDateTime ? from.date : from;
  const end = to instanceof FeelDateTime ? to.date : to;
  if (!(start instanceof FeelDate) || !(end instanceof FeelDate)) return illegalArguments;
  const months = (end.year - start.year) * 12 + end.month - start.month;
  if (months > 0 && end.day < start.day) return new YearsMonthsDuration(months - 1);
  if (months < 0 && end.day > start.day) return new YearsMonthsDuration(months + 1);
  return new YearsMonthsDuration(months);
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** ISO 8601: the week of a day is that of its Thursday. */
function weekOfYear(date: FeelDate): number {
  const thursday = date.plusDays(4 - date.weekday) ?? date;
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

const dayOfYear = (date: FeelDate): number => date.epochDay - FeelDate.of(date.year, 1, 1)!.epochDay + 1;

function lastDayOfMonth(date: FeelDate): FeelValue {
  return FeelDate.of(date.year, date.month, 1)!.plusMonths(1)!.plusDays(-1);
}

const ofDay = (compute: (date: FeelDate) => FeelValue) => [
  signature([['date', 'any']], ([value]) => {
    const date = value instanceof FeelDateTime ? value.date : value;
    return date instanceof FeelDate ? compute(date) : illegalArguments;
  }),
];

/** The zone of the machine, as `now()` has it. */
const systemZone = (): Zone => {
  const id = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return id === 'UTC' ? Zone.utc : (Zone.ofRegion(id) ?? Zone.utc);
};

function now(nowMs: number): FeelDateTime {
  const second = Math.floor(nowMs / 1000);
  return FeelDateTime.ofInstant(second, Math.round(floorMod(nowMs, 1000) * 1e6), systemZone())!;
}

const hms = [
  ['hour', 'number'],
  ['minute', 'number'],
  ['second', 'number'],
] as const;

export const temporalFunctions: FunctionTable = {
  date: [
    signature([['from', 'any']], ([from]) => dateOf(from)),
    signature(
      [
        ['year', 'number'],
        ['month', 'number'],
        ['day', 'number'],
      ],
      ([year, month, day]) =>
        FeelDate.of(Math.trunc(year), Math.trunc(month), Math.trunc(day)) ??
        new Refusal(`Failed to parse date from: year=${year}, month=${month}, day=${day}`),
    ),
  ],
  'date and time': [
    signature([['from', 'any']], ([from]) => dateTimeOf(from)),
    signature(
      [
        ['date', 'any'],
        ['time', 'any'],
      ],
      ([date, at]) => dateAndTime(date, at),
    ),
    signature(
      [
        ['date', 'date and time'],
        ['timezone', 'string'],
      ],
      ([date, zone]) => dateAndTime(date, zone),
    ),
  ],
  time: [
    signature([['from', 'any']], ([from]) => timeOf(from)),
    signature(hms, ([hour, minute, second]) => time(hour, minute, second, null)),
    signature([...hms, ['offset', 'days and time duration?']], ([hour, minute, second, offset]) =>
      time(hour, minute, second, offset),
    ),
  ],
  duration: [
    signature([['from', 'any']], ([from]) => {
      if (from instanceof DaysTimeDuration || from instanceof YearsMonthsDuration) return from;
      return typeof from === 'string' ? parsed(() => 'duration', parseDuration)(from) : illegalArguments;
    }),
  ],
  'years and months duration': [
    signature(
      [
        ['from', 'any'],
        ['to', 'any'],
      ],
      ([from, to]) => monthsBetween(from, to),
    ),
  ],
  now: [signature([], (_, run) => now(run.nowMs))],
  today: [signature([], (_, run) => now(run.nowMs).date)],
  'day of year': ofDay(dayOfYear),
  'day of week': ofDay((date) => dayNames[date.weekday - 1]!),
  'month of year': ofDay((date) => monthNames[date.month - 1]!),
  'week of year': ofDay(weekOfYear),
  'last day of month': ofDay(lastDayOfMonth),
};
