import { randomUUID } from 'node:crypto';
import type { Contact, ContactPhase } from '../../contact/contact.ts';
import { contactsOf } from '../../contact/contact-rules.ts';
import { finishLimit } from '../../deadline/finish-limit.ts';
import { recordEvent } from '../../event/record-event.ts';
import { assignmentOf, type TaskEffect, textOf } from '../task-effect.ts';

/** One attempt of the handling unit to speak with the requester: first to hear, then to tell [S15(5)]. */
const contactRequester = (phase: Exclude<ContactPhase, 'CALLBACK'>): TaskEffect => ({
  check(checks, answers) {
    checks.option('contactResult', answers['contactResult'], ['REACHED', 'NO_ANSWER', 'WRONG_NUMBER'], true);
    checks.option('contactChannel', answers['contactChannel'], ['PHONE', 'VISIT', 'ONLINE']);
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket, contacts } = context;
    const { assignmentNo } = assignmentOf(context);
    const result = answers['contactResult'] as Contact['result'];
    const channel = (textOf(answers, 'contactChannel') as Contact['channel'] | null) ?? 'PHONE';
    const attemptNo = contactsOf(contacts, assignmentNo, phase).length + 1;
    await stores.contacts.insert({
      contactId: randomUUID(),
      ticketNo: ticket.ticketNo,
      assignmentNo,
      phase,
      attemptNo,
      at: now,
      actorId: actor.accountId,
      channel,
      result,
      note: textOf(answers, 'contactNote'),
    });
    if (result === 'REACHED') {
      await stores.assignments.update(
        assignmentNo,
        phase === 'FIRST' ? { firstContactAt: now } : { resultContactAt: now },
      );
      if (phase === 'FIRST') await finishLimit(context, actor, { assignmentNo, step: 'FIRST_CONTACT' });
    }
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      assignmentNo,
      type: 'contactAttempted',
      data: { phase, result, channel, attemptNo },
    });
  },
});

export const firstContact = contactRequester('FIRST');
export const informResult = contactRequester('RESULT');
