import { evaluateCalledDecision } from '../processing/decisions.ts';
import { createElementJob } from '../processing/jobs.ts';
import type { Behavior } from './behavior.ts';

/** A decision whose output goes into the result variable, or a job. */
export const businessRuleTask: Behavior = {
  activate(run, row, element) {
    if (!element.decision) {
      createElementJob(run, row, element);
      return;
    }
    const output = evaluateCalledDecision(run, row, element, element.decision);
    run.emit('element.changed', row, { data: { ...row.data, event: { [element.decision.resultVariable]: output } } });
    run.complete(row);
  },
};
