import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { ActivateAdHocRequest } from '../../operator-commands.ts';
import { activateAdHocElements, activeAdHoc, notActivatable } from '../ad-hoc.ts';
import type { Run } from '../run.ts';

/** A person or a program begins elements of a running ad-hoc sub-process. */
export function activateAdHoc(run: Run, request: ActivateAdHocRequest): Empty {
  const { adHocSubProcessInstanceKey: key, elements, cancelRemainingInstances } = request;
  const row = activeAdHoc(run, key);
  const ids = elements.map(({ elementId }) => elementId);
  if (new Set(ids).size < ids.length) {
    const reason = `Expected to activate activities for ad-hoc sub-process with key '${key}', but duplicate activities were given.`;
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  const element = run.element(row);
  const problem = notActivatable(row, element, ids);
  if (problem) throw new CommandRejection('NOT_FOUND', problem);
  activateAdHocElements(run, row, element, elements, cancelRemainingInstances === true);
  return {};
}
