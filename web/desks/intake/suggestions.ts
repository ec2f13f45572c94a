import { z } from 'zod';
import type { Actor } from '../../../domain/account/actor.ts';
import type { TicketRow } from '../../../domain/ports/queries.ts';
import { callerHistory, type HistoryRow } from '../../../domain/ticket/caller-history.ts';
import { similarTickets } from '../../../domain/ticket/similar-tickets.ts';
import { suggestCategories } from '../../../domain/ticket/suggest-categories.ts';
import type { RoomContext } from '../../room.ts';

const text = z.string().max(5000).nullish();
export const suggestBody = z.object({
  phone: text,
  title: text,
  content: text,
  addressText: text,
  categoryCode: text,
  divisionCode: text,
  requestType: text,
  urgency: text,
  channel: text,
  riskFlags: z.array(z.string()).nullish(),
});
type Typed = z.infer<typeof suggestBody>;

const minWords = 4;
const maxListed = 5;

export interface Suggestions {
  history: HistoryRow[];
  similar: TicketRow[];
  categories: { code: string; name: string }[];
  urgency: string | null;
  unit: { name: string; rule: string; source: string } | null;
  limitClass: string | null;
}

/** What the words suggest while they are typed: who called before, what looks the same, how it would be classed and sent. */
export async function suggest(
  { app, engine }: RoomContext,
  actor: Actor,
  typed: Typed,
  locale: string,
): Promise<Suggestions> {
  const words = [typed.title, typed.content, typed.addressText].filter(Boolean).join(' ');
  const enough = words.length >= minWords;
  const [history, similar] = await Promise.all([
    typed.phone && typed.phone.length >= 7 ? callerHistory(app, actor, typed.phone) : [],
    enough ? similarTickets(app, actor, typed) : [],
  ]);
  const categories = enough && !typed.categoryCode ? suggestCategories(words).slice(0, 3) : [];
  const facts = {
    intakeOutcome: 'FORWARD',
    channel: typed.channel ?? 'PHONE',
    requestType: typed.requestType ?? 'HELP',
    categoryCode: typed.categoryCode || (categories[0]?.code ?? '120101'),
    urgency: typed.urgency ?? 'NORMAL',
    riskFlags: typed.riskFlags ?? [],
    divisionCode: typed.divisionCode ?? '',
    rejectReason: null,
    anonymous: false,
  };
  const ask = (decision: string) => engine.evaluateDecision(decision, { facts }).catch(() => null);
  const [urgency, rule, limitClass] = enough
    ? await Promise.all([ask('urgency'), ask('dispatch-catalogue'), ask('limit-class')])
    : [null, null, null];
  return {
    history: history.slice(0, maxListed),
    // one that is half as like as the best is another matter
    similar: similar.filter(({ score }) => score >= (similar[0]?.score ?? 0) / 2).slice(0, maxListed),
    categories: categories.map(({ code, name, nameEn }) => ({ code, name: locale === 'en' ? nameEn : name })),
    urgency: typeof urgency === 'string' && urgency !== facts.urgency ? urgency : null,
    unit: await unitOf({ app }, (rule as { ruleCode?: string } | null)?.ruleCode, locale),
    limitClass: typeof limitClass === 'string' ? limitClass : null,
  };
}

async function unitOf(
  { app }: Pick<RoomContext, 'app'>,
  ruleCode: string | undefined,
  locale: string,
): Promise<Suggestions['unit']> {
  const rule = ruleCode === undefined ? undefined : await app.stores.dispatchRules.find(ruleCode);
  const unit = rule && (await app.stores.units.find(rule.hostUnitCode));
  if (!rule || !unit) return null;
  return { name: locale === 'en' ? unit.nameEn : unit.name, rule: rule.name, source: rule.source };
}
