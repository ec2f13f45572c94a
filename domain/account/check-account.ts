import { DIVISIONS } from '../defaults/divisions.ts';
import type { FieldChecks } from '../errors/field-checks.ts';
import type { Stores } from '../ports/stores.ts';
import { type Account, ROLES, type Role } from './account.ts';

export interface AccountFields {
  displayName: string;
  roles: readonly string[];
  unitCode?: string | null;
  divisionCode?: string | null;
  locale?: string | null;
}

/** Cleans what an admin typed of an account: roles that belong to a unit or a division must name it. */
export async function checkAccount(
  stores: Stores,
  checks: FieldChecks,
  input: AccountFields,
): Promise<Pick<Account, 'displayName' | 'roles' | 'unitCode' | 'divisionCode' | 'locale'>> {
  const displayName = checks.text('displayName', input.displayName, { required: true, max: 50 }) ?? '';
  const roles: Role[] = [];
  for (const role of new Set(input.roles)) {
    const known = checks.option('roles', role, ROLES);
    if (known) roles.push(known);
  }
  if (input.roles.length === 0) checks.add('roles', 'required');
  const ofUnit = roles.includes('handler') || roles.includes('leader');
  const unitCode = checks.text('unitCode', input.unitCode, { required: ofUnit, max: 40 });
  if (unitCode !== null && !(await stores.units.find(unitCode))?.active) {
    checks.add('unitCode', 'unknownUnit', { unitCode });
  }
  const divisionCode = checks.text('divisionCode', input.divisionCode, {
    required: roles.includes('subCentre'),
    max: 6,
  });
  if (divisionCode !== null && !DIVISIONS.some(({ code, validTo }) => code === divisionCode && validTo === null)) {
    checks.add('divisionCode', 'unknownDivision', { divisionCode });
  }
  const locale = checks.option('locale', input.locale, ['zh-CN', 'en']) ?? 'zh-CN';
  return { displayName, roles, unitCode, divisionCode, locale };
}
