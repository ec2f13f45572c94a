/** A member unit of the linkage [S14]: tier 1–3. */
export interface Unit {
  unitCode: string; // kebab-case, e.g. 'heating'
  name: string; // 市热力公司
  nameEn: string;
  tier: 1 | 2 | 3;
  kind: 'DEPARTMENT' | 'ENTERPRISE' | 'DIVISION';
  divisionCode: string | null;
  dutyPhone: string | null;
  active: boolean;
}
