import { adHocChildEnded, beginAdHoc, retryAdHoc } from '../processing/ad-hoc.ts';
import { cancelJob } from '../processing/jobs.ts';
import { propagateVariables, setLocalVariables } from '../processing/scope-variables.ts';
import type { Behavior } from './behavior.ts';

/** What runs in it, in which order and how often is said by an expression, by clients, or by a job worker. */
export const adHocSubProcess: Behavior = {
  prepare(run, row, element) {
    const { elements, outputCollection } = element.adHoc!;
    setLocalVariables(run.state, row, { adHocSubProcessElements: elements });
    if (outputCollection !== null) setLocalVariables(run.state, row, { [outputCollection]: [] });
  },
  activate: beginAdHoc,
  childEnded: adHocChildEnded,
  retry: retryAdHoc,
  complete(run, row, element) {
    const { outputCollection } = element.adHoc!;
    cancelJob(run, row);
    if (outputCollection === null) return;
    const gathered = run.state.variables.get(row.processInstanceKey, row.key, outputCollection) ?? null;
    propagateVariables(run.state, run.state.scopeOf(row)!, { [outputCollection]: gathered });
  },
};
