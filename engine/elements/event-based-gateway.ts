import { enterTriggered } from '../processing/element-instances.ts';
import type { Behavior } from './behavior.ts';

/** Waits for the first of the events behind it; the token goes on through that event alone. */
export const eventBasedGateway: Behavior = {
  activate() {
    // what it waits for was subscribed by the life cycle
  },
  flows: () => [],
  left(run, row) {
    const { elementRef, variables } = row.data!.triggered!;
    const event = run.state.definitions.element(elementRef);
    const flow = event.incoming.find(({ source }) => source!.ref === row.elementRef);
    enterTriggered(run, event, run.state.scopeOf(row)!, variables, flow?.ref);
  },
};
