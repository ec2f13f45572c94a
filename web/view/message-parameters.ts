import type { Translate } from '../i18n/messages.ts';
import type { Locale } from '../i18n/messages.ts';
import { categoryName } from './place-names.ts';
import { exactTime } from './time-words.ts';

export interface NamesOf {
  locale: Locale;
  unitName(unitCode: string | null): string;
  /** Dispatch rules by their names. */
  ruleName?(ruleCode: string): string;
}

/** Which enumerations a parameter's codes may be of, in this order. */
const ENUMS: Record<string, readonly string[]> = {
  step: ['LimitStep'],
  phase: ['ContactPhase'],
  result: ['ContactResult'],
  channel: ['Channel', 'ContactChannel'],
  status: ['TicketStatus', 'DeadlineRequestStatus'],
  requestType: ['RequestType'],
  urgency: ['Urgency'],
  rejectReason: ['RejectReason'],
  outcome: ['CompletionOutcome'],
  satisfaction: ['Satisfaction'],
  role: ['AssignmentRole'],
  limitClass: ['LimitClass'],
  purpose: ['RevealPurpose'],
  kind: ['DeadlineRequestKind'],
  cause: ['SupervisionCause', 'CallbackSkip'],
  judgement: ['Judgement'],
  intakeOutcome: ['IntakeOutcome'],
  action: ['Action'],
};

/** Codes, instants and units of an event, a notification or an error as words: the data hold no words themselves. */
export function readableParameters(
  data: Record<string, unknown>,
  t: Translate,
  names?: NamesOf,
): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, readable(name, value, t, names)]));
}

function readable(name: string, value: unknown, t: Translate, names: NamesOf | undefined): string {
  if (value === null || value === undefined || value === '') return '—';
  if (name.endsWith('At') || name === 'at') return typeof value === 'number' ? exactTime(value, t) : String(value);
  if (names && /unitCode/i.test(name)) {
    const codes = Array.isArray(value) ? value : [value];
    return codes.map((code) => names.unitName(String(code))).join(t('list.separator')) || '—';
  }
  if (name === 'ruleCode' && names?.ruleName) return names.ruleName(String(value));
  if (names && name === 'categoryCode') return categoryName(String(value), names.locale);
  if (typeof value === 'boolean') return t(value ? 'answer.yes' : 'answer.no');
  for (const type of ENUMS[name] ?? []) {
    const key = `enum.${type}.${String(value)}`;
    const words = t(key);
    if (words !== key) return words;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
