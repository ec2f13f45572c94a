import type { ChangeStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';

type Change = Awaited<ReturnType<ChangeStore['since']>>[number];
interface ChangeRow extends Omit<Change, 'groups'> {
  groups: string;
  writtenAt: number;
}

/**
 * MySQL gives out numbers before it commits, so a later number can be seen first, and a number whose transaction was
 * undone never comes. A gap is waited for this long, then passed over.
 */
const gapPatienceMs = 3_000;

/** What can be told now: up to the first gap that may still be filled. */
function upToOpenGap(rows: ChangeRow[], after: number, now: number): ChangeRow[] {
  let expected = after + 1;
  for (const [at, row] of rows.entries()) {
    if (row.changeId !== expected && now - row.writtenAt < gapPatienceMs) return rows.slice(0, at);
    expected = row.changeId + 1;
  }
  return rows;
}

export function changeStore(database: Database): ChangeStore {
  return {
    async append({ kind, subject, groups, accountId }) {
      const row = { kind, subject, groups: JSON.stringify(groups), accountId, writtenAt: Date.now() };
      await database.write('change_log').insert(row);
    },
    async since(changeId, limit) {
      const rows: ChangeRow[] = await database
        .read('change_log')
        .where('changeId', '>', changeId)
        .orderBy('changeId')
        .limit(limit);
      const told = database.dialect === 'mysql' ? upToOpenGap(rows, changeId, Date.now()) : rows;
      return told.map(({ changeId: id, kind, subject, groups, accountId }) => ({
        changeId: id,
        kind,
        subject,
        groups: JSON.parse(groups) as string[],
        accountId,
      }));
    },
    async latestId() {
      const rows: { latest?: number | null }[] = await database.read('change_log').max({ latest: 'changeId' });
      return rows[0]?.latest ?? 0;
    },
  };
}
