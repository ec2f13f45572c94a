import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { DispatchRule } from './dispatch-rule.ts';

export interface ChangeDispatchRule {
  ruleCode: string;
  hostUnitCode: string;
  coHostUnitCodes: string[];
  source: string;
  reason: string;
}

/**
 * Who answers for what: the row behind a code of the dispatch catalogue. Open tickets keep what was suggested to them.
 * @throws InvalidInput, NotFound, NotAllowed
 */
export async function changeDispatchRule(app: App, actor: Actor, input: ChangeDispatchRule): Promise<DispatchRule> {
  demand(actor, 'changeDispatchRule');
  const checks = new FieldChecks();
  const source = checks.text('source', input.source, { required: true, max: 200 }) ?? '';
  const reason = checks.text('reason', input.reason, { required: true, max: 500 });
  return app.transaction(async (stores) => {
    const before = await stores.dispatchRules.find(input.ruleCode);
    if (!before) throw new NotFound('dispatchRule', input.ruleCode);
    const coHostUnitCodes = [...new Set(input.coHostUnitCodes)].filter((unitCode) => unitCode !== input.hostUnitCode);
    for (const [field, unitCode] of [
      ['hostUnitCode', input.hostUnitCode],
      ...coHostUnitCodes.map((code) => ['coHostUnitCodes', code]),
    ]) {
      if (!(await stores.units.find(unitCode!))?.active) checks.add(field!, 'unknownUnit', { unitCode: unitCode! });
    }
    checks.throwIfAny();
    const changes = { hostUnitCode: input.hostUnitCode, coHostUnitCodes, source };
    await stores.dispatchRules.update(input.ruleCode, changes);
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'dispatchRuleChanged',
      subject: input.ruleCode,
      reason,
      data: { ...changes, hostBefore: before.hostUnitCode, coHostsBefore: before.coHostUnitCodes },
    });
    return { ...before, ...changes };
  });
}
