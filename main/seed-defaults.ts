import { DEFAULT_CALENDAR } from '../domain/defaults/calendar-years.ts';
import { DISPATCH_RULES } from '../domain/defaults/dispatch-rules.ts';
import { LIMIT_RULES } from '../domain/defaults/limit-rules.ts';
import { UNITS } from '../domain/defaults/units.ts';
import type { App } from '../domain/ports/app.ts';

const SEEDED = 'defaultsSeeded';

/** Units, rules and calendar of a new database, once: what admins change or empty later is theirs. */
export async function seedDefaults(app: App): Promise<void> {
  await app.transaction(async (stores) => {
    if ((await stores.settings.get(SEEDED)) !== undefined) return;
    for (const unit of UNITS) await stores.units.insert(unit);
    for (const rule of LIMIT_RULES) await stores.limitRules.insert(rule);
    for (const rule of DISPATCH_RULES) await stores.dispatchRules.insert(rule);
    await stores.calendar.save(DEFAULT_CALENDAR);
    await stores.settings.set(SEEDED, String(app.realClock.now()));
  });
}
