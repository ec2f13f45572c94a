import { FeelObject } from '../feel-object.ts';
import { floorMod, nanosPerSecond, secondsPerDay } from './calendar.ts';
import { FeelDate } from './date.ts';
import { DaysTimeDuration } from './duration.ts';
import { FeelTime } from './time.ts';
import { Zone } from './zone.ts';

/** A date with a time of the day, in a zone or in none. */
export class FeelDateTime extends FeelObject {
  readonly typeName = 'date and time';
  readonly date: FeelDate;
  readonly time: FeelTime;
  readonly offsetSeconds: number | null;

  private constructor(date: FeelDate, time: FeelTime, offsetSeconds: number | null) {
    super();
    this.date = date;
    this.time = time;
    this.offsetSeconds = offsetSeconds;
  }

  /** As a wall clock shows it. A time that daylight saving skips becomes the one an hour later, as in java.time. */
  static of(date: FeelDate, time: FeelTime): FeelDateTime {
    const { zone } = time;
    const local = new FeelDateTime(date, time, null);
    if (!zone) return local;
    const zoned = new FeelDateTime(date, time, zone.offsetAtLocal(local.localSecond));
    const isSkipped = zone.id !== null && zone.offsetAt(zoned.epochSecond) !== zoned.offsetSeconds;
    return (isSkipped ? FeelDateTime.ofInstant(zoned.epochSecond, zoned.nanoOfSecond, zone) : null) ?? zoned;
  }

  static parse(text: string): FeelDateTime | null {
    const separator = text.indexOf('T');
    if (separator < 0) return null;
    const date = FeelDate.parse(text.slice(0, separator));
    const time = date && text[separator + 1] !== 'T' ? FeelTime.parse(text.slice(separator + 1)) : null;
    return date && time ? FeelDateTime.of(date, time) : null;
  }

  /** The wall clock of `zone` at an instant. */
  static ofInstant(epochSecond: number, nanoOfSecond: number, zone: Zone): FeelDateTime | null {
    const offset = zone.offsetAt(epochSecond);
    return ofLocal(epochSecond + offset, nanoOfSecond, zone, (date, time) => new FeelDateTime(date, time, offset));
  }

  get zone(): Zone | null {
    return this.time.zone;
  }

  get localSecond(): number {
    return this.date.epochDay * secondsPerDay + Math.floor(this.time.nanosOfDay / nanosPerSecond);
  }

  get nanoOfSecond(): number {
    return this.time.nanosOfDay % nanosPerSecond;
  }

  /** Seconds since 1970 in UTC; without a zone as if it were UTC. */
  get epochSecond(): number {
    return this.localSecond - (this.offsetSeconds ?? 0);
  }

  inZone(zone: Zone): FeelDateTime | null {
    return FeelDateTime.ofInstant(this.epochSecond, this.nanoOfSecond, zone);
  }

  /** In a zone an instant later, so that the hour of a daylight-saving change counts. */
  plus(duration: DaysTimeDuration): FeelDateTime | null {
    const nanos = this.nanoOfSecond + duration.nanos;
    const carry = Math.floor(nanos / nanosPerSecond);
    const nano = nanos - carry * nanosPerSecond;
    const seconds = duration.seconds + carry;
    if (this.zone) return FeelDateTime.ofInstant(this.epochSecond + seconds, nano, this.zone);
    return ofLocal(this.localSecond + seconds, nano, null, (date, time) => new FeelDateTime(date, time, null));
  }

  plusMonths(months: number): FeelDateTime | null {
    const date = this.date.plusMonths(months);
    return date ? FeelDateTime.of(date, this.time) : null;
  }

  since(other: FeelDateTime): DaysTimeDuration {
    return new DaysTimeDuration(this.epochSecond - other.epochSecond, this.nanoOfSecond - other.nanoOfSecond);
  }

  override toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`;
  }
}

/** null beyond the years that FEEL has. */
function ofLocal(
  localSecond: number,
  nanoOfSecond: number,
  zone: Zone | null,
  make: (date: FeelDate, time: FeelTime) => FeelDateTime,
): FeelDateTime | null {
  const date = FeelDate.ofEpochDay(Math.floor(localSecond / secondsPerDay));
  const nanosOfDay = floorMod(localSecond, secondsPerDay) * nanosPerSecond + nanoOfSecond;
  return date && make(date, new FeelTime(nanosOfDay, zone));
}
