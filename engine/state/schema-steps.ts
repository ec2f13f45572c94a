/**
 * What changed in the tables since the first version (schema.ts, `tables`), in the order of the changes. A file of an
 * older version gets the steps that it misses when it is opened, a new file gets them all. A step that has been
 * released is never edited: a later change is a further step.
 */
export interface SchemaStep {
  name: string;
  sql: string;
}

export const schemaSteps: readonly SchemaStep[] = [
  {
    name: 'batch operations and the deletion of history',
    sql: `
-- after_key: items up to this key are listed; null once all are, and from then on items are worked on
CREATE TABLE batch_operation (
  key INTEGER PRIMARY KEY, type TEXT NOT NULL, state TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
  total INTEGER NOT NULL, completed INTEGER NOT NULL, failed INTEGER NOT NULL, after_key INTEGER,
  selection TEXT NOT NULL, plan TEXT NOT NULL, actor_type TEXT, actor_id TEXT, errors TEXT
);
CREATE INDEX batch_operation_running ON batch_operation (key) WHERE state IN ('CREATED', 'ACTIVE');

CREATE TABLE batch_operation_item (
  batch_operation_key INTEGER NOT NULL, item_key INTEGER NOT NULL, process_instance_key INTEGER,
  root_process_instance_key INTEGER, state TEXT NOT NULL, processed_at INTEGER, error_message TEXT,
  PRIMARY KEY (batch_operation_key, item_key)
) WITHOUT ROWID;
CREATE INDEX batch_operation_item_open ON batch_operation_item (batch_operation_key, item_key) WHERE state = 'ACTIVE';
CREATE INDEX batch_operation_item_process_instance ON batch_operation_item (process_instance_key);
CREATE INDEX batch_operation_item_key ON batch_operation_item (item_key);

-- process instances that are deleted, whose rows are taken away bit by bit
CREATE TABLE history_deletion (process_instance_key INTEGER PRIMARY KEY);
`,
  },
];
