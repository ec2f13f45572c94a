import { FeelObject } from '../feel-object.ts';
import { floorMod, nanosPerDay, nanosPerSecond, pad } from './calendar.ts';
import { Zone } from './zone.ts';

const pattern =
  /^T?(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2}(?::?\d{2})?|@[^[\]]+)?(?:\[(.+)\])?$/;

export class FeelTime extends FeelObject {
  readonly typeName = 'time';
  readonly nanosOfDay: number;
  readonly zone: Zone | null;

  constructor(nanosOfDay: number, zone: Zone | null = null) {
    super();
    this.nanosOfDay = nanosOfDay;
    this.zone = zone;
  }

  static of(hour: number, minute: number, second: number, nano = 0, zone: Zone | null = null): FeelTime | null {
    const valid =
      hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59 && nano >= 0 && nano < 1e9;
    if (!valid) return null;
    const nanos = (hour * 3600 + minute * 60 + second) * nanosPerSecond + nano;
    return Number.isInteger(nanos) ? new FeelTime(nanos, zone) : null;
  }

  /** `10:00:00`, with fraction, offset, `@Region`, or Java's `+02:00[Region]`. */
  static parse(text: string): FeelTime | null {
    const match = pattern.exec(text);
    if (!match) return null;
    const [, hour, minute, second, fraction, offset, region] = match;
    const zone = region === undefined ? Zone.parse(offset) : Zone.ofRegion(region);
    if (zone === null) return null;
    const nano = Number((fraction ?? '').padEnd(9, '0'));
    return FeelTime.of(Number(hour), Number(minute), Number(second ?? 0), nano, zone ?? null);
  }

  get hour(): number {
    return Math.floor(this.nanosOfDay / (3600 * nanosPerSecond));
  }

  get minute(): number {
    return Math.floor(this.nanosOfDay / (60 * nanosPerSecond)) % 60;
  }

  get second(): number {
    return Math.floor(this.nanosOfDay / nanosPerSecond) % 60;
  }

  get offsetSeconds(): number | null {
    return this.zone?.standardOffset ?? null;
  }

  /** Nanoseconds of the day in UTC, for comparing times of different offsets; may lie outside 0 to 24 h. */
  get utcNanos(): number {
    return this.nanosOfDay - (this.offsetSeconds ?? 0) * nanosPerSecond;
  }

  /** Past midnight it begins anew. */
  plusNanos(nanos: number): FeelTime {
    return new FeelTime(floorMod(this.nanosOfDay + (nanos % nanosPerDay), nanosPerDay), this.zone);
  }

  override toString(): string {
    return formatTimeOfDay(this.nanosOfDay) + (this.zone?.toString() ?? '');
  }
}

function formatTimeOfDay(nanosOfDay: number): string {
  const seconds = Math.floor(nanosOfDay / nanosPerSecond);
  const nano = nanosOfDay % nanosPerSecond;
  const fraction = nano ? `.${String(nano).padStart(9, '0').replace(/0+$/, '')}` : '';
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fraction}`;
}
