import { CommandRejection } from '../command-rejection.ts';
import type { CompleteJobRequest } from '../commands.ts';
import type { ActivateAdHocElement } from '../operator-commands.ts';
import { phase, type ElementInstanceRow, type JobRow } from '../state/rows.ts';
import { activateAdHocElements, fulfil, notActivatable } from './ad-hoc.ts';
import { endJob } from './jobs.ts';
import type { Run } from './run.ts';
import { propagateVariables } from './scope-variables.ts';

/** The worker of an ad-hoc sub-process has said what is to begin, or that there is no more to do. */
export function completeAdHocJob(
  run: Run,
  job: JobRow,
  row: ElementInstanceRow,
  { variables, result }: CompleteJobRequest,
): void {
  const element = run.element(row);
  const elements = (result?.activateElements ?? []).map(
    ({ elementId = '', variables: locals }): ActivateAdHocElement => ({ elementId, variables: locals }),
  );
  const fulfilled = result?.isCompletionConditionFulfilled === true;
  const problem = notActivatable(
    row,
    element,
    elements.map(({ elementId }) => elementId),
  );
  if (problem) throw new CommandRejection('NOT_FOUND', problem);
  if (row.phase !== phase.active || row.data?.interrupt) {
    throw new CommandRejection(
      'INVALID_STATE',
      'Expected to complete ad-hoc sub-process job, but the ad-hoc sub-process instance is not active ' +
        `(job key '${job.key}', type '${job.type}', processInstanceKey '${job.processInstanceKey}')\n`,
    );
  }
  if (fulfilled && elements.length > 0) {
    throw new CommandRejection(
      'INVALID_ARGUMENT',
      `No elements can be activated for ad-hoc sub-process with key '${row.key}' because the completion condition is fulfilled.`,
    );
  }
  endJob(run, job, 'COMPLETED');
  run.emit('element.changed', row, { jobKey: null });
  if (variables) propagateVariables(run.state, row, variables);
  const cancelsRemaining = result?.isCancelRemainingInstances === true;
  if (elements.length > 0) activateAdHocElements(run, row, element, elements, cancelsRemaining);
  if (fulfilled) fulfil(run, row, cancelsRemaining);
}
