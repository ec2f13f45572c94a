import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { type DueMove, type MovePreview, movesBy, previewOf } from '../deadline/due-move.ts';
import type { Limit } from '../deadline/limit.ts';
import { dueFrom } from '../deadline/limit-ledger.ts';
import { moveDue } from '../deadline/move-due.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { transact } from '../ports/transact.ts';
import { checkCalendar } from './check-calendar.ts';
import { dayOfDate, startOfDay } from './shanghai-time.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export type NewCalendar = Omit<WorkingCalendar, 'version'>;

/** The calendar in force, for everybody who may see due times. */
export function loadCalendar(app: App): Promise<WorkingCalendar> {
  return app.stores.calendar.load();
}

/** What a changed calendar would move, nothing written. @throws InvalidInput, NotAllowed */
export async function previewCalendarChange(app: App, actor: Actor, input: NewCalendar): Promise<MovePreview> {
  demand(actor, 'changeCalendar');
  checkCalendar(input);
  const before = await app.stores.calendar.load();
  const moves = await calendarMoves(app.stores, app.clock.now(), before, { ...input, version: before.version + 1 });
  return previewOf(moves.map(({ move }) => move));
}

/**
 * A new version of the calendar. Every open due time that it moves is moved in the same transaction, in its ledger and with its
 * tasks; limits that it does not touch stay as they are, closed ones always.
 * @throws InvalidInput, NotAllowed, Conflict('calendarChanged') when somebody saved another version meanwhile
 */
export async function changeCalendar(
  app: App,
  actor: Actor,
  input: NewCalendar & { expectedVersion: number; reason: string },
): Promise<MovePreview & { version: number }> {
  demand(actor, 'changeCalendar');
  const { expectedVersion, years, days, openingHours } = input;
  const next: NewCalendar = { years, days, openingHours };
  checkCalendar(next);
  const checks = new FieldChecks();
  const reason = checks.text('reason', input.reason, { required: true, max: 500 });
  checks.throwIfAny();
  return transact(app, async (context) => {
    const { stores, now, realNow } = context;
    const before = await stores.calendar.load();
    if (before.version !== expectedVersion) throw new Conflict('calendarChanged', { version: before.version });
    const version = await stores.calendar.save(next);
    const moves = await calendarMoves(stores, now, before, { ...next, version });
    for (const { limit } of moves) {
      await moveDue(context, actor, limit, { kind: 'CALENDAR_CHANGED', calendarVersion: version, reason });
    }
    const preview = previewOf(moves.map(({ move }) => move));
    const { total, late } = preview;
    await recordAudit(stores, realNow, actor, {
      action: 'calendarChanged',
      subject: `calendar:${version}`,
      reason,
      data: { fromVersion: before.version, version, moved: total, late },
    });
    return { ...preview, version };
  });
}

function calendarMoves(
  stores: Stores,
  now: number,
  before: WorkingCalendar,
  after: WorkingCalendar,
): Promise<{ limit: Limit; move: DueMove }[]> {
  const changedFrom = firstChangedAt(before, after);
  return movesBy(
    stores,
    now,
    // A limit that is over before the first changed day cannot feel it.
    ({ dueAt }) => changedFrom !== null && dueAt !== null && dueAt >= changedFrom,
    (facts) => dueFrom(facts, () => after).dueAt,
  );
}

/** The beginning of the first day that works otherwise; -Infinity when the hours have changed; null when nothing has. */
function firstChangedAt(before: WorkingCalendar, after: WorkingCalendar): number | null {
  if (JSON.stringify(before.openingHours.spans) !== JSON.stringify(after.openingHours.spans)) return -Infinity;
  const kinds = (calendar: WorkingCalendar) => new Map(calendar.days.map(({ date, kind }) => [date, kind]));
  const [old, fresh] = [kinds(before), kinds(after)];
  const changed = [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((date) => old.get(date) !== fresh.get(date))
    .sort();
  return changed[0] === undefined ? null : startOfDay(dayOfDate(changed[0]));
}
