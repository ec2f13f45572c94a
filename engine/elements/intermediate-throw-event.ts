import { createElementJob } from '../processing/jobs.ts';
import type { Behavior } from './behavior.ts';

/** A none event is passed by; a message throw event is a job (docs: "Message events > Message throw events"). */
export const intermediateThrowEvent: Behavior = {
  activate(run, row, element) {
    if (element.job) createElementJob(run, row, element);
    else run.complete(row);
  },
};
