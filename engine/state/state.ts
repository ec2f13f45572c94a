import type Database from 'better-sqlite3';
import { BatchOperationItems } from './batch-operations.ts';
import { AuditLog } from './audit-log.ts';
import { ClusterVariables } from './cluster-variables.ts';
import { DecisionInstances } from './decision-instances.ts';
import { Definitions } from './definitions.ts';
import { Deployments } from './deployments.ts';
import { HistoryDeletion } from './history-deletion.ts';
import { JobStatistics } from './job-statistics.ts';
import type { Keys } from './keys.ts';
import { json, RowTable, type Codecs } from './row-table.ts';
import {
  isProcessInstance,
  jobPhase,
  type BatchOperationRow,
  type CompensationSubscriptionRow,
  type ConditionalRow,
  type CorrelatedMessageRow,
  type ElementInstanceRow,
  type IncidentRow,
  type InstanceRow,
  type JobRow,
  type JoinTokenRow,
  type MessageRow,
  type ProcessInstanceRow,
  type SignalRow,
  type SignalSubscriptionRow,
  type SubscriptionRow,
  type TimerRow,
  type UserTaskRow,
} from './rows.ts';
import { GlobalListeners } from './global-listeners.ts';
import { LoopItems } from './loop-items.ts';
import { StartLocks } from './start-locks.ts';
import { TaskUsers } from './task-users.ts';
import { UserTaskCandidates } from './user-task-candidates.ts';
import { Variables } from './variables.ts';

/** All that the engine knows, as one unit of work over the database: flush() ends a command, discard() undoes it. */
export class State {
  readonly db: Database.Database;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly variables: Variables;
  readonly clusterVariables: ClusterVariables;
  readonly auditLog: AuditLog;
  readonly taskUsers: TaskUsers;
  readonly jobStatistics: JobStatistics;
  readonly startLocks: StartLocks;
  readonly loopItems: LoopItems;
  readonly globalListeners: GlobalListeners;
  readonly userTaskCandidates: UserTaskCandidates;
  readonly decisionInstances: DecisionInstances;
  readonly batchItems: BatchOperationItems;
  readonly historyDeletion: HistoryDeletion;
  readonly processInstances: RowTable<ProcessInstanceRow>;
  readonly elementInstances: RowTable<ElementInstanceRow>;
  readonly joinTokens: RowTable<JoinTokenRow>;
  readonly jobs: RowTable<JobRow>;
  readonly timers: RowTable<TimerRow>;
  readonly subscriptions: RowTable<SubscriptionRow>;
  readonly signalSubscriptions: RowTable<SignalSubscriptionRow>;
  readonly signals: RowTable<SignalRow>;
  readonly compensations: RowTable<CompensationSubscriptionRow>;
  readonly conditionals: RowTable<ConditionalRow>;
  readonly messages: RowTable<MessageRow>;
  readonly correlated: RowTable<CorrelatedMessageRow>;
  readonly incidents: RowTable<IncidentRow>;
  readonly userTasks: RowTable<UserTaskRow>;
  readonly batchOperations: RowTable<BatchOperationRow>;
  readonly queries: ReturnType<typeof prepareQueries>;
  readonly #tables: RowTable<{ key: number }>[] = [];
  /** What has variables of its own; those of an ended one are not asked for again. */
  readonly #scopes: Set<object>;
  readonly #forgetScope = (key: number) => this.variables.forget(key);
  readonly #savepoint: Database.Statement;
  readonly #release: Database.Statement;
  readonly #rollback: Database.Statement;
  #savepointOpen = false;

  constructor(db: Database.Database, keys: Keys, maxVariableBytes: number) {
    this.db = db;
    this.#savepoint = db.prepare('SAVEPOINT command');
    this.#release = db.prepare('RELEASE command');
    this.#rollback = db.prepare('ROLLBACK TO command');
    this.definitions = new Definitions(db);
    this.deployments = new Deployments(db, () => this.beforeDirectWrite());
    this.variables = new Variables(db, keys, maxVariableBytes);
    this.decisionInstances = new DecisionInstances(db, () => this.beforeDirectWrite());
    this.userTaskCandidates = new UserTaskCandidates(db, () => this.beforeDirectWrite());
    this.globalListeners = new GlobalListeners(db, () => this.beforeDirectWrite());
    this.loopItems = new LoopItems(db, () => this.beforeDirectWrite());
    this.clusterVariables = new ClusterVariables(db, () => this.beforeDirectWrite());
    this.auditLog = new AuditLog(db, () => this.beforeDirectWrite());
    this.jobStatistics = new JobStatistics(db);
    this.taskUsers = new TaskUsers(db, () => this.beforeDirectWrite());
    this.startLocks = new StartLocks(db, () => this.beforeDirectWrite());
    this.batchItems = new BatchOperationItems(db, () => this.beforeDirectWrite());
    this.historyDeletion = new HistoryDeletion(db, () => this.beforeDirectWrite());
    this.processInstances = this.#table<ProcessInstanceRow>(
      'process_instance',
      `key processDefinitionKey elementRef rootKey parentKey parentElementKey state phase
        children startedAt endedAt depth jobKey tags businessId data`,
      { tags: json, data: json },
      isOpen,
    );
    this.elementInstances = this.#table<ElementInstanceRow>(
      'element_instance',
      `key processInstanceKey scopeKey elementRef flowRef isBody state phase children startedAt
        endedAt jobKey data`,
      { data: json },
      isOpen,
    );
    this.joinTokens = this.#table<JoinTokenRow>(
      'join_token',
      'key processInstanceKey scopeKey gatewayRef flowRef waiting',
    );
    this.jobs = this.#table<JobRow>(
      'job',
      `key type kind listenerEvent state phase retries dueAt worker processInstanceKey elementInstanceKey
        elementRef createdAt updatedAt endedAt errorCode errorMessage denied deniedReason headers`,
      { headers: json },
      (job) => job.phase < jobPhase.ended,
    );
    this.timers = this.#table<TimerRow>(
      'timer',
      'key dueAt processDefinitionKey processInstanceKey elementInstanceKey elementRef repetitions',
    );
    this.subscriptions = this.#table<SubscriptionRow>(
      'message_subscription',
      `key messageName correlationKey processId processDefinitionKey processInstanceKey
        elementInstanceKey elementRef state updatedAt`,
    );
    this.signalSubscriptions = this.#table<SignalSubscriptionRow>(
      'signal_subscription',
      'key signalName processDefinitionKey processInstanceKey elementInstanceKey elementRef',
    );
    this.signals = this.#table<SignalRow>('signal', 'key name variables afterKey untilKey', { variables: json });
    this.compensations = this.#table<CompensationSubscriptionRow>(
      'compensation_subscription',
      'key processInstanceKey activityRef activityKey scopeKey handlerRef throwKey',
    );
    this.conditionals = this.#table<ConditionalRow>(
      'conditional_subscription',
      'key processDefinitionKey processInstanceKey elementInstanceKey elementRef',
    );
    this.messages = this.#table<MessageRow>('message', 'key name correlationKey messageId expiresAt variables', {
      variables: json,
    });
    this.correlated = this.#table<CorrelatedMessageRow>(
      'correlated_message',
      `key messageKey messageName correlationKey processId processDefinitionKey
        processInstanceKey elementInstanceKey elementRef subscriptionKey correlatedAt`,
    );
    this.incidents = this.#table<IncidentRow>(
      'incident',
      `key errorType errorMessage state processInstanceKey elementInstanceKey elementRef jobKey
        createdAt resolvedAt`,
    );
    this.userTasks = this.#table<UserTaskRow>(
      'user_task',
      `key processInstanceKey elementInstanceKey elementRef state assignee candidateGroups
        candidateUsers dueDate dueAt followUpDate followUpAt priority formKey externalFormReference action createdAt
        endedAt headers pending`,
      { candidateGroups: json, candidateUsers: json, headers: json, pending: json },
    );
    this.batchOperations = this.#table<BatchOperationRow>(
      'batch_operation',
      `key type state startedAt endedAt total completed failed afterKey selection plan actorType actorId errors`,
      { selection: json, plan: json, errors: json },
    );
    this.#scopes = new Set([this.processInstances, this.elementInstances]);
    this.queries = prepareQueries(this);
  }

  /** The element instance, or the process instance when both keys are the same. */
  instance(key: number, processInstanceKey?: number): InstanceRow | undefined {
    if (key === processInstanceKey) return this.processInstance(key);
    return this.elementInstances.get(key) ?? (processInstanceKey === undefined ? this.processInstance(key) : undefined);
  }

  processInstance(key: number): ProcessInstanceRow | undefined {
    const row = this.processInstances.get(key);
    if (row) row.processInstanceKey = row.key;
    return row;
  }

  /** The flow scope; none for a process instance. */
  scopeOf(row: InstanceRow): InstanceRow | undefined {
    if (isProcessInstance(row)) return undefined;
    return this.instance(row.scopeKey, row.processInstanceKey);
  }

  /** Statements that write past the unit of work (deployments, small side tables) call this first. */
  beforeDirectWrite(): void {
    if (this.#savepointOpen) return;
    this.#savepoint.run();
    this.#savepointOpen = true;
  }

  flush(): void {
    // a row that SQLite refuses must take this command's other rows back with it
    this.beforeDirectWrite();
    for (const table of this.#tables) table.flush();
    this.variables.flush();
    if (this.#savepointOpen) {
      this.#release.run();
      this.#savepointOpen = false;
    }
    for (const table of this.#tables) table.settle(this.#scopes.has(table) ? this.#forgetScope : undefined);
    this.variables.settle();
    this.jobStatistics.settle();
  }

  discard(): void {
    this.globalListeners.forget();
    if (this.#savepointOpen) {
      if (this.db.inTransaction) {
        this.#rollback.run();
        this.#release.run();
      }
      this.#savepointOpen = false;
    }
    this.clusterVariables.forget();
    this.taskUsers.forget();
    this.jobStatistics.discard();
    this.#forget();
  }

  #forget(): void {
    for (const table of this.#tables) table.discard();
    this.variables.discard();
  }

  /** The transaction was rolled back: what earlier commands of it have done is gone too. */
  forgetAll(): void {
    this.discard();
    for (const table of this.#tables) table.forgetAll();
    this.variables.forgetAll();
    this.jobStatistics.forgetAll();
  }

  #table<R extends { key: number }>(
    name: string,
    columnNames: string,
    codecs: Codecs<R> = {},
    keeps?: (row: R) => boolean,
  ): RowTable<R> {
    const columns = columnNames.split(/\s+/) as (keyof R & string)[];
    const table = new RowTable<R>(this.db, name, columns, () => this.beforeDirectWrite(), codecs, keeps);
    this.#tables.push(table as unknown as RowTable<{ key: number }>);
    return table;
  }
}

const isOpen = ({ state }: InstanceRow) => state === 'ACTIVE';

function prepareQueries(state: State) {
  const { db } = state;
  const ofDeleted = `state = 'ACTIVE' AND process_definition_key IN
      (SELECT key FROM process_definition WHERE state = 'DELETED' AND process_id = ?`;
  return {
    runningWithBusinessId: state.processInstances.queryOne(
      `business_id = ? AND parent_key IS NULL AND state = 'ACTIVE'
       AND process_definition_key IN (SELECT key FROM process_definition WHERE process_id = ?)`,
    ),
    running: state.processInstances.queryOne(`process_definition_key = ? AND state = 'ACTIVE'`),
    drained: {
      latest: state.processInstances.queryOne(`${ofDeleted})`),
      version: state.processInstances.queryOne(`${ofDeleted} AND version = ?)`),
      deployment: state.processInstances.queryOne(`${ofDeleted} AND deployment_key = ?)`),
      versionTag: state.processInstances.queryOne(`${ofDeleted} AND version_tag = ?)`),
    },
    activeChildren: state.elementInstances.query(`process_instance_key = ? AND state = 'ACTIVE' AND scope_key = ?`),
    activeElements: state.elementInstances.query(`process_instance_key = ? AND state = 'ACTIVE' ORDER BY key`),
    waitingTokensOfInstance: state.joinTokens.query('process_instance_key = ? AND waiting = 1'),
    waitingTokens: state.joinTokens.query('scope_key = ? AND gateway_ref = ? AND waiting = 1 ORDER BY key'),
    waitingTokensOfScope: state.joinTokens.query('scope_key = ? AND waiting = 1'),
    activatableJobs: state.jobs.queryKeys('phase = 0 AND type = ? ORDER BY key LIMIT ?'),
    activatableJobKeys: db.prepare('SELECT key FROM job WHERE phase = 0 AND type = ? ORDER BY key LIMIT ?').pluck(),
    dueJobs: db.prepare('SELECT key FROM job WHERE due_at <= ? ORDER BY due_at LIMIT ?').pluck(),
    timersOf: state.timers.query('element_instance_key = ?'),
    startTimersOf: state.timers.query('process_definition_key = ? AND element_instance_key IS NULL'),
    dueTimers: db.prepare('SELECT key FROM timer WHERE due_at <= ? ORDER BY due_at, key LIMIT ?').pluck(),
    subscriptionsOf: state.subscriptions.query(`element_instance_key = ? AND state = 'CREATED'`),
    startSubscriptionsOf: state.subscriptions.query(
      `process_definition_key = ? AND element_instance_key IS NULL AND state = 'CREATED'`,
    ),
    conditionalsOf: state.conditionals.query('process_instance_key = ? ORDER BY key'),
    startConditionalsOf: state.conditionals.query(
      'process_definition_key = ? AND process_instance_key IS NULL ORDER BY key',
    ),
    startConditionals: state.conditionals.query('process_instance_key IS NULL ORDER BY key'),
    openSubscriptions: state.subscriptions.query(
      `message_name = ? AND correlation_key = ? AND state = 'CREATED' ORDER BY key`,
    ),
    openStartSubscriptions: state.subscriptions.query(
      `message_name = ? AND correlation_key IS NULL AND state = 'CREATED' ORDER BY key`,
    ),
    signalSubscriptionsOf: state.signalSubscriptions.query('element_instance_key = ?'),
    startSignalsOf: state.signalSubscriptions.query('process_definition_key = ? AND element_instance_key IS NULL'),
    signalSubscriptions: state.signalSubscriptions.query(
      'signal_name = ? AND key > ? AND key <= ? ORDER BY key LIMIT ?',
    ),
    undeliveredSignals: db.prepare('SELECT key FROM signal ORDER BY key LIMIT ?').pluck(),
    compensationsOf: state.compensations.query('process_instance_key = ?'),
    compensationsInScope: state.compensations.query('scope_key = ? ORDER BY key'),
    compensationInScope: state.compensations.queryOne('scope_key = ?'),
    compensationOfActivity: state.compensations.queryOne('activity_key = ?'),
    compensationThrownBy: state.compensations.queryOne('throw_key = ?'),
    bufferedMessages: state.messages.query('name = ? AND correlation_key = ? AND expires_at > ? ORDER BY key'),
    messageById: state.messages.queryOne('name = ? AND correlation_key = ? AND message_id = ?'),
    expiredMessages: db.prepare('SELECT key FROM message WHERE expires_at <= ? ORDER BY expires_at LIMIT ?').pluck(),
    correlation: state.correlated.queryOne('message_key = ? AND process_id = ?'),
    activeIncidents: state.incidents.query(`element_instance_key = ? AND state = 'ACTIVE'`),
    userTaskOf: state.userTasks.queryOne('element_instance_key = ?'),
    nextDueAt: db
      .prepare(
        `SELECT min(at) FROM (SELECT min(due_at) AS at FROM timer
           UNION ALL SELECT min(due_at) FROM job WHERE due_at IS NOT NULL
           UNION ALL SELECT min(expires_at) FROM message
           UNION ALL SELECT 0 WHERE EXISTS (SELECT 1 FROM signal))`,
      )
      .pluck(),
  };
}
