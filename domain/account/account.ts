/** Roles of domain.md §3. Admin and designer hold pages, not tasks. */
export const ROLES = [
  'agent',
  'dispatcher',
  'quality',
  'callback',
  'supervisor',
  'director',
  'handler',
  'leader',
  'subCentre',
  'govOffice',
  'staffingOffice',
  'discipline',
  'leadingGroup',
  'admin',
  'designer',
] as const;
export type Role = (typeof ROLES)[number];

/** Whose work are tickets. */
export const CASE_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'admin' && role !== 'designer');

export interface Account {
  accountId: string; // = login name, [a-z0-9-]{2,40}
  displayName: string;
  roles: Role[];
  unitCode: string | null;
  divisionCode: string | null; // sub-centre accounts
  locale: 'zh-CN' | 'en';
  theme: 'light' | 'dark' | 'auto';
  active: boolean;
  passwordHash: string;
  mustChangePassword: boolean;
  createdAt: number;
}
