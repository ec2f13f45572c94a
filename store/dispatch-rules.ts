import type { DispatchRule } from '../domain/dispatch/dispatch-rule.ts';
import type { DispatchRuleStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const dispatchRuleShape: TableShape<DispatchRule> = {
  name: 'dispatch_rule',
  key: 'ruleCode',
  columns: {
    ruleCode: 'plain',
    name: 'plain',
    hostUnitCode: 'plain',
    coHostUnitCodes: 'json',
    source: 'plain',
    validFrom: 'plain',
    validTo: 'plain',
  },
};

export function dispatchRuleStore(database: Database): DispatchRuleStore {
  const table = tableIn(database, dispatchRuleShape);
  return {
    all: () => table.list((query) => query.orderBy('ruleCode')),
    find: table.find,
    insert: table.insert,
    update: table.update,
  };
}
