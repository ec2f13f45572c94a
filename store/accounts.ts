import type { Account } from '../domain/account/account.ts';
import type { AccountStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const accountShape: TableShape<Account> = {
  name: 'account',
  key: 'accountId',
  columns: {
    accountId: 'plain',
    displayName: 'plain',
    roles: 'json',
    unitCode: 'plain',
    divisionCode: 'plain',
    locale: 'plain',
    theme: 'plain',
    active: 'flag',
    passwordHash: 'plain',
    mustChangePassword: 'flag',
    createdAt: 'plain',
  },
};

export function accountStore(database: Database): AccountStore {
  const table = tableIn(database, accountShape);
  return {
    find: table.find,
    insert: table.insert,
    update: table.update,
    list: () => table.list((query) => query.orderBy('accountId')),
  };
}
