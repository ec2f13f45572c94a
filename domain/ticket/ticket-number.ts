import { randomInt } from 'node:crypto';
import type { Stores } from '../ports/stores.ts';
import { compactDateAt } from '../calendar/shanghai-time.ts';

/** `GD` + local date + 5-digit number of the day. Wider on a day that outgrows five digits: numbers stay unique. */
export async function nextTicketNo(stores: Stores, now: number): Promise<string> {
  const series = `GD${compactDateAt(now)}`;
  return series + String(await stores.sequences.next(series)).padStart(5, '0');
}

/** No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: read aloud over the phone and typed from paper. */
export const QUERY_CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const QUERY_CODE_LENGTH = 8;

/** What a citizen looks the ticket up with: not guessable (23^8), not derived from the number. */
export function newQueryCode(): string {
  return Array.from(
    { length: QUERY_CODE_LENGTH },
    () => QUERY_CODE_ALPHABET[randomInt(QUERY_CODE_ALPHABET.length)],
  ).join('');
}

/** `GD2026112300012` + 1 → `GD2026112300012-01`. */
export function assignmentNoOf(ticketNo: string, ordinal: number): string {
  return `${ticketNo}-${String(ordinal).padStart(2, '0')}`;
}
