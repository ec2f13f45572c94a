import type { Behavior } from './behavior.ts';

/** Waits for its own event, unless the gateway before it has caught it already; a link only leads here. */
export const intermediateCatchEvent: Behavior = {
  activate(run, row, { event }) {
    if (row.data?.event || event!.kind === 'link') run.complete(row);
  },
};
