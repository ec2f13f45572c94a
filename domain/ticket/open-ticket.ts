import { createHash } from 'node:crypto';
import type { Actor } from '../account/actor.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { checkTicketInput, type OpenTicketInput, type CheckedTicket } from './check-ticket-input.ts';
import { demand } from '../access/demand.ts';
import { loadTicket } from './move-ticket.ts';
import type { Ticket } from './ticket.ts';
import { newQueryCode, nextTicketNo } from './ticket-number.ts';
import { isClosed } from './ticket-transitions.ts';

/** A lost start would be a lost citizen: the message waits a day for a process to start. */
const REQUEST_RECEIVED_TTL_MS = 24 * 60 * 60 * 1000;

function newTicket(
  facts: CheckedTicket,
  made: Pick<Ticket, 'ticketNo' | 'queryCode' | 'agentId' | 'duplicateOf'>,
  now: number,
): Ticket {
  return {
    ...facts,
    ...made,
    // The agent has answered the caller on the telephone: what is left is to keep the record.
    status: facts.intakeOutcome === 'ANSWER' ? 'DIRECT_ANSWERED' : 'PENDING_REVIEW',
    version: 1,
    acceptedAt: now,
    rejectReviewer: null,
    repeatCount: 0,
    returnCount: 0,
    reworkCount: 0,
    hostUnitCode: null,
    dispatchRuleCode: null,
    limitClass: null,
    extensionCount: 0,
    supervisionLevel: 0,
    outcome: null,
    publicReply: null,
    satisfaction: null,
    processInstanceKey: null,
    createdAt: now,
    closedAt: null,
  };
}

/** Kept among the job results: made once, whatever is sent again. Hashed, since a page may send any text. */
function submissionKeyOf(actor: Actor, { submissionId }: OpenTicketInput): string | null {
  if (!submissionId) return null;
  return `submission:${createHash('sha256').update(`${actor.accountId}\n${submissionId}`).digest('hex').slice(0, 40)}`;
}

async function checkMergeTarget(stores: Stores, ticketNo: string): Promise<void> {
  const target = await stores.tickets.find(ticketNo);
  if (!target) throw new InvalidInput([{ field: 'mergeInto', code: 'unknownTicket', params: { ticketNo } }]);
  if (isClosed(target.status))
    throw new InvalidInput([{ field: 'mergeInto', code: 'ticketClosed', params: { ticketNo } }]);
}

async function unusedQueryCode(stores: Stores): Promise<string> {
  let code = newQueryCode();
  while (await stores.tickets.findByQueryCode(code)) code = newQueryCode();
  return code;
}

/**
 * A citizen's request becomes a ticket, and its process is asked for: both or neither. `version` 1, business time `now`.
 * Sent twice with one `submissionId`, it answers the first ticket.
 * @throws NotAllowed; InvalidInput naming every broken field
 */
export async function openTicket(app: App, actor: Actor, input: OpenTicketInput): Promise<Ticket> {
  demand(actor, 'openTicket');
  const now = app.clock.now();
  const { facts, caller } = checkTicketInput(input, now);
  const submissionKey = submissionKeyOf(actor, input);
  const earlier = submissionKey === null ? undefined : await app.stores.jobResults.find(submissionKey);
  if (earlier) return loadTicket(app.stores, String(earlier['ticketNo']));
  try {
    return await app.transaction(async (stores) => {
      if (input.mergeInto) await checkMergeTarget(stores, input.mergeInto);
      const ticketNo = await nextTicketNo(stores, now);
      const made = {
        ticketNo,
        queryCode: await unusedQueryCode(stores),
        agentId: actor.accountId,
        duplicateOf: input.mergeInto ?? null,
      };
      const ticket = newTicket(facts, made, now);
      if (submissionKey !== null) await stores.jobResults.insert(submissionKey, 'open-ticket', { ticketNo }, now);
      await stores.tickets.insert(ticket);
      await stores.callers.insert({ ...caller, ticketNo });
      await recordEvent(stores, now, actor, {
        ticketNo,
        type: 'ticketOpened',
        toStatus: ticket.status,
        data: { channel: ticket.channel, requestType: ticket.requestType, intakeOutcome: ticket.intakeOutcome },
      });
      await stores.outbox.add(
        ticketNo,
        {
          kind: 'PUBLISH_MESSAGE',
          name: 'request-received',
          correlationKey: ticketNo,
          messageId: ticketNo,
          timeToLiveMs: REQUEST_RECEIVED_TTL_MS,
          variables: { ticketNo },
        },
        app.realClock.now(),
      );
      await stores.formDrafts.delete(actor.accountId, 'intake');
      return ticket;
    });
  } catch (error) {
    // The same form raced itself: the unique submission key let one of them through.
    const winner = submissionKey === null ? undefined : await app.stores.jobResults.find(submissionKey);
    if (winner) return loadTicket(app.stores, String(winner['ticketNo']));
    throw error;
  }
}
