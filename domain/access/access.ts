import type { Actor } from '../account/actor.ts';
import type { TicketScope } from '../ports/queries.ts';
import type { Task } from '../task/task.ts';
import { ACCESS_TABLE, type Action, GENERAL_ACTIONS, type GeneralAction, WITHOUT_RELATION } from './access-table.ts';
import { isCentre, type Relation, relationsOf, type TicketFacts } from './relation.ts';

/**
 * Deny by default: some role of the actor has the right, and no rule of confidentiality takes it away.
 * Acts on a ticket need its facts; without them the answer is no.
 */
export function mayDo(actor: Actor, action: Action, facts?: TicketFacts): boolean {
  if (isGeneral(action)) return actor.roles.some((role) => ACCESS_TABLE[role].may?.includes(action));
  if (actor.roles.some((role) => WITHOUT_RELATION[role]?.includes(action))) return true;
  if (!facts) return false;
  const relations = relationsOf(actor, facts);
  const granting = new Set<Relation>();
  for (const role of actor.roles) {
    for (const relation of ACCESS_TABLE[role].on?.[action] ?? []) if (relations.has(relation)) granting.add(relation);
  }
  if (granting.size === 0) return false;
  return action !== 'revealCaller' || mayRevealBy(granting, relations, facts);
}

/** How much of the requester an actor is shown; revealing is a separate, logged act. */
export type CallerAccess = 'REVEALABLE' | 'MASKED' | 'HIDDEN';

/**
 * Masked for everybody. The unit complained of sees nothing [S15(9)]; so does whoever may not see the ticket.
 * REVEALABLE: masked, and this actor may ask for it with a reason.
 */
export function callerAccessOf(actor: Actor, facts: TicketFacts): CallerAccess {
  if (!mayDo(actor, 'viewTicket', facts)) return 'HIDDEN';
  const relations = relationsOf(actor, facts);
  if (relations.has('RESPONDENT') && isComplaint(facts)) return 'HIDDEN';
  return mayDo(actor, 'revealCaller', facts) ? 'REVEALABLE' : 'MASKED';
}

/** Which tickets an actor may know of at all: what lists are cut to. */
export function scopeOf(actor: Actor): TicketScope {
  if (isCentre(actor)) return { kind: 'ALL' };
  const has = (...roles: Actor['roles'][number][]) => roles.some((role) => actor.roles.includes(role));
  return {
    kind: 'ANY',
    agentId: has('agent') ? actor.accountId : null,
    unitCode: has('handler', 'leader') ? actor.unitCode : null,
    divisionCode: has('subCentre') ? actor.divisionCode : null,
    // A unit's tasks are on its own assignments: its groups would only widen what it has returned.
    groups: actor.groups.filter((group) => !group.startsWith('unit-')),
  };
}

/** A task is for its assignee, or while it has none, for its candidates. */
export function mayWorkOn(actor: Actor, task: Pick<Task, 'assignee' | 'candidateGroups' | 'candidateUsers'>): boolean {
  if (task.assignee !== null) return task.assignee === actor.accountId;
  return isCandidate(actor, task);
}

export function isCandidate(actor: Actor, task: Pick<Task, 'candidateGroups' | 'candidateUsers'>): boolean {
  return (
    task.candidateUsers.includes(actor.accountId) || task.candidateGroups.some((group) => actor.groups.includes(group))
  );
}

function isGeneral(action: Action): action is GeneralAction {
  return (GENERAL_ACTIONS as readonly Action[]).includes(action);
}

function isComplaint({ ticket }: TicketFacts): boolean {
  return ticket.requestType === 'REPORT' || ticket.requestType === 'COMPLAINT' || ticket.requestType === 'SUPERVISE';
}

/** The call centre, whose table row alone holds OWN and TASK, and the centre may ask again; a unit only where the requester has not asked for secrecy. */
function mayRevealBy(granting: Set<Relation>, relations: Set<Relation>, facts: TicketFacts): boolean {
  if (relations.has('RESPONDENT') && isComplaint(facts)) return false;
  if (granting.has('OWN') || granting.has('TASK') || granting.has('CENTRE')) return true;
  return facts.ticket.requestType !== 'REPORT' && facts.ticket.privacy === 'PUBLIC_TO_HANDLER';
}
