import { callerAccessOf, mayDo } from '../access/access.ts';
import { demandOnTicket, type LoadedFacts } from '../access/demand-on-ticket.ts';
import { relationOf, relationsOf } from '../access/relation.ts';
import type { Actor } from '../account/actor.ts';
import type { Callback } from '../callback/callback.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { answerableUnit } from '../assignment/first-handler-duty.ts';
import { explainLimit } from '../deadline/explain-limit.ts';
import type { TicketEvent } from '../event/ticket-event.ts';
import { maskAddress } from '../masking/mask-address.ts';
import { maskName } from '../masking/mask-name.ts';
import { maskPhone } from '../masking/mask-phone.ts';
import { maskText } from '../masking/mask-text.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import type { Task, TaskAnswer } from '../task/task.ts';
import { TASK_EFFECTS } from '../task/task-effects.ts';
import { lampsOf } from './lamps.ts';
import type { Ticket } from './ticket.ts';
import { actionsOf } from './ticket-actions.ts';
import type { TicketView } from './ticket-view.ts';

/** Everything of one ticket that the actor may see, and what they may do. @throws NotFound for what they may not know of */
export async function viewTicket(app: App, actor: Actor, ticketNo: string): Promise<TicketView> {
  const facts = await demandOnTicket(app.stores, actor, 'viewTicket', ticketNo);
  return ticketViewOf(app.stores, actor, facts, app.clock.now());
}

/** How far the actor sees: the centre everything; a unit its own assignments and, as a host, those of its co-hosts. */
interface Sight {
  centre: boolean;
  revealable: boolean;
  own: ReadonlySet<string>;
  notes: ReadonlySet<string>;
}

function sightOf(actor: Actor, facts: LoadedFacts): Sight {
  const held = facts.assignments.filter(({ unitCode }) => actor.unitCode !== null && unitCode === actor.unitCode);
  const own = new Set(held.map(({ assignmentNo }) => assignmentNo));
  for (const { assignmentNo, hostAssignmentNo } of facts.assignments)
    if (hostAssignmentNo !== null && own.has(hostAssignmentNo)) own.add(assignmentNo);
  const centre = mayDo(actor, 'viewCentreNotes', facts);
  const allNotes = centre ? facts.assignments.map(({ assignmentNo }) => assignmentNo) : [];
  return {
    centre,
    own,
    notes: new Set(mayDo(actor, 'viewInternalNotes', facts) ? [...allNotes, ...own] : []),
    revealable: callerAccessOf(actor, facts) === 'REVEALABLE',
  };
}

const sees = (sight: Sight, assignmentNo: string | null): boolean =>
  sight.centre || (assignmentNo !== null && sight.own.has(assignmentNo));

function seesEvent(sight: Sight, { visibility, assignmentNo }: TicketEvent): boolean {
  if (visibility === 'TICKET') return true;
  return visibility === 'ASSIGNMENT' ? sees(sight, assignmentNo) : sight.centre;
}

/** What people told in free words may hold a number: read in full only by those who may see whose it is. */
function shownTicket(ticket: Ticket, sight: Sight, mayQuery: boolean): TicketView['ticket'] {
  const words = (text: string): string => (sight.revealable ? text : maskText(text));
  return {
    ...ticket,
    title: words(ticket.title),
    content: words(ticket.content),
    queryCode: mayQuery ? ticket.queryCode : null,
  };
}

const shownAssignment = (assignment: Assignment, sight: Sight): Assignment =>
  sight.notes.has(assignment.assignmentNo)
    ? assignment
    : { ...assignment, internalNote: null, opinion: null, preliminaryCheck: null };

async function shownCaller(stores: Stores, actor: Actor, facts: LoadedFacts): Promise<TicketView['caller']> {
  const access = callerAccessOf(actor, facts);
  const caller = access === 'HIDDEN' ? undefined : await stores.callers.find(facts.ticket.ticketNo);
  if (!caller) return null;
  const { name, phone, address, gender, callerType } = caller;
  return { access, name: maskName(name), phone: maskPhone(phone), address: maskAddress(address), gender, callerType };
}

/** A unit reads what units answered in its own assignments, not what the centre noted about them. */
function shownAnswers(
  answers: readonly TaskAnswer[],
  tasks: readonly Task[],
  sight: Sight,
  actor: Actor,
): TaskAnswer[] {
  const byUnits = tasks.filter(
    ({ candidateGroups, assignmentNo }) =>
      sees(sight, assignmentNo) && candidateGroups.some((group) => group.startsWith('unit-')),
  );
  const readable = new Set(byUnits.map(({ taskKey }) => taskKey));
  return answers.filter(({ taskKey, actorId }) => sight.centre || actorId === actor.accountId || readable.has(taskKey));
}

/** That a task was done is said by what it did, where the domain knows what that is. */
const isTold = ({ type, data: { formId } }: TicketEvent): boolean =>
  type === 'taskCompleted' && typeof formId === 'string' && TASK_EFFECTS.has(formId);

/** Events keep reasons in free words: no number in them is shown to who may not ask for it. */
function shownEvents(events: readonly TicketEvent[], sight: Sight): TicketEvent[] {
  const seen = events.filter((event) => seesEvent(sight, event) && !isTold(event));
  return sight.revealable
    ? seen
    : seen.map((event) => ({ ...event, reason: event.reason === null ? null : maskText(event.reason) }));
}

/** The agent who took the call may tell the requester how it ended; notes of the clerk stay in the centre. */
function shownCallbacks(callbacks: readonly Callback[], sight: Sight, isOwn: boolean): Callback[] {
  if (sight.centre) return [...callbacks];
  return callbacks
    .filter(({ assignmentNo }) => isOwn || sees(sight, assignmentNo))
    .map((call) => ({ ...call, note: null }));
}

export async function ticketViewOf(stores: Stores, actor: Actor, facts: LoadedFacts, now: number): Promise<TicketView> {
  const { ticket, assignments } = facts;
  const { ticketNo } = ticket;
  const sight = sightOf(actor, facts);
  const contacts = await stores.contacts.ofTicket(ticketNo);
  const callbacks = await stores.callbacks.ofTicket(ticketNo);
  const tasks = await stores.tasks.ofTicket(ticketNo);
  const limits = await stores.limits.ofTicket(ticketNo);
  const requests = await stores.deadlineRequests.ofTicket(ticketNo);
  const orders = await stores.supervisionOrders.ofTicket(ticketNo);
  const explained = [];
  for (const limit of limits) explained.push(await explainLimit(stores, limit, now));
  const isOwn = relationsOf(actor, facts).has('OWN');
  return {
    ticket: shownTicket(ticket, sight, sight.centre || isOwn),
    relation: relationOf(actor, ticket, assignments),
    caller: await shownCaller(stores, actor, facts),
    assignments: assignments.map((one) => shownAssignment(one, sight)),
    answerableUnitCode: answerableUnit(assignments),
    limits: explained,
    contacts: contacts.map((contact) => (sees(sight, contact.assignmentNo) ? contact : { ...contact, note: null })),
    callbacks: shownCallbacks(callbacks, sight, isOwn),
    events: shownEvents(await stores.events.ofTicket(ticketNo), sight),
    answers: shownAnswers(await stores.taskAnswers.ofTicket(ticketNo), tasks, sight, actor),
    openTasks: tasks.filter(({ state }) => state !== 'COMPLETED' && state !== 'CANCELED'),
    requests: requests.filter(({ assignmentNo }) => sees(sight, assignmentNo)),
    orders: orders.filter(({ assignmentNo }) => sees(sight, assignmentNo)),
    lamps: lampsOf(assignments, contacts),
    actions: actionsOf(actor, facts, { ticket, assignments, limits, requests, now }),
  };
}
