import { createElementJob } from '../processing/jobs.ts';
import type { Behavior } from './behavior.ts';

/** Work that a job worker does. */
export const jobTask: Behavior = {
  activate: createElementJob,
};
