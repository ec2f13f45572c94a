import type { Behavior } from './behavior.ts';

/** Waits for its message. */
export const receiveTask: Behavior = {
  activate() {
    // the subscription was opened by the life cycle
  },
};
