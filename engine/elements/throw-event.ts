import type { ExecutableElement } from '../model/executable-process.ts';
import { triggerCompensation } from '../processing/compensation.ts';
import { throwEscalation } from '../processing/escalations.ts';
import { Expressions } from '../processing/expressions.ts';
import { createElementJob } from '../processing/jobs.ts';
import type { Run } from '../processing/run.ts';
import { localVariables } from '../processing/scope-variables.ts';
import type { ElementInstanceRow } from '../state/rows.ts';

/** What intermediate throw events and end events have in common; one without a trigger is passed by. */
export function throwEvent(run: Run, row: ElementInstanceRow, element: ExecutableElement): void {
  const { kind, signal, escalation } = element.event!;
  // a message throw event is a job (docs: "Message events > Message throw events")
  if (kind === 'job') {
    createElementJob(run, row, element);
    return;
  }
  if (kind === 'signal') {
    run.broadcast(new Expressions(run, row).string(signal!.name), localVariables(run.state, row));
  } else if (kind === 'escalation') {
    const code = new Expressions(run, row).string(escalation!.code!);
    if (throwEscalation(run, row, code) === 'ends') return;
  } else if (kind === 'compensation' && triggerCompensation(run, row, element)) return;
  run.complete(row);
}
