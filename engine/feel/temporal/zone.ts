import { IANAZone } from 'luxon';
import { pad } from './calendar.ts';

const january = Date.UTC(2024, 0, 1) / 1000;
const july = Date.UTC(2024, 6, 1) / 1000;

/** An offset alone (`id` null) or a region of the time zone database. */
export class Zone {
  readonly id: string | null;
  readonly #offsetSeconds: number;
  readonly #region: IANAZone | null;

  private constructor(id: string | null, offsetSeconds: number, region: IANAZone | null) {
    this.id = id;
    this.#offsetSeconds = offsetSeconds;
    this.#region = region;
  }

  static readonly utc = new Zone(null, 0, null);

  static ofOffset(seconds: number): Zone | null {
    // The limit of java.time.ZoneOffset, which Camunda uses.
    return Math.abs(seconds) > 18 * 3600 ? null : new Zone(null, seconds, null);
  }

  static ofRegion(id: string): Zone | null {
    if (id === 'Z' || id === 'UTC') return new Zone(id === 'Z' ? null : id, 0, null);
    return IANAZone.isValidZone(id) ? new Zone(id, 0, IANAZone.create(id)) : null;
  }

  /** `Z`, `+01:00`, `+01:00:30`, `@Europe/Berlin`; undefined is no zone, null a wrong one. */
  static parse(text: string | undefined): Zone | null | undefined {
    if (text === undefined || text === '') return undefined;
    if (text === 'Z' || text === 'z') return Zone.utc;
    if (text.startsWith('@')) return Zone.ofRegion(text.slice(1));
    const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(text);
    if (!match || Number(match[3]) > 59 || Number(match[4] ?? 0) > 59) return null;
    const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
    return Zone.ofOffset(match[1] === '-' ? -seconds : seconds);
  }

  /** The offset of a time that stands without a date: that of winter, north or south. */
  get standardOffset(): number {
    return Math.min(this.offsetAt(january), this.offsetAt(july));
  }

  /** Seconds east of Greenwich at an instant; a region needs the instant, an offset does not. */
  offsetAt(epochSecond: number): number {
    if (!this.#region) return this.#offsetSeconds;
    return Math.round(this.#region.offset(clampToJsDates(epochSecond * 1000)) * 60);
  }

  /** The offset that a wall clock shows: in a gap or an overlap the one before it, as java.time does. */
  offsetAtLocal(localSecond: number): number {
    if (!this.#region) return this.#offsetSeconds;
    const earlier = this.offsetAt(localSecond - 86_400);
    const candidate = this.offsetAt(localSecond - earlier);
    if (candidate === earlier) return earlier;
    return this.offsetAt(localSecond - candidate) === candidate ? candidate : earlier;
  }

  equals(other: Zone): boolean {
    return this.id === other.id && this.#offsetSeconds === other.#offsetSeconds;
  }

  toString(): string {
    return this.id === null ? formatOffset(this.#offsetSeconds) : `@${this.id}`;
  }
}

export function formatOffset(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'Z';
  const seconds = Math.abs(offsetSeconds);
  const text = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}`;
  const rest = seconds % 60;
  return `${offsetSeconds < 0 ? '-' : '+'}${text}${rest ? `:${pad(rest)}` : ''}`;
}

/** JS dates reach 8.64e15 ms; farther away a zone has the offset of that last day. */
const clampToJsDates = (epochMs: number): number => Math.max(-8.64e15, Math.min(8.64e15, epochMs));
