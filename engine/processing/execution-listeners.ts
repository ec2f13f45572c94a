import type { ListenerSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { InstanceRow } from '../state/rows.ts';
import { createJob, describeJob } from './jobs.ts';
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
  createJob(run, row, {
    ...describe(run, row, next),
    kind: 'EXECUTION_LISTENER',
    listenerEvent: event,
    // what the listener says of a header goes before what its element says
    headers: { ...(element.job ?? element.userTask)?.headers, ...next.headers },
  });
  return true;
}

/** Where a listener can't be described, all of its kind are asked again once the incident is resolved. */
function describe(run: Run, row: InstanceRow, listener: ListenerSpec) {
  try {
    return describeJob(run, row, listener);
  } catch (error) {
    run.emit('element.changed', row, { data: { ...row.data, listeners: undefined } });
    throw error;
  }
}
