import type { ExplainedLimit } from '../../domain/deadline/explain-limit.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import { duration, exactTime, limitAmount } from '../view/time-words.ts';
import { reasonWords } from './reason-words.ts';

export interface LimitLine {
  words: string;
  reason: string | null;
}

/** "Why is it due then?": the ledger fact by fact, each with the due time after it. */
export function limitLines(limit: ExplainedLimit, t: Translate, nameOf: (accountId: string) => string): LimitLine[] {
  const lines = limit.steps.map(({ fact, dueAt, addedMs, runsIn, calendarVersion }) => {
    const common = {
      at: exactTime(fact.at, t),
      by: nameOf(fact.actorId),
      due: dueAt === null ? t('time.paused') : exactTime(dueAt, t),
      calendar: calendarVersion,
    };
    const words = (key: string, more: Record<string, unknown> = {}) => t(`limit.fact.${key}`, { ...common, ...more });
    const amount = 'amount' in fact ? limitAmount(fact.amount, fact.unit, t) : '';
    switch (fact.kind) {
      case 'STARTED':
        return {
          words: words('STARTED', {
            start: exactTime(fact.startAt, t),
            amount,
            class: t(`enum.LimitClass.${fact.limitClass}`),
            source: shippedName(fact.source, t),
          }),
          reason: reasonWords(fact.reason, t),
        };
      case 'EXTENDED':
        return { words: words('EXTENDED', { amount }), reason: reasonWords(fact.reason, t) };
      case 'RESUMED':
        return {
          words: words(addedMs === null ? 'RESUMED' : `RESUMED.${runsIn}`, {
            added: addedMs === null ? '' : duration(addedMs, t),
          }),
          reason: reasonWords(fact.reason, t),
        };
      default:
        return { words: words(fact.kind), reason: reasonWords(fact.reason, t) };
    }
  });
  if (limit.provisionalYears.length > 0) {
    lines.push({ words: t('limit.provisional', { years: limit.provisionalYears.join(', ') }), reason: null });
  }
  return lines;
}
