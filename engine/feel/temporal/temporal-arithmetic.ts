import type { FeelValue } from '../value.ts';
import { nanosPerSecond, secondsPerDay } from './calendar.ts';
import { FeelDateTime } from './date-time.ts';
import { FeelDate } from './date.ts';
import { DaysTimeDuration, YearsMonthsDuration } from './duration.ts';
import { FeelTime } from './time.ts';
import { Zone } from './zone.ts';

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
  const from = asDateTime(right, left);
  const to = asDateTime(left, right);
  if (!from || !to || (from.zone === null) !== (to.zone === null)) return null;
  return to.since(from);
}

/** A date is its midnight: in UTC where the other has a zone. */
function asDateTime(value: FeelValue, other: FeelValue): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  if (!(value instanceof FeelDate)) return null;
  const isZoned = other instanceof FeelDateTime && other.zone !== null;
  return FeelDateTime.of(value, new FeelTime(0, isZoned ? Zone.utc : null));
}
