import type { FeelValue } from '../value.ts';
import { nanosPerSecond, secondsPerDay } from './calendar.ts';
import { FeelDateTime } from './date-time.ts';
import { FeelDate } from './date.ts';
import { DaysTimeDuration, YearsMonthsDuration } from './duration.ts';
import { FeelTime } from './time.ts';

export function addTo(
  value: FeelDate | FeelTime | FeelDateTime,
  duration: DaysTimeDuration | YearsMonthsDuration,
  sign: 1 | -1,
): FeelValue {
  if (duration instanceof YearsMonthsDuration) {
    return value instanceof FeelTime ? null : value.plusMonths(sign * duration.totalMonths);
  }
  const signed = sign === 1 ? duration : duration.negated();
  if (value instanceof FeelDateTime) return value.plus(signed);
  if (value instanceof FeelTime)
    return value.plusNanos((signed.seconds % secondsPerDay) * nanosPerSecond + signed.nanos);
  // A date begins at midnight: hours that do not make a day are lost, backwards they reach into the day before.
  return value.plusDays(Math.floor((signed.seconds + Math.sign(signed.nanos) * 0.5) / secondsPerDay));
}

export function difference(left: FeelValue, right: FeelValue): DaysTimeDuration | null {
  if (left instanceof FeelTime && right instanceof FeelTime) {
    if ((left.zone === null) !== (right.zone === null)) return null;
    return new DaysTimeDuration(0, left.utcNanos - right.utcNanos);
  }
  const from = asDateTime(right);
  const to = asDateTime(left);
  if (!from || !to || (from.zone === null) !== (to.zone === null)) return null;
  return to.since(from);
}

const midnight = new FeelTime(0);

function asDateTime(value: FeelValue): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  return value instanceof FeelDate ? new FeelDateTime(value, midnight) : null;
}
