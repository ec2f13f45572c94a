import type { LimitExplanation } from '../../domain/deadline/limit-ledger.ts';
import type { LimitUnit } from '../../domain/deadline/limit.ts';
import type { Translate } from '../i18n/messages.ts';
import { duration, exactTime } from './time-words.ts';

export interface LimitSentence {
  at: number;
  /** What happened: rule and source, who moved it and why. */
  text: string;
  dueAt: number | null;
  actorId: string;
  reason: string | null;
}

export const amountWords = (amount: number, unit: LimitUnit, t: Translate): string =>
  t(`limit.unit.${unit}`, { amount });

/** "Why is this due then?", fact by fact, oldest first. */
export function limitSentences(steps: LimitExplanation, t: Translate): LimitSentence[] {
  return steps.map(({ fact, dueAt, addedMs, calendarVersion }) => ({
    at: fact.at,
    text: sentence(fact, { addedMs, calendarVersion }, t),
    dueAt,
    actorId: fact.actorId,
    reason: fact.reason,
  }));
}

function sentence(
  fact: LimitExplanation[number]['fact'],
  { addedMs, calendarVersion }: { addedMs: number | null; calendarVersion: number },
  t: Translate,
): string {
  switch (fact.kind) {
    case 'STARTED':
      return t('limit.fact.STARTED', {
        start: exactTime(fact.startAt, t),
        amount: amountWords(fact.amount, fact.unit, t),
        limitClass: t(`enum.LimitClass.${fact.limitClass}`),
        source: fact.source,
        calendarVersion,
      });
    case 'EXTENDED':
      return t('limit.fact.EXTENDED', { amount: amountWords(fact.amount, fact.unit, t) });
    case 'ADJUSTED':
      return t('limit.fact.ADJUSTED', { due: exactTime(fact.dueAt, t) });
    case 'RESUMED':
      return t('limit.fact.RESUMED', { added: addedMs ? duration(addedMs, t) : '0' });
    case 'CALENDAR_CHANGED':
      return t('limit.fact.CALENDAR_CHANGED', { calendarVersion: fact.calendarVersion });
    default:
      return t(`limit.fact.${fact.kind}`);
  }
}
