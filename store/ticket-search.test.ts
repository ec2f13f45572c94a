import test from 'ava';
import type { TicketQuery, TicketScope } from '../domain/ports/queries.ts';
import { compareGrams, indexGrams, searchTerms } from './grams.ts';
import { databases } from './testing/databases.ts';
import { monday, sampleAssignment, sampleLimit, sampleTask, sampleTicket } from './testing/samples.ts';

type AnyScope = Extract<TicketScope, { kind: 'ANY' }>;
const nobody: Omit<AnyScope, 'kind'> = { agentId: null, unitCode: null, divisionCode: null, groups: [] };
const only = (scope: Partial<AnyScope>): TicketScope => ({
  kind: 'ANY',
  ...nobody,
  ...scope,
});

for (const kind of databases) {
  const on = (title: string) => `${title} (${kind.name})`;
  const opening = kind.open().then(async (database) => {
    const { tickets, assignments, limits, tasks } = database.store.stores;
    const add = (ticketNo: string, changes: Parameters<typeof sampleTicket>[1]) =>
      tickets.insert(
        sampleTicket(ticketNo, { content: '', addressText: '', queryCode: `K7P${ticketNo.slice(-1)}`, ...changes }),
      );
    await add('GD2026112300001', {
      title: '锦苑小区室温14度，老人感冒',
      addressText: '朔城区锦苑小区3号楼',
      createdAt: monday,
    });
    await add('GD2026112300002', {
      title: '热力主管网爆裂，三个小区停暖',
      createdAt: monday + 1,
      urgency: 'IMMEDIATE',
      agentId: 'agent-he',
    });
    await add('GD2026112300003', {
      title: '井坪镇停水两天',
      divisionCode: '140603',
      createdAt: monday + 2,
      hostUnitCode: 'water',
    });
    await add('GD2026112300004', {
      title: '3路公交末班车延长',
      requestType: 'SUGGEST',
      createdAt: monday + 3,
      hostUnitCode: 'bus',
    });
    await add('GD2026112300005', {
      title: '小区停暖',
      status: 'CLOSED',
      closedAt: monday + 9,
      createdAt: monday + 4,
      divisionCode: '140603',
    });
    await assignments.insert(sampleAssignment('GD2026112300004', { unitCode: 'traffic-police' }));
    await limits.insert(sampleLimit('GD2026112300002', { dueAt: monday + 50 }));
    await limits.insert(sampleLimit('GD2026112300003', { dueAt: monday + 40 }));
    await tasks.upsert(sampleTask('1', 'GD2026112300005', { candidateGroups: ['quality'], state: 'COMPLETED' }));
    return database;
  });
  const find = async (query: Partial<TicketQuery>) => {
    const { tickets } = (await opening).store.stores;
    const page = await tickets.search({ scope: { kind: 'ALL' }, limit: 50, ...query });
    if (page.nextCursor === null && !query.cursor && page.total !== page.items.length) throw new Error('wrong total');
    return page.items.map(({ ticketNo }) => Number(ticketNo.slice(-5)));
  };
  test.after.always(async () => (await opening).drop());

  test(on('words find a ticket by parts of its text, its number, its last digits and its query code'), async (t) => {
    t.deepEqual(await find({ words: '停暖' }), [5, 2]);
    t.deepEqual(await find({ words: '停暖 热力' }), [2]);
    t.deepEqual(await find({ words: '水' }), [3]);
    t.deepEqual(await find({ words: '锦苑小区3号楼' }), [1]);
    t.deepEqual(await find({ words: 'gd2026112300003' }), [3]);
    t.deepEqual(await find({ words: 'GD20261123' }), [5, 4, 3, 2, 1]);
    t.deepEqual(await find({ words: '00004' }), [4]);
    t.deepEqual(await find({ words: 'k7p2' }), [2]);
    t.deepEqual(await find({ words: '煤气' }), []);
    t.deepEqual(await find({ words: "%_'\\" }), []);
    t.is((await find({ words: ' ', createdFrom: monday })).length, 5);
  });

  test(on('changed words are found, the old ones no more'), async (t) => {
    const { tickets } = (await opening).store.stores;
    await tickets.insert(
      sampleTicket('GD2026110100009', { title: '旧的标题', content: '', addressText: '', createdAt: monday - 9 }),
    );
    const { version } = await tickets.update('GD2026110100009', 1, { title: '新的名称', content: 'x'.repeat(2000) });
    t.deepEqual(await find({ words: '新的名称' }), [9]);
    t.deepEqual(await find({ words: '旧的标题' }), []);
    await tickets.update('GD2026110100009', version, { status: 'CANCELLED' });
    t.deepEqual(await find({ words: '新的名称' }), [9]);
    t.deepEqual(await find({ words: '新的名称', open: true }), []);
  });

  test(on('an actor finds what the scope lets them know of, and nothing else'), async (t) => {
    const words = 'GD20261123';
    t.deepEqual(await find({ words, scope: only({}) }), []);
    t.deepEqual(await find({ words, scope: only({ agentId: 'agent-he' }) }), [2]);
    t.deepEqual(await find({ words, scope: only({ unitCode: 'traffic-police' }) }), [4]);
    t.deepEqual(await find({ words, scope: only({ divisionCode: '140603' }) }), [5, 3]);
    t.deepEqual(await find({ words, scope: only({ groups: ['quality', 'x'] }) }), [5]);
    t.deepEqual(await find({ words, scope: only({ agentId: 'agent-he', groups: ['quality'] }) }), [5, 2]);
    t.deepEqual(await find({ words: '停水', scope: only({ agentId: 'agent-he' }) }), []);
  });

  test(on('filters narrow the list, sorting orders it, none due last'), async (t) => {
    const words = 'GD20261123';
    t.deepEqual(await find({ words, open: true }), [4, 3, 2, 1]);
    t.deepEqual(await find({ words, open: false }), [5]);
    t.deepEqual(await find({ words, status: ['CLOSED', 'MERGED'] }), [5]);
    t.deepEqual(await find({ words, unitCode: 'traffic-police' }), [4]);
    t.deepEqual(await find({ words, unitCode: 'water' }), [3]);
    t.deepEqual(await find({ words, requestType: 'SUGGEST' }), [4]);
    t.deepEqual(await find({ words, urgency: 'IMMEDIATE' }), [2]);
    t.deepEqual(await find({ words, divisionCode: '140603' }), [5, 3]);
    t.deepEqual(await find({ words, overdueAt: monday + 45 }), [3]);
    t.deepEqual(await find({ words, createdFrom: monday + 1, createdTo: monday + 3 }), [3, 2]);
    t.deepEqual(await find({ words, sort: 'createdAt' }), [1, 2, 3, 4, 5]);
    t.deepEqual(await find({ words, sort: 'dueAt' }), [3, 2, 1, 4, 5]);
    t.deepEqual(await find({ words, sort: '-dueAt' }), [2, 3, 5, 4, 1]);
    const { tickets } = (await opening).store.stores;
    const page = await tickets.search({ scope: { kind: 'ALL' }, limit: 2, words, sort: 'dueAt' });
    t.like(page.items[0], {
      title: '井坪镇停水两天',
      dueAt: monday + 40,
      startAt: monday,
      pausedAt: null,
      hostUnitCode: 'water',
    });
    t.false('updatedAt' in page.items[0]!);
    t.is(page.total, 5);
  });

  test(on('similar tickets are the open ones of the place, the most alike first'), async (t) => {
    const { tickets } = (await opening).store.stores;
    const alike = await tickets.similar({ words: '我们小区也停暖了', limit: 5 });
    t.is(alike[0]?.ticketNo, 'GD2026112300002');
    t.true(alike[0]!.score > 0 && alike[0]!.score <= 1);
    t.false(alike.some(({ status }) => status === 'CLOSED'));
    t.deepEqual(
      alike.map(({ score }) => score),
      alike.map(({ score }) => score).sort((a, b) => b - a),
    );
    t.deepEqual(await tickets.similar({ words: '停暖', divisionCode: '140603', limit: 5 }), []);
    t.deepEqual(await tickets.similar({ words: '停暖', categoryCode: '060101', limit: 5 }), []);
    t.is(
      (await tickets.similar({ words: '停暖', categoryCode: '050999', divisionCode: '140602', limit: 1 })).length,
      1,
    );
    t.deepEqual(await tickets.similar({ words: '，。', limit: 5 }), []);
  });
}

test('Han text is cut into characters and pairs, everything else into words', (t) => {
  t.deepEqual(indexGrams(['停水2天GD7 ＡＢ', '𠮷水']), ['停', '水', '停水', '2', '天', 'gd7', 'ab', '𠮷', '𠮷水']);
  t.deepEqual(searchTerms('停水2天gd7'), { grams: ['停水', '天'], prefixes: ['2', 'gd7'] });
  t.deepEqual(compareGrams('停水了 gd7 停水'), ['停水', '水了', 'gd7']);
});
