import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Task } from '../../domain/task/task.ts';
import type { TicketView } from '../../domain/ticket/ticket-view.ts';
import type { Translate } from '../i18n/messages.ts';
import { exactTime } from '../view/time-words.ts';

export interface Evidence {
  title: string;
  words: string;
  by: string;
  at: number | null;
}
type Add = (
  key: string,
  words: string | null | undefined,
  by?: string,
  at?: number | null,
  parameters?: Record<string, unknown>,
) => void;

/** What others have written on the way here and this step is decided by, so that most tasks need no other page. */
export function evidenceFor(
  task: Task,
  view: TicketView,
  t: Translate,
  unitName: (code: string | null) => string,
): Evidence[] {
  const evidence: Evidence[] = [];
  const add: Add = (key, words, by = '', at = null, parameters = {}) => {
    if (words) evidence.push({ title: t(`tasks.evidence.${key}`, parameters), words, by, at });
  };
  const { ticket } = view;
  add('directAnswer', ticket.directAnswer);
  add(
    'rejectText',
    [ticket.rejectReason && t(`enum.RejectReason.${ticket.rejectReason}`), ticket.rejectText]
      .filter(Boolean)
      .join('：'),
  );
  for (const assignment of relevantAssignments(task, view)) addAssignment(assignment, add, t, unitName);
  const contacts = view.contacts.filter(({ assignmentNo }) => assignmentNo === task.assignmentNo);
  for (const contact of contacts) {
    const result = `${t(`enum.ContactPhase.${contact.phase}`)} · ${t(`enum.ContactResult.${contact.result}`)}`;
    add('contact', contact.note ? `${result} · ${contact.note}` : result, '', contact.at);
  }
  addRequests(view, add, t);
  for (const call of view.callbacks) {
    const satisfaction = call.satisfaction === null ? null : t(`enum.Satisfaction.${call.satisfaction}`);
    add(
      'callback',
      [
        satisfaction ?? t(call.reached ? 'enum.ContactResult.REACHED' : 'enum.ContactResult.NO_ANSWER'),
        call.dissatisfiedReason,
        call.note,
      ]
        .filter(Boolean)
        .join(' · '),
      '',
      call.at,
      { no: call.attemptNo },
    );
  }
  return evidence;
}

/** The task's own round: its host and its co-hosts; before dispatch the earlier rounds, which were returned. */
function relevantAssignments(task: Task, { assignments }: TicketView): Assignment[] {
  if (task.assignmentNo === null) return assignments;
  const own = assignments.find(({ assignmentNo }) => assignmentNo === task.assignmentNo);
  const hostNo = own?.hostAssignmentNo ?? task.assignmentNo;
  return assignments.filter(
    ({ assignmentNo, hostAssignmentNo }) => assignmentNo === hostNo || hostAssignmentNo === hostNo,
  );
}

function addAssignment(
  assignment: Assignment,
  add: Add,
  t: Translate,
  unitName: (code: string | null) => string,
): void {
  const unit = unitName(assignment.unitCode);
  add('instruction', assignment.instruction, t('tasks.evidence.to', { unit }), assignment.dispatchedAt);
  add('preliminaryCheck', assignment.preliminaryCheck, unit, assignment.signedAt);
  add('returnReason', assignment.returnReason, unit);
  add('returnLegalBasis', assignment.returnLegalBasis, unit);
  add('outcome', assignment.outcome && t(`enum.CompletionOutcome.${assignment.outcome}`), unit);
  add('publicReply', assignment.publicReply, unit, assignment.submittedAt);
  add('internalNote', assignment.internalNote, unit);
  add('opinion', assignment.opinion, unit, assignment.submittedAt);
}

function addRequests({ requests, orders }: TicketView, add: Add, t: Translate): void {
  for (const request of requests) {
    if (request.status !== 'ASKED') continue;
    if (request.kind === 'EXTENSION') {
      add(
        'extension',
        t('tasks.evidence.extensionWords', { days: request.workingDays, reason: request.reason }),
        '',
        request.askedAt,
      );
    } else {
      const until = request.untilAt === null ? '' : exactTime(request.untilAt, t);
      add(
        'suspension',
        t('tasks.evidence.suspensionWords', { until, reason: request.reason, plan: request.plan }),
        '',
        request.askedAt,
      );
    }
  }
  for (const order of orders) {
    if (order.verdict === 'ACCEPTED') continue;
    add('order', t(`enum.SupervisionCause.${order.cause}`), '', order.issuedAt, { no: order.supervisionNo });
    add('orderReply', [order.reply, order.correctiveAction].filter(Boolean).join(' · '), '', order.repliedAt);
  }
}
