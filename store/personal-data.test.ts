import { randomBytes } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { normalisePhone } from './normalise-phone.ts';
import { openStore } from './open-store.ts';
import { makeSeal } from './seal.ts';
import { databases } from './testing/databases.ts';
import { monday, sampleCaller, sampleEvent, sampleTicket } from './testing/samples.ts';

const secrets = ['张秀英', '13800000001', '锦苑小区3号楼2单元501', '身份证140602195001010000'];
const writings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);

for (const kind of databases) {
  const opening = kind.open();
  const on = (title: string) => `${title} (${kind.name})`;
  test.after.always(async () => (await opening).drop());

  test.serial(
    on('the database holds no byte of a caller, of an answer or of a draft that could be read'),
    async (t) => {
      const database = await opening;
      const { stores } = database.store;
      await stores.tickets.insert(sampleTicket('GD1', { title: '停暖', content: '停暖', addressText: '某小区' }));
      await stores.callers.insert(sampleCaller('GD1', { address: secrets[2]! }));
      await stores.callers.update('GD1', { name: secrets[0]!, phone: secrets[1]! });
      const answer = {
        answerId: 'a1',
        taskKey: '1',
        ticketNo: 'GD1',
        formId: 'f',
        elementId: 'e',
        actorId: 'zhao',
        at: monday,
      };
      await stores.taskAnswers.insert({ ...answer, answers: { caller: secrets }, state: 'SENT' });
      const draft = { accountId: 'zhao', draftKey: 'intake', data: { caller: secrets }, savedAt: monday };
      await stores.formDrafts.save({ ...draft, data: {} });
      await stores.formDrafts.save(draft);
      for (const table of ['caller', 'task_answer', 'form_draft']) {
        const bytes = await database.rawBytes(table);
        t.true(bytes.length > 100);
        for (const writing of writings) t.false(bytes.includes(writing), `${table} holds ${writing}`);
      }
      t.deepEqual(await stores.callers.find('GD1'), sampleCaller('GD1', { address: secrets[2]! }));
      t.deepEqual(await stores.taskAnswers.find('a1'), { ...answer, answers: { caller: secrets }, state: 'SENT' });
      t.deepEqual(await stores.taskAnswers.ofTicket('GD1'), [
        { ...answer, answers: { caller: secrets }, state: 'SENT' },
      ]);
      t.deepEqual(await stores.formDrafts.find('zhao', 'intake'), draft);
      await stores.formDrafts.delete('zhao', 'intake');
      t.is(await stores.formDrafts.find('zhao', 'intake'), undefined);
    },
  );

  test.serial(
    on('after a change of key the old data open, the number is found, new data take the new key'),
    async (t) => {
      const { settings } = await opening;
      const rotated = await openStore({ ...settings, piiKey: randomBytes(32), formerPiiKeys: [settings.piiKey] });
      t.is((await rotated.stores.callers.find('GD1'))?.name, '张秀英');
      await rotated.stores.tickets.insert(sampleTicket('GD2', { createdAt: monday + 1 }));
      await rotated.stores.callers.insert(sampleCaller('GD2'));
      t.deepEqual(await rotated.stores.callers.ticketNosByPhone('138 0000 0001', 5), ['GD2', 'GD1']);
      await rotated.close();
      const { stores } = (await opening).store;
      await t.throwsAsync(stores.callers.find('GD2'), { message: /sealed with another PII_KEY/ });
    },
  );

  test.serial(on('a sealed value that was moved to another row does not open'), async (t) => {
    const { store } = await opening;
    await store.stores.tickets.insert(sampleTicket('GD3'));
    await store.stores.callers.insert(sampleCaller('GD3'));
    const first: { name: string } = await store.knex('caller').where({ ticketNo: 'GD1' }).first('name');
    await store.knex('caller').where({ ticketNo: 'GD3' }).update({ name: first.name });
    await t.throwsAsync(store.stores.callers.find('GD3'), { message: /authenticate/ });
  });

  test.serial(on('an error of the database does not tell what was to be written'), async (t) => {
    const { stores } = (await opening).store;
    const event = sampleEvent('GD-nowhere', { reason: '张秀英的电话' });
    const failure: unknown = await stores.events.append(event).catch((error: unknown) => error);
    t.regex((failure as Error).message, /foreign key/i);
    t.notRegex(JSON.stringify(failure) + (failure as Error).message, /张秀英|GD-nowhere/);
  });
}

test('what is sealed opens again, differs each time, and a changed byte is noticed', (t) => {
  const seal = makeSeal([randomBytes(32)]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(), (text, place, at) => {
      const sealed = seal.seal(text, place);
      t.is(seal.open(sealed, place), text);
      t.not(seal.seal(text, place), sealed);
      t.throws(() => seal.open(sealed, `${place}!`));
      const [id, body] = sealed.split('.') as [string, string];
      const bytes = Buffer.from(body, 'base64url');
      bytes[at % bytes.length]! ^= 1;
      t.throws(() => seal.open(`${id}.${bytes.toString('base64url')}`, place));
    }),
    { numRuns: 50 },
  );
  t.throws(() => makeSeal(['short']), { message: /PII_KEY is too short/ });
});

test('one number has one spelling', (t) => {
  for (const spelling of [
    '13800000001',
    '138 0000 0001',
    '+86-138-0000-0001',
    '008613800000001',
    '１３８０００００００１',
  ])
    t.is(normalisePhone(spelling), '13800000001');
  t.is(normalisePhone('(0349) 202-0202'), '03492020202');
});
