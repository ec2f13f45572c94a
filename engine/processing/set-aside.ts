import type { ActivateJobsRequest } from '../commands.ts';
import { jobPhase } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { printJob } from './activate-jobs.ts';
import type { Run } from './run.ts';
import type { Act } from './runner.ts';

/** How long what fails each time waits until it is tried again. */
const setAsideMs = 60_000;

type Table = 'timer' | 'job' | 'message';

const postponed: Record<Table, string> = {
  timer: 'UPDATE timer SET due_at = ? WHERE key = ?',
  job: `UPDATE job SET due_at = ?, phase = ${jobPhase.backingOff} WHERE key = ?`,
  message: 'UPDATE message SET expires_at = ? WHERE key = ?',
};

/**
 * A row that the engine can't process (a defect, a damaged file) must not hold up the others for ever. It may not even
 * be readable as what it is, so that it is moved out of the way by its key.
 */
export function setAside(run: Run, table: Table, key: number): void {
  run.state.beforeDirectWrite();
  run.state.db.prepare(postponed[table]).run(run.now + setAsideMs, key);
}

/** Jobs of a type could not be given to a worker: those of them that fail alone, too, are set aside. */
export function setAsideJobs(
  state: State,
  request: ActivateJobsRequest,
  perform: (act: Act) => 'done' | 'failed',
): void {
  for (const key of state.queries.activatableJobKeys.all(request.type, request.maxJobs) as number[]) {
    const tried = perform((run) => void printJob(run, run.state.jobs.get(key)!, request));
    if (tried === 'failed') perform((run) => setAside(run, 'job', key));
  }
}
