import { propagateOutput } from '../processing/ad-hoc.ts';
import type { Behavior } from './behavior.ts';
import { subProcess } from './sub-process.ts';

/** A sub-process that an event begins; inside of an ad-hoc sub-process its end counts as that of an inner instance. */
export const eventSubProcess: Behavior = {
  ...subProcess,
  conclude(run, row, element) {
    if (element.parent!.adHoc) propagateOutput(run, row);
  },
};
