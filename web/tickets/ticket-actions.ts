import type { App } from '../../domain/ports/app.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { waiveCoHost } from '../../domain/assignment/waive-co-host.ts';
import { adjustDeadline } from '../../domain/deadline/adjust-deadline.ts';
import { requestExtension } from '../../domain/deadline/request-extension.ts';
import { requestSuspension } from '../../domain/deadline/request-suspension.ts';
import { resumeSuspension } from '../../domain/deadline/resume-suspension.ts';
import { issueOrderByHand } from '../../domain/supervision/issue-order-by-hand.ts';
import { urgeByHand } from '../../domain/supervision/urge-by-hand.ts';
import { mergeTicket } from '../../domain/ticket/merge-ticket.ts';
import { cancelTicket, withdrawTicket } from '../../domain/ticket/withdraw-ticket.ts';
import { readLocalTime } from '../view/shanghai.ts';

export type ActionBody = Record<string, string | undefined>;
interface ActionForm {
  /** Fields of the dialog, besides the reason that every act asks for. */
  fields: readonly ('workingDays' | 'untilAt' | 'plan' | 'limit' | 'dueAt' | 'into' | 'assignment')[];
  /** Ends something: the button says so in red. */
  grave: boolean;
  act(app: App, actor: Actor, ticketNo: string, body: ActionBody): Promise<unknown>;
}

const local = (text: string | undefined): number => readLocalTime(text ?? '') ?? Number.NaN;

/** The acts of the ticket page: each a dialog with its fields, and the use case that it calls. */
export const ACTION_FORMS: Record<string, ActionForm> = {
  requestExtension: {
    fields: ['workingDays'],
    grave: false,
    act: (app, actor, ticketNo, { assignmentNo = '', workingDays = '', reason = '' }) =>
      requestExtension(app, actor, { ticketNo, assignmentNo, workingDays: Number(workingDays), reason }),
  },
  requestSuspension: {
    fields: ['untilAt', 'plan'],
    grave: false,
    act: (app, actor, ticketNo, { assignmentNo = '', untilAt, plan = '', reason = '' }) =>
      requestSuspension(app, actor, { ticketNo, assignmentNo, untilAt: local(untilAt), plan, reason }),
  },
  resumeSuspension: {
    fields: [],
    grave: false,
    act: (app, actor, ticketNo, { assignmentNo = '', reason = '' }) =>
      resumeSuspension(app, actor, { ticketNo, assignmentNo, reason }),
  },
  adjustDeadline: {
    fields: ['limit', 'dueAt'],
    grave: false,
    act: (app, actor, ticketNo, { limitId = '', dueAt, reason = '', expectedVersion }) =>
      adjustDeadline(app, actor, {
        ticketNo,
        limitId,
        dueAt: local(dueAt),
        reason,
        expectedVersion: Number(expectedVersion) || undefined,
      }),
  },
  urgeByHand: {
    fields: [],
    grave: false,
    act: (app, actor, ticketNo, { reason = '' }) => urgeByHand(app, actor, { ticketNo, note: reason }),
  },
  issueOrder: {
    fields: ['assignment'],
    grave: false,
    act: (app, actor, ticketNo, { assignmentNo = '', reason = '' }) =>
      issueOrderByHand(app, actor, { ticketNo, assignmentNo, note: reason }),
  },
  waiveCoHost: {
    fields: ['assignment'],
    grave: false,
    act: (app, actor, ticketNo, { assignmentNo = '', reason = '' }) =>
      waiveCoHost(app, actor, { ticketNo, assignmentNo, reason }),
  },
  mergeTicket: {
    fields: ['into'],
    grave: true,
    act: (app, actor, ticketNo, { into = '', reason = '' }) =>
      mergeTicket(app, actor, { ticketNo, into: into.trim().toUpperCase(), reason }),
  },
  withdrawTicket: {
    fields: [],
    grave: true,
    act: (app, actor, ticketNo, { reason = '' }) => withdrawTicket(app, actor, { ticketNo, reason }),
  },
  cancelTicket: {
    fields: [],
    grave: true,
    act: (app, actor, ticketNo, { reason = '' }) => cancelTicket(app, actor, { ticketNo, reason }),
  },
};
