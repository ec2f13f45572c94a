import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordEvent } from '../event/record-event.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';
import { owingAssignments } from './owing-assignments.ts';
import { raiseSupervision } from './supervision-level.ts';

/**
 * 催办 by a person: every unit that still owes something on the ticket is told, its leader too.
 * @throws InvalidInput, NotFound, NotAllowed, Conflict('nothingToUrge')
 */
export function urgeByHand(app: App, actor: Actor, input: { ticketNo: string; note: string }): Promise<void> {
  return transact(app, async (context) => {
    const { stores, now } = context;
    const { ticketNo } = input;
    const { assignments } = await demandOnTicket(stores, actor, 'urgeByHand', ticketNo);
    const checks = new FieldChecks();
    const note = checks.text('note', input.note, { required: true, max: 500 });
    checks.throwIfAny();
    const owing = owingAssignments(assignments);
    if (owing.length === 0) throw new Conflict('nothingToUrge', { ticketNo });
    for (const { assignmentNo, unitCode } of owing) {
      const data = { assignmentNo, unitCode };
      await recordEvent(stores, now, actor, {
        ticketNo,
        assignmentNo,
        type: 'urgedByHand',
        reason: note,
        visibility: 'ASSIGNMENT',
        data,
      });
      for (const group of [unitGroup(unitCode), leaderGroup(unitCode)]) {
        await notifyGroup(context, group, { ticketNo, type: 'urgedByHand', data });
      }
    }
    await raiseSupervision(stores, ticketNo, 1);
  });
}
