import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { hasOpenOrder, issueOrder } from './issue-order.ts';
import { owingAssignments } from './owing-assignments.ts';
import type { SupervisionOrder } from './supervision-order.ts';

export interface IssueOrderByHand {
  ticketNo: string;
  /** The host's current one, when none is named. */
  assignmentNo?: string | null;
  note: string;
}

/**
 * 督办单 by a leader's order, whatever the clock says; one at a time for an assignment.
 * @throws InvalidInput, NotFound, NotAllowed, Conflict('nothingToUrge' | 'orderOpen')
 */
export function issueOrderByHand(app: App, actor: Actor, input: IssueOrderByHand): Promise<SupervisionOrder> {
  return transact(app, async (context) => {
    const { ticketNo, assignmentNo } = input;
    const { assignments } = await demandOnTicket(context.stores, actor, 'issueOrder', ticketNo);
    const checks = new FieldChecks();
    const note = checks.text('note', input.note, { required: true, max: 500 });
    checks.throwIfAny();
    if (assignmentNo && !assignments.some((one) => one.assignmentNo === assignmentNo)) {
      throw new NotFound('assignment', assignmentNo);
    }
    const owing = owingAssignments(assignments);
    const assignment = assignmentNo
      ? owing.find((one) => one.assignmentNo === assignmentNo)
      : owing.findLast((one) => one.role === 'HOST');
    if (!assignment) throw new Conflict('nothingToUrge', { ticketNo });
    if (await hasOpenOrder(context, assignment))
      throw new Conflict('orderOpen', { assignmentNo: assignment.assignmentNo });
    return issueOrder(context, actor, assignment, 'LEADER_ORDER', note);
  });
}
