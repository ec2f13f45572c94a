import { FeelObject } from './feel-object.ts';
import { describe } from './print.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { FeelDateTime } from './temporal/date-time.ts';
import { FeelDate } from './temporal/date.ts';
import { DaysTimeDuration, YearsMonthsDuration } from './temporal/duration.ts';
import { FeelTime } from './temporal/time.ts';
import type { FeelValue } from './value.ts';

const offset = (seconds: number | null): FeelValue => (seconds === null ? null : new DaysTimeDuration(seconds));

const ofDate: Record<string, (date: FeelDate) => FeelValue> = {
  year: (date) => date.year,
  month: (date) => date.month,
  day: (date) => date.day,
  weekday: (date) => date.weekday,
};

const ofTime: Record<string, (time: FeelTime) => FeelValue> = {
  hour: (time) => time.hour,
  minute: (time) => time.minute,
  second: (time) => time.second,
  'time offset': (time) => offset(time.offsetSeconds),
  timezone: (time) => time.zone?.id ?? null,
};

const ofYears: Record<string, (duration: YearsMonthsDuration) => FeelValue> = {
  years: (duration) => duration.years,
  months: (duration) => duration.months,
};

const ofDays: Record<string, (duration: DaysTimeDuration) => FeelValue> = {
  days: (duration) => duration.part('days'),
  hours: (duration) => duration.part('hours'),
  minutes: (duration) => duration.part('minutes'),
  seconds: (duration) => duration.part('seconds'),
};

const ofRange: Record<string, (range: FeelRange) => FeelValue> = {
  start: (range) => range.start,
  end: (range) => range.end,
  'start included': (range) => range.startIncluded,
  'end included': (range) => range.endIncluded,
};

function dateTimeProperty(value: FeelDateTime, name: string): FeelValue | undefined {
  if (name === 'time offset') return offset(value.offsetSeconds);
  return own(ofDate, name)?.(value.date) ?? own(ofTime, name)?.(value.time);
}

const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The properties that have a space in their name: the parser must know them. */
export const spacedPropertyNames = ['time offset', 'start included', 'end included'];

/** `value.name` of what is neither a context nor a list. */
export function property(value: FeelValue, name: string, run: Run): FeelValue {
  const found = lookUp(value, name);
  if (found !== undefined) return found;
  const names = propertyNames(value)
    .map((each) => `'${each}'`)
    .join(', ');
  return run.warn(
    'NO_PROPERTY_FOUND',
    `No property found with name '${name}' of value '${describe(value)}'. Available properties: ${names}`,
  );
}

function lookUp(value: FeelValue, name: string): FeelValue | undefined {
  if (!(value instanceof FeelObject)) return undefined;
  if (value instanceof FeelDate) return own(ofDate, name)?.(value);
  if (value instanceof FeelTime) return own(ofTime, name)?.(value);
  if (value instanceof FeelDateTime) return dateTimeProperty(value, name);
  if (value instanceof YearsMonthsDuration) return own(ofYears, name)?.(value);
  if (value instanceof DaysTimeDuration) return own(ofDays, name)?.(value);
  return value instanceof FeelRange ? own(ofRange, name)?.(value) : undefined;
}

/** In the order in which Camunda's warnings list them. */
const timeProperties = ['timezone', 'second', 'time offset', 'minute', 'hour'];
const dateTimeProperties = 'timezone,year,second,month,day,time offset,weekday,minute,hour'.split(',');

function propertyNames(value: FeelValue): string[] {
  if (value instanceof FeelDate) return Object.keys(ofDate);
  if (value instanceof FeelTime) return timeProperties;
  if (value instanceof FeelDateTime) return dateTimeProperties;
  if (value instanceof YearsMonthsDuration) return Object.keys(ofYears);
  if (value instanceof DaysTimeDuration) return Object.keys(ofDays);
  return value instanceof FeelRange ? Object.keys(ofRange) : [];
}
