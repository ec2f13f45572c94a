/**
 * The engine's tables as the first version made them (what changed since: schema-steps.ts) and the views as they are
 * now, made anew whenever a step has run. Searches read the same tables through the views below, so rows are the runtime state and
 * the history at once; a row of a finished thing stays, with its end. Partial indexes hold only what is still open.
 *
 * Conventions: keys and instants (`…_at`, epoch ms) are INTEGER; `state` holds the API's word; `phase` is the engine's
 * own finer state; JSON is TEXT. `element` gives every element and sequence flow of every deployed process a small
 * number, so that a row of an instance names its element in one to three bytes.
 */
export const tables = `
CREATE TABLE engine_meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE deployment (key INTEGER PRIMARY KEY, created_at INTEGER NOT NULL);

CREATE TABLE process_definition (
  key INTEGER PRIMARY KEY, process_id TEXT NOT NULL, version INTEGER NOT NULL, version_tag TEXT, name TEXT,
  resource_name TEXT NOT NULL, checksum TEXT NOT NULL, deployment_key INTEGER NOT NULL,
  has_start_form INTEGER NOT NULL DEFAULT 0, start_form_id TEXT, state TEXT NOT NULL DEFAULT 'ACTIVE',
  first_element INTEGER NOT NULL, xml TEXT NOT NULL, model TEXT NOT NULL
);
CREATE UNIQUE INDEX process_definition_version ON process_definition (process_id, version);

CREATE TABLE element (
  ref INTEGER PRIMARY KEY, process_definition_key INTEGER NOT NULL, element_id TEXT NOT NULL, type TEXT NOT NULL,
  name TEXT, source_id TEXT, target_id TEXT
);
CREATE INDEX element_definition ON element (process_definition_key);
CREATE INDEX element_by_id ON element (element_id);

CREATE TABLE decision_requirements (
  key INTEGER PRIMARY KEY, drg_id TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
  resource_name TEXT NOT NULL, checksum TEXT NOT NULL, deployment_key INTEGER NOT NULL, xml TEXT NOT NULL
);
CREATE UNIQUE INDEX decision_requirements_version ON decision_requirements (drg_id, version);

CREATE TABLE decision (
  key INTEGER PRIMARY KEY, decision_id TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, version_tag TEXT,
  decision_requirements_key INTEGER NOT NULL, deployment_key INTEGER NOT NULL
);
CREATE UNIQUE INDEX decision_version ON decision (decision_id, version);
CREATE INDEX decision_requirements_decisions ON decision (decision_requirements_key);

CREATE TABLE form (
  key INTEGER PRIMARY KEY, form_id TEXT NOT NULL, version INTEGER NOT NULL, version_tag TEXT,
  resource_name TEXT NOT NULL, checksum TEXT NOT NULL, deployment_key INTEGER NOT NULL, schema TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX form_version ON form (form_id, version);

CREATE TABLE resource (
  key INTEGER PRIMARY KEY, resource_id TEXT NOT NULL, version INTEGER NOT NULL, version_tag TEXT,
  resource_name TEXT NOT NULL, checksum TEXT NOT NULL, deployment_key INTEGER NOT NULL, content BLOB NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX resource_version ON resource (resource_id, version);

CREATE TABLE process_instance (
  key INTEGER PRIMARY KEY, process_definition_key INTEGER NOT NULL, element_ref INTEGER NOT NULL,
  root_key INTEGER NOT NULL, parent_key INTEGER, parent_element_key INTEGER,
  state TEXT NOT NULL, phase INTEGER NOT NULL, children INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
  depth INTEGER NOT NULL, job_key INTEGER, tags TEXT, business_id TEXT, data TEXT
);
CREATE INDEX process_instance_definition ON process_instance (process_definition_key, state);
CREATE INDEX process_instance_parent ON process_instance (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX process_instance_root ON process_instance (root_key) WHERE root_key <> key;
CREATE INDEX process_instance_business_id ON process_instance (business_id) WHERE business_id IS NOT NULL;

-- Everything that runs inside a process instance. flow_ref is the sequence flow that its token came by.
CREATE TABLE element_instance (
  key INTEGER PRIMARY KEY, process_instance_key INTEGER NOT NULL, scope_key INTEGER NOT NULL,
  element_ref INTEGER NOT NULL, flow_ref INTEGER, is_body INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL, phase INTEGER NOT NULL, children INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
  job_key INTEGER, data TEXT
);
CREATE INDEX element_instance_process_instance ON element_instance (process_instance_key);
CREATE INDEX element_instance_element ON element_instance (element_ref, state);
CREATE INDEX element_instance_scope ON element_instance (scope_key) WHERE state = 'ACTIVE';

-- Tokens that wait at a joining gateway; 'taken' rows stay as history of the flow.
CREATE TABLE join_token (
  key INTEGER PRIMARY KEY, process_instance_key INTEGER NOT NULL, scope_key INTEGER NOT NULL,
  gateway_ref INTEGER NOT NULL, flow_ref INTEGER NOT NULL, waiting INTEGER NOT NULL
);
CREATE INDEX join_token_waiting ON join_token (scope_key, gateway_ref) WHERE waiting = 1;
CREATE INDEX join_token_process_instance ON join_token (process_instance_key);

CREATE TABLE variable (
  key INTEGER PRIMARY KEY, process_instance_key INTEGER NOT NULL, scope_key INTEGER NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL
);
CREATE UNIQUE INDEX variable_name ON variable (process_instance_key, scope_key, name);

-- phase: 0 activatable, 1 activated (due_at = deadline), 2 waits for its back-off (due_at = retry), 3 no retries, 4 ended
CREATE TABLE job (
  key INTEGER PRIMARY KEY, type TEXT NOT NULL, kind TEXT NOT NULL, listener_event TEXT NOT NULL,
  state TEXT NOT NULL, phase INTEGER NOT NULL, retries INTEGER NOT NULL, due_at INTEGER, worker TEXT,
  process_instance_key INTEGER NOT NULL, element_instance_key INTEGER NOT NULL, element_ref INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER, ended_at INTEGER,
  error_code TEXT, error_message TEXT, denied INTEGER, denied_reason TEXT, headers TEXT
);
CREATE INDEX job_activatable ON job (type, key) WHERE phase = 0;
CREATE INDEX job_due ON job (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX job_process_instance ON job (process_instance_key);

CREATE TABLE user_task (
  key INTEGER PRIMARY KEY, process_instance_key INTEGER NOT NULL, element_instance_key INTEGER NOT NULL,
  element_ref INTEGER NOT NULL, state TEXT NOT NULL, assignee TEXT, candidate_groups TEXT, candidate_users TEXT,
  due_date TEXT, due_at INTEGER, follow_up_date TEXT, follow_up_at INTEGER, priority INTEGER NOT NULL,
  form_key INTEGER, external_form_reference TEXT, action TEXT, created_at INTEGER NOT NULL, ended_at INTEGER,
  headers TEXT, pending TEXT
);
CREATE INDEX user_task_process_instance ON user_task (process_instance_key);
CREATE INDEX user_task_element_instance ON user_task (element_instance_key);
CREATE INDEX user_task_element ON user_task (element_ref, state);
CREATE INDEX user_task_assignee ON user_task (assignee) WHERE assignee IS NOT NULL;

CREATE TABLE user_task_candidate (
  kind TEXT NOT NULL, name TEXT NOT NULL, user_task_key INTEGER NOT NULL,
  PRIMARY KEY (kind, name, user_task_key)
) WITHOUT ROWID;
CREATE INDEX user_task_candidate_task ON user_task_candidate (user_task_key);

-- process_instance_key and element_instance_key are null for start timers
CREATE TABLE timer (
  key INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, process_definition_key INTEGER NOT NULL,
  process_instance_key INTEGER, element_instance_key INTEGER, element_ref INTEGER NOT NULL,
  repetitions INTEGER NOT NULL
);
CREATE INDEX timer_due ON timer (due_at, key);
CREATE INDEX timer_element_instance ON timer (element_instance_key) WHERE element_instance_key IS NOT NULL;
CREATE INDEX timer_definition ON timer (process_definition_key) WHERE element_instance_key IS NULL;

-- process_instance_key and element_instance_key are null for message start events
CREATE TABLE message_subscription (
  key INTEGER PRIMARY KEY, message_name TEXT NOT NULL, correlation_key TEXT, process_id TEXT NOT NULL,
  process_definition_key INTEGER NOT NULL, process_instance_key INTEGER, element_instance_key INTEGER,
  element_ref INTEGER NOT NULL, state TEXT NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX message_subscription_open ON message_subscription (message_name, correlation_key)
  WHERE state = 'CREATED';
CREATE INDEX message_subscription_element_instance ON message_subscription (element_instance_key)
  WHERE element_instance_key IS NOT NULL;
CREATE INDEX message_subscription_process_instance ON message_subscription (process_instance_key)
  WHERE process_instance_key IS NOT NULL;
CREATE INDEX message_subscription_definition ON message_subscription (process_definition_key)
  WHERE element_instance_key IS NULL;

CREATE TABLE message (
  key INTEGER PRIMARY KEY, name TEXT NOT NULL, correlation_key TEXT NOT NULL, message_id TEXT,
  expires_at INTEGER NOT NULL, variables TEXT
);
CREATE INDEX message_name ON message (name, correlation_key);
CREATE UNIQUE INDEX message_id ON message (name, correlation_key, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX message_expiry ON message (expires_at);

CREATE TABLE correlated_message (
  key INTEGER PRIMARY KEY, message_key INTEGER NOT NULL, message_name TEXT NOT NULL, correlation_key TEXT,
  process_id TEXT NOT NULL, process_definition_key INTEGER NOT NULL, process_instance_key INTEGER NOT NULL,
  element_instance_key INTEGER, element_ref INTEGER NOT NULL, subscription_key INTEGER NOT NULL,
  correlated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX correlated_message_process ON correlated_message (message_key, process_id);
CREATE INDEX correlated_message_process_instance ON correlated_message (process_instance_key);

-- While an instance that a message with this correlation key started is active, further such messages are buffered.
CREATE TABLE message_start_lock (
  process_id TEXT NOT NULL, correlation_key TEXT NOT NULL, process_instance_key INTEGER NOT NULL,
  message_name TEXT NOT NULL, PRIMARY KEY (process_id, correlation_key)
) WITHOUT ROWID;
CREATE INDEX message_start_lock_instance ON message_start_lock (process_instance_key);

CREATE TABLE incident (
  key INTEGER PRIMARY KEY, error_type TEXT NOT NULL, error_message TEXT NOT NULL, state TEXT NOT NULL,
  process_instance_key INTEGER NOT NULL, element_instance_key INTEGER NOT NULL, element_ref INTEGER NOT NULL,
  job_key INTEGER, created_at INTEGER NOT NULL, resolved_at INTEGER
);
CREATE INDEX incident_process_instance ON incident (process_instance_key, state);
CREATE INDEX incident_element_instance ON incident (element_instance_key) WHERE state = 'ACTIVE';
CREATE INDEX incident_element ON incident (element_ref) WHERE state = 'ACTIVE';

-- One row for each decision of an evaluation; id is 'evaluationKey-index', root_decision_key the one asked for.
CREATE TABLE decision_instance (
  evaluation_key INTEGER NOT NULL, idx INTEGER NOT NULL, decision_key INTEGER NOT NULL,
  root_decision_key INTEGER NOT NULL, process_definition_key INTEGER, process_instance_key INTEGER,
  element_instance_key INTEGER, decision_type TEXT NOT NULL, state TEXT NOT NULL, evaluated_at INTEGER NOT NULL,
  failure TEXT, output TEXT NOT NULL, inputs TEXT NOT NULL, rules TEXT NOT NULL,
  PRIMARY KEY (evaluation_key, idx)
) WITHOUT ROWID;
CREATE INDEX decision_instance_process_instance ON decision_instance (process_instance_key)
  WHERE process_instance_key IS NOT NULL;
CREATE INDEX decision_instance_decision ON decision_instance (decision_key);
`;

/** Read by searches only: one view a resource, columns named as the API names its fields, in snake_case. */
/** An instance that fits, or one that it called, has an incident: Camunda shows it at all that called. */
export const incidentBelow = (fits: string): string => `EXISTS (
    WITH RECURSIVE called (key) AS (
      SELECT c.key FROM process_instance c WHERE ${fits}
      UNION ALL SELECT c.key FROM called JOIN process_instance c ON c.parent_key = called.key
    ) SELECT 1 FROM called JOIN incident i ON i.process_instance_key = called.key AND i.state = 'ACTIVE')`;

export const views = `
-- one that is deleted is drained while instances of it run
CREATE VIEW process_definition_view AS
SELECT key, process_id, name, resource_name, version, version_tag, has_start_form,
  CASE WHEN state = 'DELETED' AND EXISTS (
    SELECT 1 FROM process_instance p WHERE p.process_definition_key = process_definition.key AND p.state = 'ACTIVE'
  ) THEN 'DRAINING' ELSE state END AS state
FROM process_definition WHERE state <> 'REMOVED';

CREATE VIEW process_instance_view AS
SELECT p.key AS process_instance_key, p.process_definition_key, d.process_id AS process_definition_id,
  d.name AS process_definition_name, d.version AS process_definition_version,
  d.version_tag AS process_definition_version_tag, p.parent_key AS parent_process_instance_key,
  p.parent_element_key AS parent_element_instance_key, p.root_key AS root_process_instance_key,
  p.state, p.started_at, p.ended_at, p.tags, p.business_id,
  (
    EXISTS (SELECT 1 FROM incident i WHERE i.process_instance_key = p.key AND i.state = 'ACTIVE')
    OR ${incidentBelow('c.parent_key = p.key')}
  ) AS has_incident
FROM process_instance p LEFT JOIN process_definition d ON d.key = p.process_definition_key;

CREATE VIEW element_instance_view AS
SELECT e.key AS element_instance_key, e.process_instance_key, e.scope_key AS element_instance_scope_key,
  e.element_ref, e.state, e.started_at, e.ended_at, m.process_definition_key, m.element_id, m.name AS element_name,
  CASE WHEN e.is_body = 1 THEN 'MULTI_INSTANCE_BODY' ELSE m.type END AS type, d.process_id AS process_definition_id,
  p.root_key AS root_process_instance_key,
  (SELECT i.key FROM incident i WHERE i.element_instance_key = e.key AND i.state = 'ACTIVE' LIMIT 1) AS incident_key,
  (
    EXISTS (SELECT 1 FROM incident i WHERE i.element_instance_key = e.key AND i.state = 'ACTIVE')
    OR (
      m.type = 'CALL_ACTIVITY' AND ${incidentBelow('c.parent_element_key = e.key')}
    )
  ) AS has_incident
FROM element_instance e LEFT JOIN element m ON m.ref = e.element_ref
  LEFT JOIN process_definition d ON d.key = m.process_definition_key
  LEFT JOIN process_instance p ON p.key = e.process_instance_key;

CREATE VIEW sequence_flow_view AS
SELECT t.process_instance_key, f.element_id AS sequence_flow_id, f.process_definition_key,
  d.process_id AS process_definition_id, p.root_key AS root_process_instance_key
FROM (
  SELECT process_instance_key, flow_ref FROM element_instance WHERE flow_ref IS NOT NULL
  UNION SELECT process_instance_key, flow_ref FROM join_token
) t
  JOIN element f ON f.ref = t.flow_ref
  LEFT JOIN process_definition d ON d.key = f.process_definition_key
  LEFT JOIN process_instance p ON p.key = t.process_instance_key;

CREATE VIEW variable_view AS
SELECT v.key AS variable_key, v.name, v.value, v.scope_key, v.process_instance_key,
  p.root_key AS root_process_instance_key
FROM variable v LEFT JOIN process_instance p ON p.key = v.process_instance_key;

CREATE VIEW job_view AS
SELECT j.key AS job_key, j.type, j.kind, j.listener_event AS listener_event_type, j.state, j.retries,
  CASE WHEN j.phase = 1 THEN j.due_at END AS deadline_at, j.worker, j.process_instance_key, j.element_instance_key,
  m.element_id, m.process_definition_key, d.process_id AS process_definition_id, j.created_at, j.updated_at, j.ended_at,
  j.error_code, j.error_message, j.denied AS is_denied, j.denied_reason,
  (j.state = 'FAILED' AND j.retries > 0) AS has_failed_with_retries_left, j.headers AS custom_headers,
  p.root_key AS root_process_instance_key
FROM job j LEFT JOIN element m ON m.ref = j.element_ref
  LEFT JOIN process_definition d ON d.key = m.process_definition_key
  LEFT JOIN process_instance p ON p.key = j.process_instance_key;

CREATE VIEW user_task_view AS
SELECT t.key AS user_task_key, t.state, t.assignee, t.candidate_groups, t.candidate_users, t.due_at, t.follow_up_at,
  t.priority, t.form_key, t.external_form_reference, t.created_at, t.ended_at, t.headers AS custom_headers,
  t.element_instance_key, t.process_instance_key, t.element_ref, m.element_id, COALESCE(m.name, m.element_id) AS name,
  m.process_definition_key, d.process_id AS process_definition_id, COALESCE(d.name, d.process_id) AS process_name,
  d.version AS process_definition_version, p.root_key AS root_process_instance_key, p.tags
FROM user_task t LEFT JOIN element m ON m.ref = t.element_ref
  LEFT JOIN process_definition d ON d.key = m.process_definition_key
  LEFT JOIN process_instance p ON p.key = t.process_instance_key;

CREATE VIEW incident_view AS
SELECT i.key AS incident_key, i.error_type, i.error_message, i.state, i.process_instance_key, i.element_instance_key,
  i.job_key, i.created_at, i.resolved_at, m.element_id, m.process_definition_key,
  d.process_id AS process_definition_id, p.root_key AS root_process_instance_key
FROM incident i LEFT JOIN element m ON m.ref = i.element_ref
  LEFT JOIN process_definition d ON d.key = m.process_definition_key
  LEFT JOIN process_instance p ON p.key = i.process_instance_key;

CREATE VIEW message_subscription_view AS
SELECT s.key AS message_subscription_key, s.message_name, s.correlation_key, s.process_id AS process_definition_id,
  s.process_definition_key, s.process_instance_key, s.element_instance_key, m.element_id,
  s.state AS message_subscription_state, s.updated_at, p.root_key AS root_process_instance_key
FROM message_subscription s LEFT JOIN element m ON m.ref = s.element_ref
  LEFT JOIN process_instance p ON p.key = s.process_instance_key;

CREATE VIEW correlated_message_subscription_view AS
SELECT c.key, c.message_key, c.message_name, c.correlation_key, c.process_id AS process_definition_id,
  c.process_definition_key, c.process_instance_key, c.element_instance_key, m.element_id, c.subscription_key,
  c.correlated_at, p.root_key AS root_process_instance_key
FROM correlated_message c LEFT JOIN element m ON m.ref = c.element_ref
  LEFT JOIN process_instance p ON p.key = c.process_instance_key WHERE c.process_instance_key <> 0;

CREATE VIEW decision_view AS
SELECT x.key AS decision_definition_key, x.decision_id AS decision_definition_id, x.name, x.version, x.version_tag,
  x.decision_requirements_key, r.drg_id AS decision_requirements_id, r.name AS decision_requirements_name,
  r.version AS decision_requirements_version, r.resource_name
FROM decision x LEFT JOIN decision_requirements r ON r.key = x.decision_requirements_key;

CREATE VIEW decision_instance_view AS
SELECT n.evaluation_key || '-' || n.idx AS decision_evaluation_instance_key, n.evaluation_key AS decision_evaluation_key,
  n.idx, n.decision_key AS decision_definition_key, x.decision_id AS decision_definition_id,
  x.name AS decision_definition_name, x.version AS decision_definition_version,
  n.decision_type AS decision_definition_type, n.root_decision_key AS root_decision_definition_key,
  x.decision_requirements_key, n.process_definition_key, n.process_instance_key, n.element_instance_key, n.state,
  n.evaluated_at, n.failure AS evaluation_failure, n.output AS result, n.inputs, n.rules,
  p.root_key AS root_process_instance_key
FROM decision_instance n LEFT JOIN decision x ON x.key = n.decision_key
  LEFT JOIN process_instance p ON p.key = n.process_instance_key;

CREATE VIEW batch_operation_view AS
SELECT key AS batch_operation_key, type AS operation_type, state, started_at, ended_at, total, completed, failed,
  actor_type, actor_id, errors
FROM batch_operation;

-- what a cancelled batch operation has not come to is cancelled with it
CREATE VIEW batch_operation_item_view AS
SELECT i.batch_operation_key, i.item_key, i.process_instance_key, i.root_process_instance_key, b.type AS operation_type,
  CASE WHEN i.state = 'ACTIVE' AND b.state = 'CANCELED' THEN 'CANCELED' ELSE i.state END AS state, i.processed_at,
  i.error_message
FROM batch_operation_item i JOIN batch_operation b ON b.key = i.batch_operation_key;

CREATE VIEW cluster_variable_view AS
SELECT name, value, CASE tenant_id WHEN '' THEN 'GLOBAL' ELSE 'TENANT' END AS scope, NULLIF(tenant_id, '') AS tenant_id,
  tenant_id || '/' || name AS id
FROM cluster_variable;

CREATE VIEW audit_log_view AS
SELECT a.*, p.root_key AS root_process_instance_key, d.process_id AS process_definition_id,
  x.decision_id AS decision_definition_id, r.drg_id AS decision_requirements_id
FROM audit_log a LEFT JOIN process_instance p ON p.key = a.process_instance_key
  LEFT JOIN process_definition d ON d.key = a.process_definition_key
  LEFT JOIN decision x ON x.key = a.decision_key
  LEFT JOIN decision_requirements r ON r.key = a.decision_requirements_key;
`;
