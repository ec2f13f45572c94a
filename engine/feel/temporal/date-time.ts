import { FeelObject } from '../feel-object.ts';
import { floorMod, nanosPerDay, nanosPerSecond, secondsPerDay } from './calendar.ts';
import { FeelDate } from './date.ts';
import { DaysTimeDuration } from './duration.ts';
import { FeelTime } from './time.ts';
import { Zone } from './zone.ts';

/** A date with a time of the day, in a zone or in none. */
export class FeelDateTime extends FeelObject {
  readonly typeName = 'date and time';
  readonly date: FeelDate;
  readonly time: FeelTime;
  #offset: number | null | undefined;

  constructor(date: FeelDate, time: FeelTime) {
    super();
    this.date = date;
    this.time = time;
  }

  static parse(text: string): FeelDateTime | null {
    const separator = text.indexOf('T');
    if (separator < 0) return null;
    const date = FeelDate.parse(text.slice(0, separator));
    const time = date && text[separator + 1] !== 'T' ? FeelTime.parse(text.slice(separator + 1)) : null;
    return date && time ? new FeelDateTime(date, time) : null;
  }

  /** The wall clock of `zone` at an instant. */
  static ofInstant(epochSecond: number, nanoOfSecond: number, zone: Zone): FeelDateTime | null {
    const local = epochSecond + zone.offsetAt(epochSecond);
    const date = FeelDate.ofEpochDay(Math.floor(local / secondsPerDay));
    if (!date) return null;
    const nanos = floorMod(local, secondsPerDay) * nanosPerSecond + nanoOfSecond;
    return new FeelDateTime(date, new FeelTime(nanos, zone));
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

  get offsetSeconds(): number | null {
    this.#offset ??= this.zone ? this.zone.offsetAtLocal(this.localSecond) : null;
    return this.#offset;
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
    if (this.zone?.id) return FeelDateTime.ofInstant(this.epochSecond + duration.seconds + carry, nano, this.zone);
    const second = this.localSecond + duration.seconds + carry;
    const date = FeelDate.ofEpochDay(Math.floor(second / secondsPerDay));
    const nanosOfDay = floorMod(second, secondsPerDay) * nanosPerSecond + nano;
    return date && nanosOfDay < nanosPerDay ? new FeelDateTime(date, new FeelTime(nanosOfDay, this.zone)) : null;
  }

  plusMonths(months: number): FeelDateTime | null {
    const date = this.date.plusMonths(months);
    return date ? new FeelDateTime(date, this.time) : null;
  }

  since(other: FeelDateTime): DaysTimeDuration {
    return new DaysTimeDuration(this.epochSecond - other.epochSecond, this.nanoOfSecond - other.nanoOfSecond);
  }

  override toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`;
  }
}
