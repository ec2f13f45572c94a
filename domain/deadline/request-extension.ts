import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { ask } from './ask.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import type { DeadlineRequest } from './extension.ts';
import { ownCompletionLimit } from './own-completion-limit.ts';

export interface RequestExtension {
  ticketNo: string;
  assignmentNo: string;
  workingDays: number;
  reason: string;
}

/**
 * 延期: the host unit asks, before the due time, for so many working days more (domain.md §1, numbers of DEADLINE_POLICY).
 * @throws InvalidInput, NotFound, NotAllowed('extensionAfterDue' | 'extensionsUsedUp' …), Conflict
 */
export function requestExtension(app: App, actor: Actor, input: RequestExtension): Promise<DeadlineRequest> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { limit, earlier } = await ownCompletionLimit(stores, actor, 'requestExtension', input);
    const policy = await deadlinePolicyOf(stores);
    const checks = new FieldChecks();
    const workingDays = checks.number('workingDays', input.workingDays, { min: 1, max: policy.extensionWorkingDays });
    if (workingDays === null && checks.problems.length === 0) checks.add('workingDays', 'required');
    if (workingDays !== null && !Number.isInteger(workingDays)) checks.add('workingDays', 'notWhole');
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    checks.throwIfAny();
    if (now >= limit.dueAt) throw new NotAllowed('extensionAfterDue', { dueAt: limit.dueAt });
    const granted = earlier.filter((one) => one.kind === 'EXTENSION' && one.status === 'APPROVED').length;
    if (granted >= policy.extensionTimes) throw new NotAllowed('extensionsUsedUp', { times: policy.extensionTimes });
    const { ticketNo, assignmentNo } = input;
    return ask(context, actor, {
      kind: 'EXTENSION',
      ticketNo,
      assignmentNo,
      workingDays,
      untilAt: null,
      reason: reason ?? '',
      plan: null,
    });
  });
}
