import type { Role } from '../domain/account/account.ts';
import { UNITS } from '../domain/defaults/units.ts';

export interface DemoAccount {
  accountId: string;
  displayName: string;
  roles: Role[];
  unitCode: string | null;
  /** Shown on the login page; the others serve the sample tickets. */
  listed: boolean;
}

/** One for all demo accounts: a demonstration guards nothing. */
export const demoPassword = 'liandong-demo';

const centre: DemoAccount[] = [
  { accountId: 'agent', displayName: '王晓燕', roles: ['agent'], unitCode: null, listed: true },
  { accountId: 'dispatcher', displayName: '李建国', roles: ['dispatcher'], unitCode: null, listed: true },
  { accountId: 'quality', displayName: '赵敏', roles: ['quality'], unitCode: null, listed: true },
  { accountId: 'callback', displayName: '孙丽', roles: ['callback'], unitCode: null, listed: true },
  { accountId: 'supervisor', displayName: '周强', roles: ['supervisor'], unitCode: null, listed: true },
  { accountId: 'director', displayName: '郑主任', roles: ['director'], unitCode: null, listed: true },
  { accountId: 'admin', displayName: '系统管理员', roles: ['admin'], unitCode: null, listed: true },
  { accountId: 'designer', displayName: '陈设计', roles: ['designer'], unitCode: null, listed: true },
];
const heating: DemoAccount[] = [
  { accountId: 'handler', displayName: '刘志强', roles: ['handler'], unitCode: 'heating', listed: true },
  { accountId: 'leader', displayName: '张经理', roles: ['leader'], unitCode: 'heating', listed: true },
];
const others: DemoAccount[] = UNITS.filter(({ unitCode }) => unitCode !== 'heating').flatMap(({ unitCode, name }) => [
  {
    accountId: `${unitCode}-handler`,
    displayName: `${name}承办员`,
    roles: ['handler'],
    unitCode,
    listed: unitCode === 'water' || unitCode === 'health',
  },
  {
    accountId: `${unitCode}-leader`,
    displayName: `${name}分管领导`,
    roles: ['leader'],
    unitCode,
    listed: unitCode === 'water',
  },
]);

export const demoAccounts: DemoAccount[] = [...centre.slice(0, 2), ...heating, ...centre.slice(2), ...others];
