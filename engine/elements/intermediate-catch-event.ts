import type { Behavior } from './behavior.ts';

/** Waits for its own event; a link only leads here. */
export const intermediateCatchEvent: Behavior = {
  activate(run, row, { event }) {
    if (event!.kind === 'link') run.complete(row);
  },
};
