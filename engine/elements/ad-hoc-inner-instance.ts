import { propagateOutput } from '../processing/ad-hoc.ts';
import type { Behavior } from './behavior.ts';

/** The scope of one activated element of an ad-hoc sub-process and of what follows it; it is there from the beginning. */
export const adHocInnerInstance: Behavior = {
  activate() {
    // made active together with its element: processing/ad-hoc.ts
  },
  conclude: propagateOutput,
};
