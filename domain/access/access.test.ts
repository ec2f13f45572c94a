import test from 'ava';
import type { Account, Role } from '../account/account.ts';
import { ROLES } from '../account/account.ts';
import type { Actor } from '../account/actor.ts';
import { actorOf } from '../account/actor-of.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { callerAccessOf, isCandidate, mayDo, mayWorkOn, scopeOf } from './access.ts';
import { GENERAL_ACTIONS, TICKET_ACTIONS, type TicketAction } from './access-table.ts';
import { demand } from './demand.ts';
import { mayOpen, PAGES } from './may-open.ts';
import { type Relation, relationOf, type TicketFacts } from './relation.ts';

function who(...roles: Role[]): Actor {
  const account: Account = {
    accountId: 'me',
    displayName: '我',
    roles,
    unitCode: roles.some((role) => role === 'handler' || role === 'leader') ? 'heating' : null,
    divisionCode: roles.includes('subCentre') ? '140622' : null,
    locale: 'zh-CN',
    theme: 'auto',
    active: true,
    passwordHash: '',
    mustChangePassword: false,
    createdAt: 0,
  };
  return actorOf(account);
}

const strange: TicketFacts['ticket'] = {
  ticketNo: 'GD2026112300001',
  agentId: 'somebody',
  divisionCode: '140602',
  requestType: 'HELP',
  privacy: 'PUBLIC_TO_HANDLER',
  respondent: null,
};
type Assigned = TicketFacts['assignments'][number];
const held = (role: Assigned['role'], status: Assigned['status'] = 'SIGNED'): Assigned => ({
  unitCode: 'heating',
  role,
  status,
});

/** A ticket to which an actor stands in that relation and in no other. */
function factsOf(relation: Relation | 'NONE', actor: Actor, more: Partial<TicketFacts['ticket']> = {}): TicketFacts {
  const facts: TicketFacts = { ticket: { ...strange, ...more }, assignments: [], taskGroups: [] };
  switch (relation) {
    case 'OWN':
      return { ...facts, ticket: { ...facts.ticket, agentId: 'me' } };
    case 'HOST':
      return { ...facts, assignments: [held('HOST')] };
    case 'CO_HOST':
      return { ...facts, assignments: [held('CO_HOST')] };
    case 'FORMER':
      return { ...facts, assignments: [held('HOST', 'RETURNED')] };
    case 'DIVISION':
      return { ...facts, ticket: { ...facts.ticket, divisionCode: '140622' } };
    case 'TASK':
      return { ...facts, taskGroups: actor.groups };
    case 'RESPONDENT':
      return { ...facts, ticket: { ...facts.ticket, respondent: 'heating' } };
    default:
      return facts;
  }
}

/** The rights once more, written by act as domain.md §3 tells them: `role:relation` for every yes; `*` = on any ticket. */
const EXPECTED: Record<TicketAction, string> = {
  viewTicket:
    'agent:OWN agent:TASK dispatcher:* quality:* callback:* supervisor:* director:* handler:HOST handler:CO_HOST handler:FORMER ' +
    'leader:HOST leader:CO_HOST leader:FORMER subCentre:DIVISION subCentre:TASK govOffice:TASK staffingOffice:TASK ' +
    'discipline:TASK leadingGroup:TASK',
  viewCentreNotes: 'dispatcher:* quality:* callback:* supervisor:* director:*',
  viewInternalNotes:
    'dispatcher:* quality:* callback:* supervisor:* director:* handler:HOST handler:CO_HOST leader:HOST leader:CO_HOST',
  revealCaller: 'agent:OWN agent:TASK dispatcher:* callback:* director:* handler:HOST leader:HOST',
  withdrawTicket: 'agent:OWN dispatcher:* callback:* director:*',
  cancelTicket: 'dispatcher:* director:*',
  mergeTicket: 'agent:OWN dispatcher:* director:*',
  requestExtension: 'handler:HOST leader:HOST',
  requestSuspension: 'handler:HOST leader:HOST',
  resumeSuspension: 'dispatcher:* supervisor:* director:*',
  adjustDeadline: 'director:* admin:*',
  urgeByHand: 'dispatcher:* supervisor:* director:* subCentre:DIVISION',
  issueOrder: 'supervisor:* director:*',
  exportTicket: 'dispatcher:* quality:* supervisor:* director:*',
};
const RELATIONS = ['OWN', 'HOST', 'CO_HOST', 'FORMER', 'DIVISION', 'TASK', 'RESPONDENT', 'NONE'] as const;

test('every role may do on a ticket what the table says by relation, and nothing else', (t) => {
  for (const role of ROLES) {
    const actor = who(role);
    for (const relation of RELATIONS) {
      // No account has groups without tasks, a unit without being of it, and so on: such a pair is no relation at all.
      const facts = factsOf(relation, actor);
      for (const action of TICKET_ACTIONS) {
        const rights = EXPECTED[action].split(' ');
        const expected = rights.includes(`${role}:*`) || rights.includes(`${role}:${relation}`);
        t.is(mayDo(actor, action, facts), expected, `${role} ${relation} ${action}`);
      }
    }
  }
});

test('without a role nothing is allowed, and an act on a ticket needs the ticket', (t) => {
  const nobody = who();
  for (const action of [...TICKET_ACTIONS, ...GENERAL_ACTIONS]) {
    t.false(mayDo(nobody, action, factsOf('OWN', nobody)), action);
  }
  for (const action of TICKET_ACTIONS) {
    if (action !== 'adjustDeadline') t.false(mayDo(who('director'), action), action);
  }
  t.throws(() => demand(nobody, 'openTicket'), { instanceOf: NotAllowed });
  t.notThrows(() => demand(who('agent'), 'openTicket'));
});

test('admin and designer hold pages and no tickets', (t) => {
  for (const role of ['admin', 'designer'] as const) {
    const actor = who(role);
    t.false(mayDo(actor, 'viewTicket', factsOf('NONE', actor)));
    t.is(callerAccessOf(actor, factsOf('NONE', actor)), 'HIDDEN');
    t.deepEqual(scopeOf(actor), { kind: 'ANY', agentId: null, unitCode: null, divisionCode: null, groups: [] });
    t.deepEqual(actor.groups, []);
  }
  t.true(mayDo(who('admin'), 'manageAccounts'));
  t.false(mayDo(who('designer'), 'manageAccounts'));
  t.true(mayDo(who('designer'), 'deployProcess'));
  t.false(mayDo(who('admin'), 'deployProcess'));
});

test('a unit sees a masked caller of a confidential ticket and cannot reveal it', (t) => {
  const handler = who('handler');
  t.is(callerAccessOf(handler, factsOf('HOST', handler)), 'REVEALABLE');
  t.is(callerAccessOf(handler, factsOf('HOST', handler, { privacy: 'CONFIDENTIAL' })), 'MASKED');
  t.is(callerAccessOf(handler, factsOf('HOST', handler, { privacy: 'ANONYMOUS' })), 'MASKED');
  t.is(callerAccessOf(handler, factsOf('CO_HOST', handler)), 'MASKED');
  t.is(callerAccessOf(handler, factsOf('FORMER', handler)), 'MASKED');
  t.is(callerAccessOf(who('callback'), factsOf('NONE', handler, { privacy: 'CONFIDENTIAL' })), 'REVEALABLE');
});

test('a report is confidential whatever its privacy says', (t) => {
  const handler = who('handler');
  const report = factsOf('HOST', handler, { requestType: 'REPORT', privacy: 'PUBLIC_TO_HANDLER' });
  t.is(callerAccessOf(handler, report), 'MASKED');
  t.false(mayDo(handler, 'revealCaller', report));
});

test('the unit complained of never sees the caller, by its code or by its name, even as the host', (t) => {
  const handler = who('handler');
  for (const requestType of ['REPORT', 'COMPLAINT', 'SUPERVISE'] as const) {
    const byCode = factsOf('HOST', handler, { requestType, respondent: 'heating' });
    t.is(callerAccessOf(handler, byCode), 'HIDDEN');
    const byName = factsOf('HOST', handler, { requestType, respondent: '市热力公司收费处' });
    t.is(callerAccessOf(handler, { ...byName, unitName: '市热力公司' }), 'HIDDEN');
    t.false(mayDo(handler, 'revealCaller', { ...byName, unitName: '市热力公司' }));
  }
  t.is(callerAccessOf(handler, factsOf('HOST', handler, { respondent: 'heating' })), 'REVEALABLE');
  t.is(
    callerAccessOf(handler, factsOf('HOST', handler, { requestType: 'COMPLAINT', respondent: '某物业' })),
    'REVEALABLE',
  );
});

test('who may not see a ticket sees nothing of its caller', (t) => {
  for (const role of ROLES) {
    const actor = who(role);
    const facts = factsOf('NONE', actor);
    if (!mayDo(actor, 'viewTicket', facts)) t.is(callerAccessOf(actor, facts), 'HIDDEN', role);
  }
});

test('lists are cut to what an actor may know of', (t) => {
  t.deepEqual(scopeOf(who('supervisor')), { kind: 'ALL' });
  const none = { kind: 'ANY', agentId: null, unitCode: null, divisionCode: null, groups: [] };
  t.deepEqual(scopeOf(who('agent')), { ...none, agentId: 'me', groups: ['call-centre'] } as never);
  t.deepEqual(scopeOf(who('handler')), { ...none, unitCode: 'heating' } as never);
  t.deepEqual(scopeOf(who('subCentre')), { ...none, divisionCode: '140622', groups: ['sub-centre-140622'] } as never);
  t.deepEqual(scopeOf(who('discipline')), { ...none, groups: ['discipline'] } as never);
  t.deepEqual(scopeOf(who('admin', 'handler')), { ...none, unitCode: 'heating' } as never);
});

test('every role belongs to the candidate groups of domain.md §3', (t) => {
  const groups = (role: Role) => who(role).groups;
  t.deepEqual(
    ROLES.map((role) => [role, ...groups(role)].join(' ')),
    [
      'agent call-centre',
      'dispatcher command-centre',
      'quality quality',
      'callback callback',
      'supervisor supervision',
      'director centre-director',
      'handler unit-heating',
      'leader unit-heating-leader',
      'subCentre sub-centre-140622',
      'govOffice gov-office',
      'staffingOffice staffing-office',
      'discipline discipline',
      'leadingGroup leading-group',
      'admin',
      'designer',
    ],
  );
});

test('a task is for its assignee, or for its candidates while it has none', (t) => {
  const handler = who('handler');
  const open = { assignee: null, candidateGroups: ['unit-heating'], candidateUsers: [] };
  t.true(mayWorkOn(handler, open));
  t.false(mayWorkOn(handler, { ...open, assignee: 'colleague' }));
  t.true(mayWorkOn(handler, { ...open, assignee: 'me', candidateGroups: [] }));
  t.false(mayWorkOn(who('leader'), open));
  t.true(isCandidate(who('leader'), { candidateGroups: [], candidateUsers: ['me'] }));
});

test('the relation that a screen names is the nearest one', (t) => {
  const handler = who('handler', 'dispatcher');
  t.is(relationOf(handler, strange, [held('CO_HOST')]), 'CO_HOST');
  t.is(relationOf(who('dispatcher'), strange, []), 'CENTRE');
  t.is(relationOf(who('agent'), { ...strange, agentId: 'me' }, []), 'OWN');
  t.is(relationOf(who('handler'), strange, []), 'NONE');
});

test('nobody sees a door that is closed to them', (t) => {
  const doors = (role: Role) => PAGES.filter((page) => mayOpen(who(role), page)).join(' ');
  t.is(doors('agent'), 'tasks intake tickets');
  t.is(doors('handler'), 'tasks tickets');
  t.is(doors('callback'), 'tasks tickets callback dashboard');
  t.is(doors('designer'), 'processes modeler incidents');
  t.is(
    doors('admin'),
    'tasks deadlines limitRules calendar dispatchRules units accounts audit outbox processes incidents',
  );
  t.deepEqual(
    PAGES.filter((page) => mayOpen(who(), page)),
    [],
  );
});
