import { chooseFlows } from './exclusive-gateway.ts';
import type { Behavior } from './behavior.ts';

/** Takes every flow whose condition holds, the default flow if none does. */
export const inclusiveGateway: Behavior = {
  activate(run, row, element) {
    run.chosenFlows.set(row.key, chooseFlows(run, row, element, Infinity));
    run.complete(row);
  },
  flows: (run, row, element) => run.chosenFlows.get(row.key) ?? chooseFlows(run, row, element, Infinity),
};
