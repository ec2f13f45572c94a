import { FeelDateTime } from './temporal/date-time.ts';
import { FeelDate } from './temporal/date.ts';
import { DaysTimeDuration, YearsMonthsDuration } from './temporal/duration.ts';
import { FeelTime } from './temporal/time.ts';
import { type FeelValue, isNumber } from './value.ts';

/** Negative, 0 or positive; null when the two have no order (other types, or only one has a time zone). */
export function compare(left: FeelValue, right: FeelValue): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isNumber(left)) return isNumber(right) ? Number(left > right) - Number(left < right) : null;
  if (typeof left === 'string') {
    if (typeof right !== 'string') return null;
    return left < right ? -1 : Number(left > right);
  }
  if (left instanceof FeelDate) return right instanceof FeelDate ? left.epochDay - right.epochDay : null;
  if (left instanceof FeelDateTime) return right instanceof FeelDateTime ? compareDateTimes(left, right) : null;
  if (left instanceof FeelTime) return right instanceof FeelTime ? compareTimes(left, right) : null;
  if (left instanceof YearsMonthsDuration) {
    return right instanceof YearsMonthsDuration ? left.totalMonths - right.totalMonths : null;
  }
  if (left instanceof DaysTimeDuration) {
    return right instanceof DaysTimeDuration ? left.seconds - right.seconds || left.nanos - right.nanos : null;
  }
  return null;
}

function compareDateTimes(left: FeelDateTime, right: FeelDateTime): number | null {
  if ((left.zone === null) !== (right.zone === null)) return null;
  return left.epochSecond - right.epochSecond || left.nanoOfSecond - right.nanoOfSecond;
}

function compareTimes(left: FeelTime, right: FeelTime): number | null {
  if ((left.zone === null) !== (right.zone === null)) return null;
  return left.utcNanos - right.utcNanos;
}
