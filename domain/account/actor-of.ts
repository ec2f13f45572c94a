import type { Account, Role } from './account.ts';
import type { Actor } from './actor.ts';
import { leaderGroup, unitGroup } from './unit-groups.ts';

/** Candidate groups of tasks by role (domain.md §3). Admin and designer hold pages, not tasks. */
function groupsOf(role: Role, { unitCode, divisionCode }: Pick<Account, 'unitCode' | 'divisionCode'>): string[] {
  switch (role) {
    case 'agent':
      return ['call-centre'];
    case 'dispatcher':
      return ['command-centre'];
    case 'quality':
      return ['quality'];
    case 'callback':
      return ['callback'];
    case 'supervisor':
      return ['supervision'];
    case 'director':
      return ['centre-director'];
    case 'handler':
      return unitCode === null ? [] : [unitGroup(unitCode)];
    case 'leader':
      return unitCode === null ? [] : [leaderGroup(unitCode)];
    case 'subCentre':
      return divisionCode === null ? [] : [`sub-centre-${divisionCode}`];
    case 'govOffice':
      return ['gov-office'];
    case 'staffingOffice':
      return ['staffing-office'];
    case 'discipline':
      return ['discipline'];
    case 'leadingGroup':
      return ['leading-group'];
    case 'admin':
    case 'designer':
      return [];
  }
}

/** Who acts when this account does. The account must have been found active. */
export function actorOf(account: Account): Actor {
  const { accountId, displayName, roles, unitCode, divisionCode } = account;
  const groups = [...new Set(roles.flatMap((role) => groupsOf(role, account)))];
  return { accountId, displayName, roles, unitCode, divisionCode, groups };
}
