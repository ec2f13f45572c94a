import type { Translate } from '../i18n/messages.ts';

const ENUMS = ['LimitReason', 'AssignmentReason'];

/** People write reasons, the system writes codes; a code without words says nothing to a reader and is left out. */
export function reasonWords(reason: string | null, t: Translate): string | null {
  if (reason === null || !/^[A-Z][A-Z_]+$/.test(reason)) return reason;
  for (const type of ENUMS) {
    const key = `enum.${type}.${reason}`;
    const words = t(key);
    if (words !== key) return words;
  }
  return null;
}
