import { Expressions } from '../processing/expressions.ts';
import { createElementJob } from '../processing/jobs.ts';
import type { Behavior } from './behavior.ts';

/** A FEEL expression whose value goes into the result variable, or a job. */
export const scriptTask: Behavior = {
  activate(run, row, element) {
    if (!element.script) {
      createElementJob(run, row, element);
      return;
    }
    const value = new Expressions(run, row).value(element.script.expression);
    run.emit('element.changed', row, { data: { ...row.data, event: { [element.script.resultVariable]: value } } });
    run.complete(row);
  },
};
