import { parseDrg } from '../dmn/parse-drg.ts';

export interface DrgSummary {
  drgId: string;
  name: string;
  decisions: { id: string; name: string; versionTag: string | null }[];
}

/**
 * What a DMN file defines.
 * @throws Error when it can't be read
 */
export function drgSummary(xml: string): DrgSummary {
  const drg = parseDrg(xml);
  const decisions = drg.decisions.map(({ id, name, versionTag }) => ({ id, name, versionTag: versionTag ?? null }));
  return { drgId: drg.id, name: drg.name, decisions };
}
