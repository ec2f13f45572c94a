import type { Knex } from 'knex';
import type { Database } from './database.ts';

/** Rows that only serve what is under way; instants before which they have served. */
export interface Served {
  changesBefore: number;
  sentBefore: number;
  jobResultsBefore: number;
}

/** Rows to a statement: a writer beside it hardly waits. */
const CHUNK = 1000;

/**
 * Takes away what nobody asks for any more: changes that every browser was told of, outbox rows that were sent, answers
 * to jobs that no engine delivers again. What failed stays for a person, and so does everything that tells of a ticket.
 * @returns how many rows went
 */
export async function prune(
  { write, dialect }: Pick<Database, 'write' | 'dialect'>,
  { changesBefore, sentBefore, jobResultsBefore }: Served,
): Promise<number> {
  let gone = 0;
  gone += await chunks(write, 'change_log', 'changeId', (query) => query.where('writtenAt', '<', changesBefore));
  gone += await chunks(write, 'outbox', 'outboxId', (query) => query.where('sentAt', '<', sentBefore));
  gone += await chunks(write, 'job_result', 'jobKey', (query) => query.where('at', '<', jobResultsBefore));
  if (dialect === 'sqlite') await write.raw('pragma optimize');
  return gone;
}

async function chunks(
  knex: Knex,
  table: string,
  key: string,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  for (let gone = 0; ; ) {
    const found: Record<string, string | number>[] = await narrow(knex(table).select(key)).limit(CHUNK);
    const keys = found.map((row) => row[key]!);
    if (keys.length > 0) gone += await knex(table).whereIn(key, keys).delete();
    if (keys.length < CHUNK) return gone;
  }
}
