import type { App } from '../domain/ports/app.ts';
import type { JobHandler } from '../domain/ports/engine-job.ts';
import { recordTaskEvent } from '../domain/task/record-task-event.ts';

/** Job type of the five task listeners that every user task carries (processes.md 5). */
export const LISTENER_JOB_TYPE = 'liandong.task';

/** Keeps the task list: every change in a user task's life comes by here before the engine goes on. */
export function taskListenerHandler(app: App): JobHandler {
  return {
    jobType: LISTENER_JOB_TYPE,
    variables: null,
    async run(job) {
      const { taskEvent } = job;
      if (!taskEvent) throw new Error(`${LISTENER_JOB_TYPE} is a task listener, not the job of a service task`);
      await recordTaskEvent(app, { ...job, taskEvent });
      return { kind: 'COMPLETED', variables: {} };
    },
  };
}
