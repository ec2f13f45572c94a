import type { LimitRule } from '../domain/deadline/limit.ts';
import type { LimitRuleStore } from '../domain/ports/stores.ts';
import type { Database } from './database.ts';
import { type TableShape, tableIn } from './table.ts';

export const limitRuleShape: TableShape<LimitRule> = {
  name: 'limit_rule',
  key: 'ruleId',
  columns: {
    ruleId: 'plain',
    limitClass: 'plain',
    step: 'plain',
    amount: 'plain',
    unit: 'plain',
    source: 'plain',
    validFrom: 'plain',
    validTo: 'plain',
  },
};

export function limitRuleStore(database: Database): LimitRuleStore {
  const table = tableIn(database, limitRuleShape);
  return {
    all: () => table.list((query) => query.orderBy(['limitClass', 'step', 'validFrom', 'ruleId'])),
    insert: table.insert,
    update: table.update,
  };
}
