import { FeelObject } from '../feel-object.ts';
import { civilOf, daysInMonth, epochDayOf, isValidDate, maxYear, pad, weekdayOf } from './calendar.ts';

export class FeelDate extends FeelObject {
  readonly typeName = 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;

  private constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
  }

  static of(year: number, month: number, day: number): FeelDate | null {
    const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
    return whole && isValidDate(year, month, day) ? new FeelDate(year, month, day) : null;
  }

  static ofEpochDay(epochDay: number): FeelDate | null {
    const { year, month, day } = civilOf(epochDay);
    return FeelDate.of(year, month, day);
  }

  static parse(text: string): FeelDate | null {
    const match = /^(-?(?:\d{4}|[1-9]\d{4,8}))-(\d{2})-(\d{2})$/.exec(text);
    return match ? FeelDate.of(Number(match[1]), Number(match[2]), Number(match[3])) : null;
  }

  get epochDay(): number {
    return epochDayOf(this.year, this.month, this.day);
  }

  get weekday(): number {
    return weekdayOf(this.epochDay);
  }

  plusDays(days: number): FeelDate | null {
    return FeelDate.ofEpochDay(this.epochDay + days);
  }

  /** The 31st becomes the last day of a shorter month. */
  plusMonths(months: number): FeelDate | null {
    const total = this.year * 12 + (this.month - 1) + months;
    const year = Math.floor(total / 12);
    const month = total - year * 12 + 1;
    if (Math.abs(year) > maxYear) return null;
    return FeelDate.of(year, month, Math.min(this.day, daysInMonth(year, month)));
  }

  override toString(): string {
    const year = `${this.year < 0 ? '-' : ''}${pad(Math.abs(this.year), 4)}`;
    return `${year}-${pad(this.month)}-${pad(this.day)}`;
  }
}
