import { randomUUID } from 'node:crypto';
import type { Callback } from '../../callback/callback.ts';
import { finishLimit } from '../../deadline/finish-limit.ts';
import { NotAllowed } from '../../errors/not-allowed.ts';
import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, requireText, type TaskEffect, textOf, yesOrNoOf } from '../task-effect.ts';

const DISSATISFIED_FROM = 4; // 1 very satisfied … 5 very dissatisfied

function ratingOf(value: unknown): Callback['satisfaction'] {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= 5 ? (number as Callback['satisfaction']) : null;
}

/** 回访: the centre's own call, the "+1" of 2+1 [S15(5)]. */
export const callBack: TaskEffect = {
  check(checks, answers, facts) {
    const { unitCode } = assignmentOf(facts);
    // The unit that handled a ticket never calls its own work good.
    if (facts.actor.unitCode === unitCode) throw new NotAllowed('ownWork', { unitCode });
    if (yesOrNoOf(answers, 'reached') !== true) return;
    const satisfaction = ratingOf(answers['satisfaction']);
    if (satisfaction === null) checks.add('satisfaction', 'required');
    else if (satisfaction >= DISSATISFIED_FROM) requireText(checks, answers, 'dissatisfiedReason');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo } = assignmentOf(context);
    const reached = yesOrNoOf(answers, 'reached') === true;
    const attemptNo =
      (await stores.callbacks.ofTicket(ticket.ticketNo)).filter((call) => call.assignmentNo === assignmentNo).length +
      1;
    const answered = (key: string): boolean | null => (reached ? yesOrNoOf(answers, key) : null);
    const satisfaction = reached ? ratingOf(answers['satisfaction']) : null;
    await stores.callbacks.insert({
      callbackId: randomUUID(),
      ticketNo: ticket.ticketNo,
      assignmentNo,
      attemptNo,
      at: now,
      actorId: actor.accountId,
      reached,
      unitContacted: answered('unitContacted'),
      factTrue: answered('factTrue'),
      solved: answered('solved'),
      satisfaction,
      dissatisfiedReason: reached ? textOf(answers, 'dissatisfiedReason') : null,
      note: textOf(answers, 'callbackNote'),
    });
    await stores.contacts.insert({
      contactId: randomUUID(),
      ticketNo: ticket.ticketNo,
      assignmentNo: null,
      phase: 'CALLBACK',
      attemptNo,
      at: now,
      actorId: actor.accountId,
      channel: 'PHONE',
      result: reached ? 'REACHED' : 'NO_ANSWER',
      note: null,
    });
    if (satisfaction !== null) await stores.tickets.update(ticket.ticketNo, ticket.version, { satisfaction });
    // The limit is for the centre's first try, not for the requester's picking up.
    await finishLimit(context, actor, { ticketNo: ticket.ticketNo, step: 'CALLBACK' });
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: reached ? 'callbackReached' : 'callbackMissed',
      data: { attemptNo, satisfaction },
    });
  },
};
