import type { Role } from '../account/account.ts';
import type { Relation } from './relation.ts';

/** Acts on one ticket: who may is a matter of role and relation. */
export const TICKET_ACTIONS = [
  'viewTicket',
  'viewCentreNotes', // events and notes that are the centre's own
  'viewInternalNotes', // 办理情况 of the units
  'revealCaller',
  'withdrawTicket',
  'cancelTicket',
  'mergeTicket',
  'requestExtension',
  'requestSuspension',
  'resumeSuspension',
  'adjustDeadline',
  'urgeByHand',
  'issueOrder',
  'exportTicket',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/** Acts that are no single ticket's. */
export const GENERAL_ACTIONS = [
  'openTicket',
  'searchTickets',
  'similarTickets',
  'callerHistory',
  'exportTickets',
  'listTasks',
  'viewAllTasks',
  'assignTask', // to another than oneself
  'listDeadlines',
  'adjustDeadlines', // many at once
  'changeCalendar',
  'changeLimitRule',
  'changeDeadlinePolicy',
  'changeDispatchRule',
  'listSupervision',
  'viewDashboard',
  'changeUnit',
  'manageAccounts',
  'viewAudit',
  'viewOutbox',
  'viewProcesses',
  'editProcess',
  'deployProcess',
  'resolveIncident',
  'moveClock',
] as const;
export type GeneralAction = (typeof GENERAL_ACTIONS)[number];
export type Action = TicketAction | GeneralAction;

const UNIT: readonly Relation[] = ['HOST', 'CO_HOST', 'FORMER'];
const HOLDER: readonly Relation[] = ['HOST', 'CO_HOST'];
const CENTRE: readonly Relation[] = ['CENTRE'];

interface Rights {
  on?: Partial<Record<TicketAction, readonly Relation[]>>;
  may?: readonly GeneralAction[];
}

const CENTRE_GENERAL = ['searchTickets', 'similarTickets', 'callerHistory', 'listTasks', 'viewDashboard'] as const;
const CENTRE_VIEW = { viewTicket: CENTRE, viewCentreNotes: CENTRE, viewInternalNotes: CENTRE } as const;
const UNIT_VIEW = { viewTicket: UNIT, viewInternalNotes: HOLDER } as const;
const CALLED_IN = { on: { viewTicket: ['TASK'] }, may: ['searchTickets', 'listTasks'] } as const;

/** Role × relation × action [S10–16, S15(9)]: what is not here is refused. */
export const ACCESS_TABLE: Record<Role, Rights> = {
  agent: {
    // TASK: a channel without an agent leaves the call centre the telephoning (notifyByPhone).
    on: { viewTicket: ['OWN', 'TASK'], revealCaller: ['OWN', 'TASK'], withdrawTicket: ['OWN'], mergeTicket: ['OWN'] },
    may: ['openTicket', 'searchTickets', 'similarTickets', 'callerHistory', 'listTasks'],
  },
  dispatcher: {
    on: {
      ...CENTRE_VIEW,
      revealCaller: CENTRE,
      withdrawTicket: CENTRE,
      cancelTicket: CENTRE,
      mergeTicket: CENTRE,
      resumeSuspension: CENTRE,
      urgeByHand: CENTRE,
      exportTicket: CENTRE,
    },
    may: [
      ...CENTRE_GENERAL,
      'openTicket',
      'exportTickets',
      'viewAllTasks',
      'assignTask',
      'listDeadlines',
      'listSupervision',
    ],
  },
  quality: { on: { ...CENTRE_VIEW, exportTicket: CENTRE }, may: CENTRE_GENERAL },
  callback: { on: { ...CENTRE_VIEW, revealCaller: CENTRE, withdrawTicket: CENTRE }, may: CENTRE_GENERAL },
  supervisor: {
    on: { ...CENTRE_VIEW, urgeByHand: CENTRE, issueOrder: CENTRE, resumeSuspension: CENTRE, exportTicket: CENTRE },
    may: [...CENTRE_GENERAL, 'exportTickets', 'viewAllTasks', 'listDeadlines', 'listSupervision'],
  },
  director: {
    on: {
      ...CENTRE_VIEW,
      revealCaller: CENTRE,
      withdrawTicket: CENTRE,
      cancelTicket: CENTRE,
      mergeTicket: CENTRE,
      resumeSuspension: CENTRE,
      adjustDeadline: CENTRE,
      urgeByHand: CENTRE,
      issueOrder: CENTRE,
      exportTicket: CENTRE,
    },
    may: [
      ...CENTRE_GENERAL,
      'exportTickets',
      'viewAllTasks',
      'assignTask',
      'listDeadlines',
      'adjustDeadlines',
      'listSupervision',
      'viewProcesses',
      'viewAudit',
    ],
  },
  handler: {
    on: { ...UNIT_VIEW, revealCaller: ['HOST'], requestExtension: ['HOST'], requestSuspension: ['HOST'] },
    may: ['searchTickets', 'listTasks'],
  },
  leader: {
    on: { ...UNIT_VIEW, revealCaller: ['HOST'], requestExtension: ['HOST'], requestSuspension: ['HOST'] },
    may: ['searchTickets', 'listTasks', 'assignTask'],
  },
  subCentre: {
    on: { viewTicket: ['DIVISION', 'TASK'], urgeByHand: ['DIVISION'] },
    may: ['searchTickets', 'similarTickets', 'listTasks', 'viewDashboard'],
  },
  govOffice: CALLED_IN,
  staffingOffice: CALLED_IN,
  // A dossier is transferred by giving the discipline office a task on it; nothing else lets it in.
  discipline: CALLED_IN,
  leadingGroup: { on: { viewTicket: ['TASK'] }, may: ['searchTickets', 'listTasks', 'viewDashboard'] },
  // Pages, not tickets: an admin moves a deadline without being shown whose it is.
  admin: {
    may: [
      'viewAllTasks',
      'listDeadlines',
      'adjustDeadlines',
      'changeCalendar',
      'changeLimitRule',
      'changeDeadlinePolicy',
      'changeDispatchRule',
      'changeUnit',
      'manageAccounts',
      'viewAudit',
      'viewOutbox',
      'viewProcesses',
      'resolveIncident',
      'moveClock',
    ],
  },
  designer: { may: ['viewProcesses', 'editProcess', 'deployProcess', 'resolveIncident'] },
};

/** An admin owns limits on every ticket, whatever the relation. */
export const WITHOUT_RELATION: Partial<Record<Role, readonly TicketAction[]>> = { admin: ['adjustDeadline'] };
