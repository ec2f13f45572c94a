import { recordEvent } from '../../event/record-event.ts';
import { REQUEST_TYPES, URGENCIES, type RequestType, type Ticket, type Urgency } from '../../ticket/ticket.ts';
import { type TaskEffect, textOf } from '../task-effect.ts';

/** 登记诉求: what a channel without an agent left open is filled in by one. */
export const registerRequest: TaskEffect = {
  defaults({ ticket }) {
    const { title, content, addressText, urgency } = ticket;
    return { title, content, addressText, urgency };
  },
  suggest({ ticket: { requestType, categoryCode, divisionCode } }) {
    return { requestType, categoryCode, divisionCode };
  },
  check(checks, answers) {
    checks.text('title', answers['title'], { required: true, max: 50 });
    checks.text('content', answers['content'], { required: true, max: 2000 });
    checks.text('categoryCode', answers['categoryCode'], { required: true, max: 6, pattern: /^\d{6}$/ });
    checks.text('divisionCode', answers['divisionCode'], { max: 6, pattern: /^\d{6}$/ });
    checks.option('requestType', answers['requestType'], REQUEST_TYPES, true);
    checks.option('urgency', answers['urgency'], URGENCIES);
  },
  async apply({ stores, now, actor, ticket }, answers) {
    const requestType = answers['requestType'] as RequestType;
    const changes: Partial<Ticket> = {
      requestType,
      title: textOf(answers, 'title') ?? ticket.title,
      content: textOf(answers, 'content') ?? ticket.content,
      categoryCode: textOf(answers, 'categoryCode') ?? ticket.categoryCode,
      divisionCode: textOf(answers, 'divisionCode') ?? ticket.divisionCode,
      addressText: textOf(answers, 'addressText') ?? ticket.addressText,
      urgency: (textOf(answers, 'urgency') as Urgency | null) ?? ticket.urgency,
      agentId: actor.accountId,
      caseKind: requestType === 'EMERGENCY' ? 'EMERGENCY' : ticket.caseKind,
      privacy: requestType === 'REPORT' && ticket.privacy === 'PUBLIC_TO_HANDLER' ? 'CONFIDENTIAL' : ticket.privacy,
    };
    await stores.tickets.update(ticket.ticketNo, ticket.version, changes);
    await recordEvent(stores, now, actor, {
      ticketNo: ticket.ticketNo,
      type: 'ticketRegistered',
      data: { requestType, categoryCode: changes.categoryCode },
    });
  },
};
