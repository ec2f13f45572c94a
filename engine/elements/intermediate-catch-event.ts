import type { Behavior } from './behavior.ts';

/** Waits for its own event, unless the gateway before it has caught it already. */
export const intermediateCatchEvent: Behavior = {
  activate(run, row) {
    if (row.data?.event) run.complete(row);
  },
};
