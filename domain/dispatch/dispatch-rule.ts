/** A row of the dispatch catalogue 派单目录: the DMN picks its code, the row says who. Edited by admins. */
export interface DispatchRule {
  ruleCode: string; // e.g. 'HEATING'
  name: string; // 供热保障
  hostUnitCode: string;
  coHostUnitCodes: string[];
  source: string; // shown to people
  validFrom: number;
  validTo: number | null;
}
