import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/shanghai-time.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { transact } from '../ports/transact.ts';
import { type DueMove, type MovePreview, movesBy, previewOf } from './due-move.ts';
import { LIMIT_STEPS, LIMIT_UNITS, type Limit, type LimitRule, type LimitStep, type LimitUnit } from './limit.ts';
import { calendarVersionOf, dueFrom } from './limit-ledger.ts';
import { ruleFor } from './limit-rule.ts';
import { moveDue } from './move-due.ts';
import { calendarsOf } from './read-ledger.ts';

export interface ChangeLimitRule {
  limitClass: string;
  step: LimitStep;
  amount: number;
  unit: LimitUnit;
  /** Where the number comes from: shown to people beside it. */
  source: string;
  /** From when it holds for new limits; now, when it is not given. */
  validFrom?: number | null;
  /** Whether limits that are open already move too. */
  applyToOpen: boolean;
}

const MAX_AMOUNT = 1000;
const MAX_AHEAD_MS = 366 * DAY_MS;

/** The rules, every version, as an admin's table shows them. @throws NotAllowed */
export async function listLimitRules(app: App, actor: Actor): Promise<LimitRule[]> {
  demand(actor, 'listDeadlines');
  return app.stores.limitRules.all();
}

/** What a changed rule would move if it applied to open limits, nothing written. @throws InvalidInput, NotAllowed */
export async function previewRuleChange(app: App, actor: Actor, input: ChangeLimitRule): Promise<MovePreview> {
  demand(actor, 'changeLimitRule');
  const now = app.clock.now();
  const rules = await app.stores.limitRules.all();
  const rule = newRule(rules, input, now);
  const moves = await ruleMoves(app.stores, now, withRule(rules, rule), rule);
  return previewOf(moves.map(({ move }) => move));
}

/**
 * A new version of one rule: the row in force ends where it begins. Open limits keep the rule they were started with unless
 * `applyToOpen`; then each is set to what the new rule gives, with the reason in its ledger.
 * @throws InvalidInput, NotAllowed
 */
export async function changeLimitRule(
  app: App,
  actor: Actor,
  input: ChangeLimitRule & { reason: string },
): Promise<MovePreview & { rule: LimitRule }> {
  demand(actor, 'changeLimitRule');
  const checks = new FieldChecks();
  const reason = checks.text('reason', input.reason, { required: true, max: 500 });
  checks.throwIfAny();
  return transact(app, async (context) => {
    const { stores, now, realNow } = context;
    const rules = await stores.limitRules.all();
    const rule = newRule(rules, input, now);
    const moves = input.applyToOpen ? await ruleMoves(stores, now, withRule(rules, rule), rule) : [];
    const replaced = replacedBy(rules, rule);
    if (replaced) await stores.limitRules.update(replaced.ruleId, { validTo: rule.validFrom });
    await stores.limitRules.insert(rule);
    for (const { limit, move } of moves) {
      await moveDue(context, actor, limit, { kind: 'ADJUSTED', dueAt: move.toDueAt, reason });
    }
    const preview = previewOf(moves.map(({ move }) => move));
    const { amount, unit, validFrom } = rule;
    await recordAudit(stores, realNow, actor, {
      action: 'limitRuleChanged',
      subject: rule.ruleId,
      reason,
      data: {
        amount,
        unit,
        validFrom,
        amountBefore: replaced?.amount ?? null,
        unitBefore: replaced?.unit ?? null,
        moved: preview.total,
      },
    });
    return { ...preview, rule };
  });
}

function rulesOf(
  rules: readonly LimitRule[],
  { limitClass, step }: Pick<LimitRule, 'limitClass' | 'step'>,
): LimitRule[] {
  return rules.filter((rule) => rule.limitClass === limitClass && rule.step === step);
}

/** The row that is in force when the new one begins, and ends there. */
function replacedBy(rules: readonly LimitRule[], rule: LimitRule): LimitRule | undefined {
  return rulesOf(rules, rule).find(
    ({ validFrom, validTo }) => validFrom <= rule.validFrom && (validTo ?? Infinity) > rule.validFrom,
  );
}

function withRule(rules: readonly LimitRule[], rule: LimitRule): LimitRule[] {
  const replaced = replacedBy(rules, rule);
  return [...rules.map((one) => (one === replaced ? { ...one, validTo: rule.validFrom } : one)), rule];
}

function newRule(rules: readonly LimitRule[], input: ChangeLimitRule, now: number): LimitRule {
  const checks = new FieldChecks();
  const limitClass = checks.text('limitClass', input.limitClass, {
    required: true,
    max: 40,
    pattern: /^[A-Z][A-Z0-9_]*$/,
  });
  const step = checks.option('step', input.step, LIMIT_STEPS, true);
  const unit = checks.option('unit', input.unit, LIMIT_UNITS, true);
  const amount = checks.number('amount', input.amount, { min: 0, max: MAX_AMOUNT });
  if (amount === null || amount === 0) checks.add('amount', 'required');
  // Half a working day is written in working hours: a working day ends at closing time (domain.md §1).
  else if (unit === 'WORKING_DAYS' && !Number.isInteger(amount)) checks.add('amount', 'notWhole');
  const source = checks.text('source', input.source, { required: true, max: 200 });
  const validFrom = input.validFrom ?? now;
  if (!Number.isSafeInteger(validFrom) || validFrom > now + MAX_AHEAD_MS) checks.add('validFrom', 'notAnInstant');
  // What began under a rule keeps it: a rule is not changed for the past. A minute's grace for the page that was open.
  else if (validFrom < now - MINUTE_MS) checks.add('validFrom', 'inThePast');
  checks.throwIfAny();
  const versions = rulesOf(rules, input);
  const later = versions.map((rule) => rule.validFrom).filter((from) => from > validFrom);
  return {
    ruleId: `${input.limitClass}:${input.step}:${versions.length + 1}`,
    limitClass: limitClass ?? '',
    step: step ?? input.step,
    amount: amount ?? 0,
    unit: unit ?? input.unit,
    source: source ?? '',
    validFrom,
    validTo: later.length === 0 ? null : Math.min(...later),
  };
}

/** Every open limit for which the new rule would be the one. */
function ruleMoves(
  stores: Stores,
  now: number,
  rules: readonly LimitRule[],
  rule: LimitRule,
): Promise<{ limit: Limit; move: DueMove }[]> {
  const calendars = calendarsOf(stores);
  return movesBy(
    stores,
    now,
    (limit) => limit.step === rule.step,
    async (facts) => {
      const [started, ...rest] = facts;
      if (started?.kind !== 'STARTED') return null;
      const found = ruleFor(rules, started.limitClass, rule.step, rule.validFrom);
      if (found?.ruleId !== rule.ruleId) return null;
      const calendar = await calendars(calendarVersionOf(facts));
      return dueFrom([{ ...started, amount: rule.amount, unit: rule.unit }, ...rest], () => calendar).dueAt;
    },
  );
}
