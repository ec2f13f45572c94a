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
  // as a cluster does: what could never be evaluated is refused when it is deployed, not when a ticket reaches it
  if (drg.problems.length > 0) throw new Error(drg.problems.join('\n'));
  const decisions = drg.decisions.map(({ id, name, versionTag }) => ({ id, name, versionTag: versionTag ?? null }));
  return { drgId: drg.id, name: drg.name, decisions };
}
