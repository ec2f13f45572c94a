import { replyToOrder as reply } from '../../supervision/reply-to-order.ts';
import { verifyCorrection as verify } from '../../supervision/verify-correction.ts';
import { type EffectFacts, requireText, type TaskEffect } from '../task-effect.ts';

function supervisionNoOf({ task }: EffectFacts): string {
  const { supervisionNo } = task.variables;
  if (typeof supervisionNo !== 'string')
    throw new Error(`task ${task.taskKey} (${task.elementId}) names no supervision order`);
  return supervisionNo;
}

/** 答复督办单 */
export const replyToOrder: TaskEffect = {
  check(checks, answers) {
    requireText(checks, answers, 'reply');
  },
  async apply(context, { reply: words, correctiveAction }) {
    await reply(context, context.actor, supervisionNoOf(context), { reply: words, correctiveAction });
  },
};

/** 核查整改 */
export const verifyCorrection: TaskEffect = {
  check(checks, answers) {
    checks.option('verdict', answers['verdict'], ['ACCEPTED', 'REJECTED'], true);
    if (answers['verdict'] === 'REJECTED') requireText(checks, answers, 'verifyNote');
  },
  apply(context, { verdict, verifyNote }) {
    return verify(context, context.actor, supervisionNoOf(context), { verdict, verifyNote });
  },
};
