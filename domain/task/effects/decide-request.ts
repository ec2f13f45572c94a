import { decideExtension } from '../../deadline/decide-extension.ts';
import { decideSuspension } from '../../deadline/decide-suspension.ts';
import { type EffectFacts, requireText, type TaskEffect, textOf } from '../task-effect.ts';

function requestIdOf({ task }: EffectFacts): string {
  const { requestId } = task.variables;
  if (typeof requestId !== 'string') throw new Error(`task ${task.taskKey} (${task.elementId}) names no request`);
  return requestId;
}

/** 审批延期 */
export const approveExtension: TaskEffect = {
  check(checks, answers) {
    const decision = checks.option('extensionDecision', answers['extensionDecision'], ['APPROVE', 'DENY'], true);
    if (decision === 'DENY') requireText(checks, answers, 'decisionNote');
  },
  async apply(context, answers) {
    const days = answers['approvedWorkingDays'];
    const decision = answers['extensionDecision'] === 'APPROVE' ? 'APPROVE' : 'DENY';
    await decideExtension(
      context,
      context.actor,
      requestIdOf(context),
      decision,
      typeof days === 'number' ? days : null,
      textOf(answers, 'decisionNote'),
    );
  },
};

/** 审批挂账 */
export const approveSuspension: TaskEffect = {
  check(checks, answers) {
    const decision = checks.option('suspensionDecision', answers['suspensionDecision'], ['APPROVE', 'DENY'], true);
    if (decision === 'DENY') requireText(checks, answers, 'decisionNote');
  },
  async apply(context, answers) {
    const decision = answers['suspensionDecision'] === 'APPROVE' ? 'APPROVE' : 'DENY';
    await decideSuspension(context, context.actor, requestIdOf(context), decision, textOf(answers, 'decisionNote'));
  },
};
