import Database from 'better-sqlite3';
import fc from 'fast-check';
import test from 'ava';
import { ReadStatements } from '../read-statements.ts';
import { dateTime, defineSearch, integer, nullableString } from './column.ts';
import { globOf } from './compile-filter.ts';
import { runSearch, type SearchRequest } from './run-search.ts';

const source = defineSearch({
  entity: 'Thing',
  from: 'thing',
  tieBreaker: 'key',
  columns: { thingKey: { type: 'key', sql: 'key' }, name: nullableString, size: integer, at: dateTime('at') },
});

const rows = Array.from({ length: 57 }, (_, index) => ({
  key: index + 1,
  name: index % 5 === 0 ? null : `name [${index % 7}]`,
  size: index % 4,
  at: index * 1000,
}));

function database() {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE thing (key INTEGER PRIMARY KEY, name TEXT, size INTEGER, at INTEGER)');
  const insert = db.prepare('INSERT INTO thing VALUES (@key, @name, @size, @at)');
  for (const row of rows) insert.run(row);
  return new ReadStatements(db);
}

const keysOf = (result: { items: Record<string, unknown>[] }) => result.items.map((item) => Number(item.thingKey));

function keysWhere(filter: SearchRequest['filter']) {
  return keysOf(runSearch(database(), source, { filter }));
}

test('every operator finds what a plain comparison finds', (t) => {
  const expected = (keep: (row: (typeof rows)[number]) => boolean) => rows.filter(keep).map((row) => row.key);
  t.deepEqual(
    keysWhere({ size: 2 }),
    expected((row) => row.size === 2),
  );
  t.deepEqual(
    keysWhere({ size: { $neq: 2 } }),
    expected((row) => row.size !== 2),
  );
  t.deepEqual(
    keysWhere({ size: { $gte: 1, $lt: 3 } }),
    expected((row) => row.size >= 1 && row.size < 3),
  );
  t.deepEqual(
    keysWhere({ size: { $in: [0, 3] } }),
    expected((row) => row.size === 0 || row.size === 3),
  );
  t.deepEqual(
    keysWhere({ name: { $exists: false } }),
    expected((row) => row.name === null),
  );
  t.deepEqual(
    keysWhere({ name: { $notIn: ['name [1]'] } }),
    expected((row) => row.name !== 'name [1]'),
  );
  t.deepEqual(
    keysWhere({ name: { $like: 'name [?]' } }),
    expected((row) => row.name !== null),
  );
  t.deepEqual(
    keysWhere({ name: { $like: '*[3]' } }),
    expected((row) => row.name === 'name [3]'),
  );
  t.deepEqual(
    keysWhere({ at: { $gt: '1970-01-01T00:00:50.000Z' } }),
    expected((row) => row.at > 50_000),
  );
  t.deepEqual(keysWhere({ thingKey: { $in: ['3', '99999999999999999999'] } }), [3]);
  t.deepEqual(
    keysWhere({ size: 1, $or: [{ at: { $lt: '1970-01-01T00:00:09Z' } }, { name: 'name [0]' }] }),
    expected((row) => row.size === 1 && (row.at < 9000 || row.name === 'name [0]')),
  );
});

test('a like pattern keeps its escapes', (t) => {
  t.is(globOf('a*b?'), 'a*b?');
  t.is(globOf('a\\*b\\?c\\\\d'), 'a[*]b[?]c\\d');
  t.is(globOf('[x]'), '[[]x]');
});

test('an operator object without operators leaves nothing out', (t) => {
  t.deepEqual(keysWhere({ size: {} }), keysWhere({}));
});

test('pages by cursor, forwards and backwards, give the whole list once and in order', (t) => {
  const read = database();
  const field = fc.constantFrom('thingKey', 'name', 'size', 'at');
  const order = fc.constantFrom('ASC' as const, 'DESC' as const);
  fc.assert(
    fc.property(
      fc.array(fc.record({ field, order }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 20 }),
      (sort, limit) => {
        const whole = keysOf(runSearch(read, source, { sort, page: { limit: 1000 } }));
        const forwards: number[] = [];
        let after: string | undefined;
        let last = '';
        for (;;) {
          const result = runSearch(read, source, { sort, page: after ? { after, limit } : { limit } });
          if (result.items.length === 0) break;
          forwards.push(...keysOf(result));
          last = result.page.startCursor!;
          after = result.page.endCursor!;
        }
        t.deepEqual(forwards, whole);
        const lastPage = whole.slice(Math.floor((whole.length - 1) / limit) * limit);
        const backwards: number[] = [...lastPage];
        for (;;) {
          const result = runSearch(read, source, { sort, page: { before: last, limit } });
          if (result.items.length === 0) break;
          backwards.unshift(...keysOf(result));
          last = result.page.startCursor!;
        }
        t.deepEqual(backwards, whole);
      },
    ),
    { numRuns: 60 },
  );
});

test('what has no value sorts last in both directions', (t) => {
  for (const order of ['ASC', 'DESC'] as const) {
    const { items } = runSearch(database(), source, { sort: [{ field: 'name', order }], page: { limit: 1000 } });
    const firstEmpty = items.findIndex((item) => item.name === null);
    t.true(items.slice(firstEmpty).every((item) => item.name === null));
  }
});

test('a page by offset, the total and a foreign cursor', (t) => {
  const read = database();
  const result = runSearch(read, source, { filter: { size: 0 }, page: { from: 10, limit: 10 } });
  t.is(result.items.length, 5);
  t.is(result.page.totalItems, 15);
  t.false(result.page.hasMoreTotalItems);
  t.throws(() => runSearch(read, source, { page: { after: 'WzEsMl0=' } }), { message: /does not belong/ });
  t.throws(() => runSearch(read, source, { page: { after: 'bm8=' } }), { message: /does not belong/ });
});
