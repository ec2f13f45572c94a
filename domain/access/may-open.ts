import type { Role } from '../account/account.ts';
import type { Actor } from '../account/actor.ts';
import { mayDo } from './access.ts';
import type { GeneralAction } from './access-table.ts';

/** Pages with a door of their own in the navigation, in its order. */
export const PAGES = [
  'tasks',
  'intake',
  'tickets',
  'callback',
  'supervision',
  'deadlines',
  'limitRules',
  'calendar',
  'dispatchRules',
  'dashboard',
  'units',
  'accounts',
  'audit',
  'outbox',
  'processes',
  'modeler',
  'incidents',
] as const;
export type PageName = (typeof PAGES)[number];

/** A page is opened by the right to do what it is for; `callback` is a desk, kept for those who sit at it. */
const KEYS: Record<PageName, GeneralAction | readonly GeneralAction[] | { roles: readonly Role[] }> = {
  tasks: ['listTasks', 'viewAllTasks'],
  intake: 'openTicket',
  tickets: 'searchTickets',
  callback: { roles: ['callback', 'director'] },
  supervision: 'listSupervision',
  deadlines: 'listDeadlines',
  limitRules: 'changeLimitRule',
  calendar: 'changeCalendar',
  dispatchRules: 'changeDispatchRule',
  dashboard: 'viewDashboard',
  units: 'changeUnit',
  accounts: 'manageAccounts',
  audit: 'viewAudit',
  outbox: 'viewOutbox',
  processes: 'viewProcesses',
  modeler: 'editProcess',
  incidents: 'resolveIncident',
};

export function mayOpen(actor: Actor, page: PageName): boolean {
  const key = KEYS[page];
  if (typeof key === 'string') return mayDo(actor, key);
  return 'roles' in key
    ? key.roles.some((role) => actor.roles.includes(role))
    : key.some((action) => mayDo(actor, action));
}
