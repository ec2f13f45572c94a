import type { ReadStatements } from '../rest/read-statements.ts';
import type { EventTally } from './event-tally.ts';

/** A backlog is counted up to here: a reading must cost the engine nothing that grows. */
const maxCounted = 10_000;

/**
 * How many rows are in a state. What may be millions is counted once, at the first reading, and goes on by the events
 * since then.
 */
export function countRows(read: ReadStatements, events: EventTally) {
  const count = (sql: string, ...parameters: unknown[]) => read.get<{ n: number }>(sql, ...parameters)!.n;
  const moving = (sql: string, moved: () => number) => {
    let base: number | undefined;
    return () => {
      base ??= count(`SELECT count(*) AS n ${sql}`) - moved();
      return base + moved();
    };
  };
  const atMost = (sql: string, ...parameters: unknown[]) =>
    count(`SELECT count(*) AS n FROM (SELECT 1 ${sql} LIMIT ${maxCounted})`, ...parameters);
  const { incidents, messages, processInstances } = events;
  return {
    activeProcessInstances: moving(
      `FROM process_instance WHERE state = 'ACTIVE'`,
      () => processInstances.started - processInstances.ended,
    ),
    pendingIncidents: moving(`FROM incident WHERE state = 'ACTIVE'`, () => incidents.created - incidents.resolved),
    bufferedMessages: moving('FROM message', () => messages.published - messages.expired),
    waitingJobs: () => atMost('FROM job WHERE phase = 0'),
    dueTimers: (now: number) => atMost('FROM timer WHERE due_at <= ?', now),
  };
}
