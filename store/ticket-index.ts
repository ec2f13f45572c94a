import type { Knex } from 'knex';
import type { Ticket } from '../domain/ticket/ticket.ts';
import { indexGrams, searchTerms } from './grams.ts';

/** SQLite joins the rows of one insert by UNION ALL, of which it takes 500. */
const rowsPerInsert = 400;
/** People name a ticket by its last digits. */
const sequenceDigits = 5;

/** Writes what the ticket is found by, in place of what was there. */
export async function indexTicket(knex: Knex, ticket: Ticket): Promise<void> {
  const { ticketNo, queryCode, title, content, addressText } = ticket;
  await knex('ticket_gram').where({ ticketNo }).delete();
  const grams = indexGrams([ticketNo, ticketNo.slice(-sequenceDigits), queryCode, title, content, addressText]);
  for (let start = 0; start < grams.length; start += rowsPerInsert)
    await knex('ticket_gram').insert(grams.slice(start, start + rowsPerInsert).map((gram) => ({ gram, ticketNo })));
}

/** Only rows whose ticket holds every word. @param column the ticket number in the query's tables. */
export function whereTicketHolds(query: Knex.QueryBuilder, column: string, words: string): void {
  const { grams, prefixes } = searchTerms(words);
  if (grams.length > 0)
    void query.whereIn(column, (holders) =>
      holders
        .select('ticketNo')
        .from('ticket_gram')
        .whereIn('gram', grams)
        .groupBy('ticketNo')
        .havingRaw('count(*) = ?', [grams.length]),
    );
  for (const prefix of prefixes)
    void query.whereIn(column, (holders) =>
      holders
        .select('ticketNo')
        .from('ticket_gram')
        .where('gram', '>=', prefix)
        .where('gram', '<', `${prefix}\u{10FFFF}`),
    );
  // Words that hold nothing to search by (only punctuation) are in no ticket.
  if (grams.length + prefixes.length === 0 && words.trim() !== '') void query.whereRaw('1 = 0');
}
