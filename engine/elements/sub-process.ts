import type { Behavior } from './behavior.ts';

/** An embedded sub-process begins at its none start, an event sub-process at its only one, handing the event on. */
export const subProcess: Behavior = {
  activate(run, row, element) {
    const event = row.data?.event;
    if (event) run.emit('element.changed', row, { data: { ...row.data, event: undefined } });
    run.activate(element.startEvents[0]!, row, { event });
  },
};
