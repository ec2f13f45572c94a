import { mayDo } from '../access/access.ts';
import { TICKET_ACTIONS, type TicketAction } from '../access/access-table.ts';
import { isCentre, type TicketFacts } from '../access/relation.ts';
import type { Actor } from '../account/actor.ts';
import type { Assignment } from '../assignment/assignment.ts';
import type { Limit } from '../deadline/limit.ts';
import type { DeadlineRequest } from '../deadline/extension.ts';
import type { Ticket } from './ticket.ts';
import type { TicketActionState } from './ticket-view.ts';
import { isClosed } from './ticket-transitions.ts';

type Why = TicketActionState['why'];
type Params = Record<string, string | number>;
interface Situation {
  ticket: Ticket;
  assignments: readonly Assignment[];
  limits: readonly Limit[];
  requests: readonly DeadlineRequest[];
  now: number;
}

/** Reading is no act: what may be read is simply shown. */
const ACTS = TICKET_ACTIONS.filter((action) => !action.startsWith('view'));
/** These end with the ticket. */
const ON_OPEN_ONLY: readonly TicketAction[] = ACTS.filter(
  (action) => action !== 'revealCaller' && action !== 'exportTicket',
);
const notAllowed = (code: string, params: Params = {}): Why => ({ key: `error.notAllowed.${code}`, params });
const conflict = (code: string, params: Params = {}): Why => ({ key: `error.conflict.${code}`, params });

/** What stands in the way besides rights: the same rules as the use cases ask, told before somebody tries. */
function obstacle(action: TicketAction, { ticket, limits, requests, now }: Situation): Why {
  if (ON_OPEN_ONLY.includes(action) && isClosed(ticket.status))
    return notAllowed('ticketStatus', { status: ticket.status, act: action });
  const open = limits.filter(({ doneAt, cancelledAt }) => doneAt === null && cancelledAt === null);
  const completion = open.find(({ step }) => step === 'COMPLETE');
  const asked = requests.find(({ status }) => status === 'ASKED');
  switch (action) {
    case 'requestExtension':
    case 'requestSuspension':
      if (!completion) return conflict('limitClosed');
      if (asked) return conflict('requestOpen');
      if (completion.pausedAt !== null) return conflict('limitPaused');
      if (action === 'requestExtension' && completion.dueAt !== null && completion.dueAt < now) {
        return notAllowed('extensionAfterDue', { dueAt: completion.dueAt });
      }
      return null;
    case 'resumeSuspension':
      return completion?.pausedAt == null ? conflict('notPaused') : null;
    case 'adjustDeadline':
      return open.length === 0 ? conflict('limitClosed') : null;
    case 'urgeByHand':
    case 'issueOrder':
      return completion ? null : conflict('nothingToUrge');
    default:
      return null;
  }
}

/** Every act with whether it is allowed now and, if not, why. */
export function actionsOf(actor: Actor, facts: TicketFacts, situation: Situation): TicketActionState[] {
  const states: TicketActionState[] = ACTS.map((action) => {
    const why = mayDo(actor, action, facts) ? obstacle(action, situation) : notAllowed('noRight', { action });
    return { action, allowed: why === null, why };
  });
  const waivable = situation.assignments.filter(
    ({ role, status }) => role === 'CO_HOST' && (status === 'DISPATCHED' || status === 'SIGNED'),
  );
  const host = situation.assignments.findLast(({ role }) => role === 'HOST');
  const mayWaive = isCentre(actor) || (host !== undefined && host.unitCode === actor.unitCode);
  if (waivable.length > 0 && mayWaive) states.push({ action: 'waiveCoHost', allowed: true, why: null });
  return states;
}
