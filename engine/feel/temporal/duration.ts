import { FeelObject } from '../feel-object.ts';
import { nanosPerSecond } from './calendar.ts';

export class YearsMonthsDuration extends FeelObject {
  readonly typeName = 'years and months duration';
  readonly totalMonths: number;

  constructor(totalMonths: number) {
    super();
    this.totalMonths = totalMonths === 0 ? 0 : Math.trunc(totalMonths);
  }

  get years(): number {
    return Math.trunc(this.totalMonths / 12) || 0;
  }

  get months(): number {
    return this.totalMonths % 12 || 0;
  }

  override toString(): string {
    if (this.totalMonths === 0) return 'P0Y';
    const sign = this.totalMonths < 0 ? '-' : '';
    const years = Math.abs(this.years);
    const months = Math.abs(this.months);
    return `${sign}P${years ? `${years}Y` : ''}${months ? `${months}M` : ''}`;
  }
}

/** Seconds and nanoseconds of one sign. */
export class DaysTimeDuration extends FeelObject {
  readonly typeName = 'days and time duration';
  readonly seconds: number;
  readonly nanos: number;

  constructor(seconds: number, nanos = 0) {
    super();
    let whole = seconds + Math.trunc(nanos / nanosPerSecond);
    let rest = nanos % nanosPerSecond;
    if (whole > 0 && rest < 0) {
      whole -= 1;
      rest += nanosPerSecond;
    } else if (whole < 0 && rest > 0) {
      whole += 1;
      rest -= nanosPerSecond;
    }
    this.seconds = whole || 0;
    this.nanos = rest || 0;
  }

  /** Seconds with their fraction. */
  get totalSeconds(): number {
    return this.seconds + this.nanos / nanosPerSecond;
  }

  get isZero(): boolean {
    return this.seconds === 0 && this.nanos === 0;
  }

  part(unit: 'days' | 'hours' | 'minutes' | 'seconds'): number {
    const { seconds } = this;
    if (unit === 'days') return Math.trunc(seconds / 86_400) || 0;
    if (unit === 'hours') return Math.trunc(seconds / 3600) % 24 || 0;
    if (unit === 'minutes') return Math.trunc(seconds / 60) % 60 || 0;
    return seconds % 60 || 0;
  }

  negated(): DaysTimeDuration {
    return new DaysTimeDuration(-this.seconds, -this.nanos);
  }

  override toString(): string {
    if (this.isZero) return 'P0D';
    const days = Math.abs(this.part('days'));
    const hours = Math.abs(this.part('hours'));
    const minutes = Math.abs(this.part('minutes'));
    const seconds = Math.abs(this.part('seconds'));
    const fraction = this.nanos ? `.${String(Math.abs(this.nanos)).padStart(9, '0').replace(/0+$/, '')}` : '';
    const time =
      (hours ? `${hours}H` : '') +
      (minutes ? `${minutes}M` : '') +
      (seconds || fraction ? `${seconds}${fraction}S` : '');
    const sign = this.seconds < 0 || this.nanos < 0 ? '-' : '';
    return `${sign}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
  }
}

export const isDuration = (value: unknown): value is DaysTimeDuration | YearsMonthsDuration =>
  value instanceof DaysTimeDuration || value instanceof YearsMonthsDuration;

const pattern =
  /^(-)?P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)D)?(T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+)(?:\.(\d{0,9}))?S)?)?$/;

/** An ISO 8601 duration; null when it is none, or mixes months with days. */
export function parseDuration(text: string): YearsMonthsDuration | DaysTimeDuration | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, minus, years, months, days, time, hours, minutes, seconds, fraction] = match;
  const sign = minus ? -1 : 1;
  const hasTime = (hours ?? minutes ?? seconds) !== undefined;
  if (time !== undefined && !hasTime) return null;
  if (years !== undefined || months !== undefined) {
    if (days !== undefined || hasTime) return null;
    return new YearsMonthsDuration(sign * (Number(years ?? 0) * 12 + Number(months ?? 0)));
  }
  if (days === undefined && !hasTime) return null;
  const total = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  const nanos = Number((fraction ?? '').padEnd(9, '0')) * (seconds?.startsWith('-') ? -1 : 1);
  return new DaysTimeDuration(sign * (total + Number(seconds ?? 0)), sign * nanos);
}
