import { acceptsChildren } from '../processing/run.ts';
import type { Behavior } from './behavior.ts';
import { throwEvent } from './throw-event.ts';

/** Goes on by its flows, or where the link leads. */
export const intermediateThrowEvent: Behavior = {
  activate: throwEvent,
  flows: (_run, _row, { linkTarget, outgoing }) => (linkTarget ? [] : outgoing),
  left(run, row, { linkTarget }) {
    const scope = run.state.scopeOf(row)!;
    if (linkTarget && acceptsChildren(run, scope)) run.activate(linkTarget, scope);
  },
};
