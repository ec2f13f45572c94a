import test from 'ava';
import { databases } from './testing/databases.ts';
import { monday, sampleEvent, sampleLimit, sampleTicket } from './testing/samples.ts';

/** Which tables are append-only. A later migration that rebuilds one on SQLite loses its triggers without a word. */
const expectedTriggers = [
  'audit_no_delete',
  'audit_no_update',
  'limit_fact_no_delete',
  'limit_fact_no_update',
  'ticket_event_no_delete',
  'ticket_event_no_update',
];

/** `any`: better-sqlite3's errors are none that the language itself made. */
const hanging = { any: true, message: /foreign key/i } as const;

for (const kind of databases) {
  const opening = kind.open();
  const on = (title: string) => `${title} (${kind.name})`;
  test.after.always(async () => (await opening).drop());

  test(on('after all migrations the history has its guards'), async (t) => {
    const { knex } = (await opening).store;
    const triggers: { name: string }[] =
      kind.name === 'SQLite'
        ? await knex('sqlite_master').where({ type: 'trigger' }).select('name').orderBy('name')
        : await knex('information_schema.triggers')
            .whereRaw('trigger_schema = database()')
            .select('trigger_name as name')
            .orderBy('name');
    t.deepEqual(
      triggers.map(({ name }) => name),
      expectedTriggers,
    );
  });

  test(on('what happened can be neither changed nor taken away'), async (t) => {
    const { knex, stores } = (await opening).store;
    await stores.tickets.insert(sampleTicket('GD1'));
    await stores.limits.insert(sampleLimit('GD1'));
    const fact = { limitId: sampleLimit('GD1').limitId, at: monday, actorId: 'system', reason: null } as const;
    await stores.limits.appendFact({ ...fact, kind: 'PAUSED' });
    await stores.events.append(sampleEvent('GD1'));
    const act = { at: monday, actorId: 'admin', action: 'signedIn', subject: 'admin', reason: null, data: {} };
    await stores.audit.append({ ...act, remoteAddress: null });
    for (const table of ['ticket_event', 'audit', 'limit_fact']) {
      const refused = { any: true as const, message: new RegExp(`${table} is append-only`) };
      await t.throwsAsync(async () => knex(table).update({ actorId: 'somebody else' }), refused);
      await t.throwsAsync(async () => knex(table).delete(), refused);
      const rows: unknown[] = await knex(table).select();
      t.is(rows.length, 1);
    }
  });

  test(on('nothing hangs in the air: a row that names a ticket needs that ticket'), async (t) => {
    const { stores } = (await opening).store;
    await t.throwsAsync(stores.events.append(sampleEvent('GD-nowhere')), hanging);
    await t.throwsAsync(stores.limits.insert(sampleLimit('GD-nowhere')), hanging);
  });

  test(on('text is compared by code point, and no character is lost'), async (t) => {
    const { knex, stores } = (await opening).store;
    for (const name of ['é', 'e', 'E', '𠮷', '吉', '😷']) await stores.settings.set(`name-${name}`, name);
    for (const name of ['é', 'e', 'E', '𠮷', '吉', '😷']) t.is(await stores.settings.get(`name-${name}`), name);
    const names: { name: string }[] = await knex('setting').orderBy('name').select('name');
    t.deepEqual(
      names.map(({ name }) => name.slice(5)),
      ['E', 'e', 'é', '吉', '😷', '𠮷'],
    );
  });
}
