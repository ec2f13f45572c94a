import type { CallerAccess } from '../access/access.ts';
import type { TicketAction } from '../access/access-table.ts';
import type { Relation } from '../access/relation.ts';
import type { Assignment } from '../assignment/assignment.ts';
import type { Callback } from '../callback/callback.ts';
import type { Contact, ContactPhase } from '../contact/contact.ts';
import type { ExplainedLimit } from '../deadline/explain-limit.ts';
import type { DeadlineRequest } from '../deadline/extension.ts';
import type { TicketEvent } from '../event/ticket-event.ts';
import type { SupervisionOrder } from '../supervision/supervision-order.ts';
import type { Task, TaskAnswer } from '../task/task.ts';
import type { Caller, Ticket } from './ticket.ts';

/** What one actor may see of a ticket: one read for the whole page. */
export interface TicketView {
  /** `queryCode` null for all but the centre and the agent who took the call. */
  ticket: Omit<Ticket, 'queryCode'> & { queryCode: string | null };
  relation: Relation | 'NONE';
  /** Masked; null where even that is hidden. */
  caller: (Omit<Caller, 'ticketNo'> & { access: CallerAccess }) | null;
  /** Host first. Internal notes only of what the actor holds, or of all for the centre. */
  assignments: Assignment[];
  /** First-handler duty [S15(1)]. */
  answerableUnitCode: string | null;
  limits: ExplainedLimit[];
  contacts: Contact[];
  callbacks: Callback[];
  events: TicketEvent[];
  answers: TaskAnswer[];
  openTasks: Task[];
  requests: DeadlineRequest[];
  orders: SupervisionOrder[];
  lamps: Lamp[];
  actions: TicketActionState[];
}

/** One of the three lamps of 2+1 [S15(5)], of the round that runs. */
export interface Lamp {
  phase: ContactPhase;
  state: (typeof LAMP_STATES)[number];
  at: number | null;
  attempts: number;
}
/** OFF: not yet its turn or not begun · TRYING: called in vain so far · DONE · BY_SMS: told by message · SKIPPED: nobody to call. */
export const LAMP_STATES = ['OFF', 'TRYING', 'DONE', 'BY_SMS', 'SKIPPED'] as const;

/** An act on the ticket: whether it is allowed now, and if not, why: `key` is a message key, `error.notAllowed.noRight`. */
export interface TicketActionState {
  action: TicketAction | 'waiveCoHost';
  allowed: boolean;
  why: { key: string; params: Record<string, string | number> } | null;
}
