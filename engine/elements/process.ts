import { isNoneStart } from '../model/start-events.ts';
import { enterTriggered } from '../processing/element-instances.ts';
import type { Behavior } from './behavior.ts';

/** Begins at the start event whose trigger made the instance, else at its none start event, or where it was told to. */
export const process: Behavior = {
  activate(run, row, element) {
    const { triggered, startAt } = row.data ?? {};
    if (startAt) {
      for (const ref of startAt) run.activate(run.state.definitions.element(ref), row);
      return;
    }
    if (triggered) {
      // a triggered event holds back all others: this one has had its turn
      run.emit('element.changed', row, { data: { ...row.data, triggered: undefined } });
      enterTriggered(run, run.state.definitions.element(triggered.elementRef), row, triggered.variables);
      return;
    }
    run.activate(element.startEvents.find(isNoneStart)!, row);
  },
};
