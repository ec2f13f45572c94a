import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import {
  DEADLINE_POLICY,
  type DeadlinePolicy,
  type DeadlinePolicyName,
  deadlinePolicyNames,
  deadlinePolicyOf,
} from './deadline-policy.ts';

export interface PolicyRow {
  name: DeadlinePolicyName;
  value: number;
  defaultValue: number;
  unit: string;
  min: number;
  max: number;
  source: string;
}

/** @throws NotAllowed */
export async function listDeadlinePolicy(app: App, actor: Actor): Promise<PolicyRow[]> {
  demand(actor, 'listDeadlines');
  const policy = await deadlinePolicyOf(app.stores);
  return deadlinePolicyNames.map((name) => {
    const { value: defaultValue, unit, min, max, source } = DEADLINE_POLICY[name];
    return { name, value: policy[name], defaultValue, unit, min, max, source };
  });
}

/** Holds for what is planned from now on; a watch that waits already plans anew when it wakes. @throws InvalidInput, NotAllowed */
export async function changeDeadlinePolicy(
  app: App,
  actor: Actor,
  input: { values: Partial<DeadlinePolicy>; reason: string },
): Promise<DeadlinePolicy> {
  demand(actor, 'changeDeadlinePolicy');
  const checks = new FieldChecks();
  const reason = checks.text('reason', input.reason, { required: true, max: 500 });
  const names = deadlinePolicyNames.filter((name) => input.values[name] !== undefined);
  for (const name of names) {
    const value = checks.number(name, input.values[name], DEADLINE_POLICY[name]);
    if (value !== null && !Number.isInteger(value)) checks.add(name, 'notWhole');
  }
  checks.throwIfAny();
  return app.transaction(async (stores) => {
    const before = await deadlinePolicyOf(stores);
    for (const name of names) await stores.settings.set(`deadline.${name}`, String(input.values[name]));
    const changed = Object.fromEntries(names.map((name) => [name, input.values[name]]));
    const was = Object.fromEntries(names.map((name) => [name, before[name]]));
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'deadlinePolicyChanged',
      subject: 'deadlinePolicy',
      reason,
      data: { changed, was },
    });
    return deadlinePolicyOf(stores);
  });
}
