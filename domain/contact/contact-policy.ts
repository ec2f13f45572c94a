import type { Stores } from '../ports/stores.ts';

/** Our own defaults [D], not law: an admin changes them as settings of these names. */
const DEFAULTS = { 'contact.attempts': 3, 'callback.tries': 3, 'callback.withinWorkingDays': 2 } as const;
export type ContactPolicyName = keyof typeof DEFAULTS;

export async function contactPolicy(stores: Stores, name: ContactPolicyName): Promise<number> {
  const stored = Number(await stores.settings.get(name));
  return Number.isInteger(stored) && stored > 0 ? stored : DEFAULTS[name];
}
