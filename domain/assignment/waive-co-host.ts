import { isCentre } from '../access/relation.ts';
import { demandOnTicket } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import { transact } from '../ports/transact.ts';

const CO_HOST_WAIVED_TTL_MS = 60 * 60 * 1000;

/**
 * The host, or the centre, goes on without a co-host: with a reason, which the co-host sees.
 * @throws NotFound, NotAllowed, InvalidInput('reason'), Conflict('coHostDone')
 */
export function waiveCoHost(
  app: App,
  actor: Actor,
  input: { ticketNo: string; assignmentNo: string; reason: string },
): Promise<void> {
  return transact(app, async ({ stores, now, realNow }) => {
    const { ticketNo, assignmentNo } = input;
    const { assignments } = await demandOnTicket(stores, actor, 'viewTicket', ticketNo);
    const coHost = assignments.find((one) => one.assignmentNo === assignmentNo && one.role === 'CO_HOST');
    if (!coHost) throw new NotFound('assignment', assignmentNo);
    const host = assignments.find((one) => one.assignmentNo === coHost.hostAssignmentNo);
    if (!isCentre(actor) && host?.unitCode !== actor.unitCode)
      throw new NotAllowed('noRight', { action: 'waiveCoHost' });
    const checks = new FieldChecks();
    const waiverReason = checks.text('reason', input.reason, { required: true, max: 500 });
    checks.throwIfAny();
    if (coHost.status !== 'DISPATCHED' && coHost.status !== 'SIGNED')
      throw new Conflict('coHostDone', { assignmentNo });
    await stores.assignments.update(assignmentNo, { waiverReason });
    await recordEvent(stores, now, actor, {
      ticketNo,
      assignmentNo,
      type: 'coHostWaiverAsked',
      reason: waiverReason,
      data: { unitCode: coHost.unitCode },
    });
    await stores.outbox.add(
      ticketNo,
      {
        kind: 'PUBLISH_MESSAGE',
        name: 'co-host-waived',
        correlationKey: assignmentNo,
        messageId: `co-host-waived:${assignmentNo}`,
        timeToLiveMs: CO_HOST_WAIVED_TTL_MS,
        variables: {},
      },
      realNow,
    );
  });
}
