import type { UnitStore } from '../domain/ports/stores.ts';
import type { Unit } from '../domain/unit/unit.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const unitShape: TableShape<Unit> = {
  name: 'unit',
  key: 'unitCode',
  columns: {
    unitCode: 'plain',
    name: 'plain',
    nameEn: 'plain',
    tier: 'plain',
    kind: 'plain',
    divisionCode: 'plain',
    dutyPhone: 'plain',
    active: 'flag',
  },
};

export function unitStore(database: Database): UnitStore {
  const table = tableIn(database, unitShape);
  return {
    all: () => table.list((query) => query.orderBy(['tier', 'unitCode'])),
    find: table.find,
    insert: table.insert,
    update: table.update,
  };
}
