import type { Actor } from '../account/actor.ts';
import { DAY_MS } from '../calendar/shanghai-time.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { ask } from './ask.ts';
import { deadlinePolicyOf } from './deadline-policy.ts';
import type { DeadlineRequest } from './extension.ts';
import { ownCompletionLimit } from './own-completion-limit.ts';

export interface RequestSuspension {
  ticketNo: string;
  assignmentNo: string;
  /** Until when the clock shall rest: a promise with a date. */
  untilAt: number;
  /** Plan and funds: what is to happen until then. */
  plan: string;
  reason: string;
}

/**
 * 挂账: the host unit asks that the clock rest while something must come first (domain.md §1).
 * @throws InvalidInput, NotFound, NotAllowed, Conflict
 */
export function requestSuspension(app: App, actor: Actor, input: RequestSuspension): Promise<DeadlineRequest> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    await ownCompletionLimit(stores, actor, 'requestSuspension', input);
    const { suspensionDays } = await deadlinePolicyOf(stores);
    const checks = new FieldChecks();
    const plan = checks.text('plan', input.plan, { required: true, max: 2000 });
    const reason = checks.text('reason', input.reason, { required: true, max: 500 });
    if (!Number.isFinite(input.untilAt)) checks.add('untilAt', 'required');
    else if (input.untilAt <= now) checks.add('untilAt', 'inThePast');
    else if (input.untilAt > now + suspensionDays * DAY_MS) {
      checks.add('untilAt', 'suspensionTooLong', { days: suspensionDays });
    }
    checks.throwIfAny();
    const { ticketNo, assignmentNo, untilAt } = input;
    return ask(context, actor, {
      kind: 'SUSPENSION',
      ticketNo,
      assignmentNo,
      workingDays: null,
      untilAt,
      reason: reason ?? '',
      plan,
    });
  });
}
