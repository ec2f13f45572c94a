import {
  boolean,
  defineSearch,
  integer,
  list,
  string,
  Where,
  type Column,
  type SearchSource,
} from '../search/column.ts';
import { compileProperty } from '../search/compile-filter.ts';

const eventType: Column = { sql: 'listened.value', type: 'string', nullable: false, hidden: false };

const source = defineSearch({
  entity: 'Global Listener',
  from: 'global_task_listener',
  tieBreaker: 'id',
  columns: {
    id: string,
    type: string,
    retries: integer,
    eventTypes: list,
    afterNonGlobal: boolean,
    priority: integer,
    source: string,
  },
  filters: {
    // each of them is one that the listener hears
    eventTypes: (wanted: unknown[], where) => {
      for (const condition of wanted) {
        const side = new Where();
        compileProperty(eventType, condition, side);
        const sql = `EXISTS (SELECT 1 FROM json_each(event_types) AS listened${side.toSql()})`;
        where.and(sql, ...side.parameters);
      }
    },
  },
});

/** They belong to no tenant. */
export const globalListeners: SearchSource = {
  ...source,
  toItem: (row) => {
    const { tenantId: _, ...item } = source.toItem(row);
    return item;
  },
};
