import type { ExecutableElement } from '../model/executable-process.ts';
import type { InstanceRow } from '../state/rows.ts';
import { Expressions } from './expressions.ts';
import { createJob } from './jobs.ts';
import type { Run } from './run.ts';

/**
 * Execution listeners are jobs that an element waits for one after the other before it goes on.
 * @returns true when the element waits for the next one
 */
export function runListenerJobs(
  run: Run,
  row: InstanceRow,
  element: ExecutableElement,
  event: 'START' | 'END',
): boolean {
  if (!element.executionListeners) return false;
  const listeners = element.executionListeners.filter((listener) => listener.event === event);
  const done = row.data?.listeners ?? 0;
  const next = listeners[done];
  if (!next) {
    if (done > 0) run.emit('element.changed', row, { data: { ...row.data, listeners: undefined }, jobKey: null });
    return false;
  }
  const expressions = new Expressions(run, row);
  const job = { type: expressions.string(next.type), retries: expressions.integer(next.retries) };
  createJob(run, row, { ...job, kind: 'EXECUTION_LISTENER', listenerEvent: event, headers: next.headers });
  return true;
}
