import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { DIVISIONS } from '../defaults/divisions.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Unit } from './unit.ts';

function checkUnit(input: Unit): Unit {
  const checks = new FieldChecks();
  const kind = checks.option('kind', input.kind, ['DEPARTMENT', 'ENTERPRISE', 'DIVISION'], true) ?? 'DEPARTMENT';
  const unit: Unit = {
    unitCode: checks.text('unitCode', input.unitCode, { required: true, max: 40, pattern: /^[a-z][a-z0-9-]*$/ }) ?? '',
    name: checks.text('name', input.name, { required: true, max: 50 }) ?? '',
    nameEn: checks.text('nameEn', input.nameEn, { required: true, max: 100 }) ?? '',
    tier: input.tier,
    kind,
    divisionCode: checks.text('divisionCode', input.divisionCode, { required: kind === 'DIVISION', max: 6 }),
    dutyPhone: checks.text('dutyPhone', input.dutyPhone, { max: 30 }),
    active: input.active,
  };
  if (![1, 2, 3].includes(input.tier)) checks.add('tier', 'notAnOption', { value: String(input.tier) });
  if (unit.divisionCode !== null && !DIVISIONS.some(({ code }) => code === unit.divisionCode)) {
    checks.add('divisionCode', 'unknownDivision', { divisionCode: unit.divisionCode });
  }
  checks.throwIfAny();
  return unit;
}

/** A new member unit [S14]. @throws InvalidInput, NotAllowed, Conflict('unitExists') */
export async function createUnit(app: App, actor: Actor, input: Unit): Promise<Unit> {
  demand(actor, 'changeUnit');
  const unit = checkUnit(input);
  await app.transaction(async (stores) => {
    if (await stores.units.find(unit.unitCode)) throw new Conflict('unitExists', { unitCode: unit.unitCode });
    await stores.units.insert(unit);
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'unitCreated',
      subject: unit.unitCode,
      data: { ...unit },
    });
  });
  return unit;
}

/**
 * Everything but its code. A unit that is no longer active keeps what it holds and is given nothing new.
 * @throws InvalidInput, NotFound, NotAllowed
 */
export async function updateUnit(app: App, actor: Actor, input: Unit): Promise<Unit> {
  demand(actor, 'changeUnit');
  const { unitCode, ...changes } = checkUnit(input);
  await app.transaction(async (stores) => {
    const before = await stores.units.find(unitCode);
    if (!before) throw new NotFound('unit', unitCode);
    await stores.units.update(unitCode, changes);
    const { name, active } = before;
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'unitChanged',
      subject: unitCode,
      data: { ...changes, nameBefore: name, activeBefore: active },
    });
  });
  return { unitCode, ...changes };
}
