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
  {
    name: 'signals and compensation',
    sql: `
-- process_instance_key and element_instance_key are null for signal start events
CREATE TABLE signal_subscription (
  key INTEGER PRIMARY KEY, signal_name TEXT NOT NULL, process_definition_key INTEGER NOT NULL,
  process_instance_key INTEGER, element_instance_key INTEGER, element_ref INTEGER NOT NULL
);
CREATE INDEX signal_subscription_name ON signal_subscription (signal_name, key);
CREATE INDEX signal_subscription_element_instance ON signal_subscription (element_instance_key)
  WHERE element_instance_key IS NOT NULL;
CREATE INDEX signal_subscription_definition ON signal_subscription (process_definition_key)
  WHERE element_instance_key IS NULL;

-- A signal that more subscriptions wait for than one command triggers: those after after_key up to until_key are left.
CREATE TABLE signal (
  key INTEGER PRIMARY KEY, name TEXT NOT NULL, variables TEXT NOT NULL, after_key INTEGER NOT NULL,
  until_key INTEGER NOT NULL
);

-- A completed activity that can be compensated, or a completed scope with such ones inside (handler_ref is null).
CREATE TABLE compensation_subscription (
  key INTEGER PRIMARY KEY, process_instance_key INTEGER NOT NULL, activity_ref INTEGER NOT NULL,
  activity_key INTEGER NOT NULL, scope_key INTEGER NOT NULL, handler_ref INTEGER, throw_key INTEGER
);
CREATE INDEX compensation_subscription_process_instance ON compensation_subscription (process_instance_key);
CREATE INDEX compensation_subscription_scope ON compensation_subscription (scope_key);
CREATE INDEX compensation_subscription_activity ON compensation_subscription (activity_key);
CREATE INDEX compensation_subscription_throw ON compensation_subscription (throw_key) WHERE throw_key IS NOT NULL;
`,
  },
  {
    name: 'conditional events, items of loops, global listeners',
    sql: `
      -- process_instance_key and element_instance_key are null for start events of processes
      CREATE TABLE conditional_subscription (
        key INTEGER PRIMARY KEY, process_definition_key INTEGER NOT NULL, process_instance_key INTEGER,
        element_instance_key INTEGER, element_ref INTEGER NOT NULL
      );
      CREATE INDEX conditional_subscription_process_instance ON conditional_subscription (process_instance_key)
        WHERE process_instance_key IS NOT NULL;
      CREATE INDEX conditional_subscription_definition ON conditional_subscription (process_definition_key)
        WHERE process_instance_key IS NULL;

      CREATE TABLE loop_item (
        body_key INTEGER NOT NULL, position INTEGER NOT NULL, item TEXT, output TEXT, PRIMARY KEY (body_key, position)
      ) WITHOUT ROWID;

      -- event_types: the API's words in a JSON array
      CREATE TABLE global_task_listener (
        id TEXT PRIMARY KEY, type TEXT NOT NULL, retries INTEGER NOT NULL, event_types TEXT NOT NULL,
        after_non_global INTEGER NOT NULL, priority INTEGER NOT NULL, source TEXT NOT NULL
      ) WITHOUT ROWID;
    `,
  },
  {
    name: 'searches in the order of their keys',
    sql: `
      -- an index of one column holds its rows in the order of their keys: a page is read without sorting what fits
      CREATE INDEX process_instance_by_definition ON process_instance (process_definition_key);
      CREATE INDEX process_instance_by_state ON process_instance (state);
      CREATE INDEX user_task_by_state ON user_task (state);
      CREATE INDEX user_task_by_element ON user_task (element_ref);
      -- short values are what people look for, and what may stand in an index
      CREATE INDEX variable_by_value ON variable (name, value) WHERE octet_length(value) <= 200;

      -- who might have taken a task that has ended is asked for too
      INSERT OR IGNORE INTO user_task_candidate
        SELECT 'group', g.value, t.key FROM user_task t, json_each(t.candidate_groups) g WHERE t.candidate_groups IS NOT NULL;
      INSERT OR IGNORE INTO user_task_candidate
        SELECT 'user', u.value, t.key FROM user_task t, json_each(t.candidate_users) u WHERE t.candidate_users IS NOT NULL;
    `,
  },
  {
    name: 'definitions deleted with their history',
    sql: `
      -- purge: 1 its history goes once no instance runs any more, 2 the batch that does it has been made
      ALTER TABLE process_definition ADD COLUMN purge INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX process_definition_purge ON process_definition (key) WHERE purge > 0;
      ALTER TABLE decision_requirements ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE decision ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
    `,
  },
  {
    name: 'cluster variables, audit log and users of tasks',
    sql: `
-- tenant_id is empty for those of the whole cluster
CREATE TABLE cluster_variable (
  tenant_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE audit_log (
  key INTEGER PRIMARY KEY, entity_key TEXT NOT NULL, entity_type TEXT NOT NULL, operation_type TEXT NOT NULL,
  category TEXT NOT NULL, result TEXT NOT NULL, logged_at INTEGER NOT NULL, actor_type TEXT NOT NULL, actor_id TEXT,
  entity_description TEXT, process_definition_key INTEGER, process_instance_key INTEGER, element_instance_key INTEGER,
  user_task_key INTEGER, job_key INTEGER, decision_key INTEGER, decision_requirements_key INTEGER,
  decision_evaluation_key INTEGER, deployment_key INTEGER, form_key INTEGER, resource_key INTEGER,
  batch_operation_key INTEGER, batch_operation_type TEXT, related_entity_key TEXT, related_entity_type TEXT
);
CREATE INDEX audit_log_process_instance ON audit_log (process_instance_key) WHERE process_instance_key IS NOT NULL;
CREATE INDEX audit_log_user_task ON audit_log (user_task_key) WHERE user_task_key IS NOT NULL;
CREATE INDEX audit_log_logged_at ON audit_log (logged_at);

-- Who was assigned a task in which hour, for the usage figures.
CREATE TABLE task_user (hour INTEGER NOT NULL, assignee TEXT NOT NULL, PRIMARY KEY (hour, assignee)) WITHOUT ROWID;
`,
  },
  {
    name: 'counts of jobs',
    sql: `
-- Jobs created, completed and failed in a minute (bucket: its first millisecond), and when last; worker: empty for none.
CREATE TABLE job_statistic (
  bucket INTEGER NOT NULL, type TEXT NOT NULL, worker TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  created INTEGER NOT NULL, created_at INTEGER, completed INTEGER NOT NULL, completed_at INTEGER,
  failed INTEGER NOT NULL, failed_at INTEGER, PRIMARY KEY (bucket, type, worker)
) WITHOUT ROWID;
CREATE INDEX job_statistic_type ON job_statistic (type, bucket);

-- what the state of the jobs still tells of the time before they were counted
INSERT INTO job_statistic
SELECT at - at % 60000, type, worker, min(at), max(at),
  sum(what = 'created'), max(iif(what = 'created', at, NULL)),
  sum(what = 'completed'), max(iif(what = 'completed', at, NULL)),
  sum(what = 'failed'), max(iif(what = 'failed', at, NULL))
FROM (
  SELECT created_at AS at, type, '' AS worker, 'created' AS what FROM job
  UNION ALL SELECT ended_at, type, coalesce(worker, ''), 'completed' FROM job WHERE state = 'COMPLETED'
  UNION ALL SELECT coalesce(updated_at, ended_at), type, coalesce(worker, ''), 'failed' FROM job
    WHERE state IN ('FAILED', 'ERROR_THROWN', 'TIMED_OUT')
) WHERE at IS NOT NULL GROUP BY 1, 2, 3;
`,
  },
  {
    name: 'what runs inside of an instance',
    sql: `
      -- an element's end, and what comes after it, change one page of this: those of an instance stand together
      CREATE INDEX element_instance_inside ON element_instance (process_instance_key, state, scope_key);
      DROP INDEX element_instance_process_instance;
      DROP INDEX element_instance_scope;
    `,
  },
  {
    name: 'what an element has called',
    sql: `
CREATE INDEX process_instance_parent_element ON process_instance (parent_element_key) WHERE parent_element_key IS NOT NULL;
`,
  },
];
