import type { Actor } from '../account/actor.ts';
import type { Assignment } from '../assignment/assignment.ts';
import type { Ticket } from '../ticket/ticket.ts';

/**
 * How an actor stands to a ticket. OWN: took it in · CENTRE: belongs to the command centre · HOST, CO_HOST: the unit holds it ·
 * FORMER: the unit held it · DIVISION: of the sub-centre's division · TASK: a step of it is or was for one of the actor's groups
 * · RESPONDENT: the unit that is complained of.
 */
export type Relation = 'OWN' | 'CENTRE' | 'HOST' | 'CO_HOST' | 'FORMER' | 'DIVISION' | 'TASK' | 'RESPONDENT';

/** What decides about access to one ticket. */
export interface TicketFacts {
  ticket: Pick<Ticket, 'ticketNo' | 'agentId' | 'divisionCode' | 'requestType' | 'privacy' | 'respondent'>;
  assignments: readonly Pick<Assignment, 'unitCode' | 'role' | 'status'>[];
  /** Candidate groups of the ticket's tasks, open and done; where they are not known, nobody is let in by them. */
  taskGroups?: readonly string[];
  /** Name of the actor's unit: the respondent is often written by name. */
  unitName?: string;
}

const CENTRE_ROLES = ['dispatcher', 'quality', 'callback', 'supervisor', 'director'] as const;

export function isCentre(actor: Actor): boolean {
  return CENTRE_ROLES.some((role) => actor.roles.includes(role));
}

export function relationsOf(actor: Actor, facts: TicketFacts): Set<Relation> {
  const { ticket, assignments, taskGroups = [] } = facts;
  const relations = new Set<Relation>();
  if (ticket.agentId === actor.accountId) relations.add('OWN');
  if (isCentre(actor)) relations.add('CENTRE');
  if (actor.divisionCode !== null && ticket.divisionCode === actor.divisionCode) relations.add('DIVISION');
  if (actor.groups.some((group) => taskGroups.includes(group))) relations.add('TASK');
  if (actor.unitCode === null) return relations;
  for (const assignment of assignments) {
    if (assignment.unitCode !== actor.unitCode) continue;
    if (assignment.status === 'RETURNED' || assignment.status === 'WAIVED') relations.add('FORMER');
    else relations.add(assignment.role);
  }
  if (isRespondent(actor.unitCode, facts)) relations.add('RESPONDENT');
  return relations;
}

/** The one relation that says most, for screens: OWN and the unit's part before the general ones. */
export function relationOf(
  actor: Actor,
  ticket: TicketFacts['ticket'],
  assignments: TicketFacts['assignments'],
): Relation | 'NONE' {
  const relations = relationsOf(actor, { ticket, assignments });
  const order: Relation[] = ['OWN', 'HOST', 'CO_HOST', 'FORMER', 'DIVISION', 'CENTRE', 'TASK'];
  return order.find((relation) => relations.has(relation)) ?? 'NONE';
}

/** A respondent is a unit's code, or words that hold its name. */
function isRespondent(unitCode: string, { ticket, unitName }: TicketFacts): boolean {
  const words = ticket.respondent?.trim();
  if (!words) return false;
  return words === unitCode || (unitName !== undefined && unitName !== '' && words.includes(unitName));
}
