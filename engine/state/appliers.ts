import type {
  BatchOperationRow,
  CompensationSubscriptionRow,
  ConditionalRow,
  CorrelatedMessageRow,
  DecisionEvaluationRow,
  ElementInstanceRow,
  IncidentRow,
  InstanceRow,
  JobRow,
  JoinTokenRow,
  MessageRow,
  ProcessInstanceRow,
  SignalRow,
  SignalSubscriptionRow,
  SubscriptionRow,
  TimerRow,
  UserTaskRow,
} from './rows.ts';
import { isProcessInstance } from './rows.ts';
import type { State } from './state.ts';

/** What can happen, and the row that it happens to. */
export interface EventRows {
  'process-instance.activating': ProcessInstanceRow;
  'element.activating': ElementInstanceRow;
  'element.activated': InstanceRow;
  'element.changed': InstanceRow;
  'element.completing': InstanceRow;
  'element.completed': InstanceRow;
  'element.terminating': InstanceRow;
  'element.terminated': InstanceRow;
  'token.waiting': JoinTokenRow;
  'token.taken': JoinTokenRow;
  'job.created': JobRow;
  'job.activated': JobRow;
  'job.available': JobRow;
  'job.changed': JobRow;
  'job.failed': JobRow;
  'job.ended': JobRow;
  'timer.created': TimerRow;
  'timer.changed': TimerRow;
  'timer.ended': TimerRow;
  'subscription.opened': SubscriptionRow;
  'subscription.changed': SubscriptionRow;
  'signal-subscription.opened': SignalSubscriptionRow;
  'signal-subscription.changed': SignalSubscriptionRow;
  'signal-subscription.closed': SignalSubscriptionRow;
  'signal.postponed': SignalRow;
  'signal.changed': SignalRow;
  'signal.delivered': SignalRow;
  'compensation.created': CompensationSubscriptionRow;
  'compensation.changed': CompensationSubscriptionRow;
  'compensation.ended': CompensationSubscriptionRow;
  'conditional.opened': ConditionalRow;
  'conditional.changed': ConditionalRow;
  'conditional.closed': ConditionalRow;
  'message.published': MessageRow;
  'message.expired': MessageRow;
  'message.correlated': CorrelatedMessageRow;
  'incident.created': IncidentRow;
  'incident.changed': IncidentRow;
  'incident.resolved': IncidentRow;
  'user-task.creating': UserTaskRow;
  'user-task.changed': UserTaskRow;
  'decision.evaluated': DecisionEvaluationRow;
  'batch-operation.created': BatchOperationRow;
  'batch-operation.changed': BatchOperationRow;
}

export type EventName = keyof EventRows;
type Change<N extends EventName> = Partial<EventRows[N]>;
type Applier<N extends EventName> = (state: State, row: EventRows[N], change: Change<N>) => void;
type TableName = { [K in keyof State]: State[K] extends { touch(row: never): void } ? K : never }[keyof State];

interface AnyTable {
  insert(row: object): void;
  touch(row: object): void;
  delete(key: number): void;
}

const table = (state: State, name: TableName) => state[name] as unknown as AnyTable;
const inserts = (name: TableName) => (state: State, row: object) => table(state, name).insert(row);
const removes = (name: TableName) => (state: State, row: { key: number }) => table(state, name).delete(row.key);
const changes = (name: TableName) => (state: State, row: object, change: object) => {
  Object.assign(row, change);
  table(state, name).touch(row);
};

function opens(name: 'processInstances' | 'elementInstances') {
  return (state: State, row: { key: number }) => {
    table(state, name).insert(row);
    state.variables.open(row.key);
  };
}

function changesInstance(state: State, row: InstanceRow, change: Partial<InstanceRow>): void {
  Object.assign(row, change);
  if (isProcessInstance(row)) state.processInstances.touch(row);
  else state.elementInstances.touch(row);
}

/** The one place where events become state: nothing else writes to these tables. */
export const appliers: { [N in EventName]: Applier<N> } = {
  'process-instance.activating': opens('processInstances'),
  'element.activating': opens('elementInstances'),
  'element.activated': changesInstance,
  'element.changed': changesInstance,
  'element.completing': changesInstance,
  'element.completed': changesInstance,
  'element.terminating': changesInstance,
  'element.terminated': changesInstance,
  'token.waiting': inserts('joinTokens'),
  'token.taken': changes('joinTokens'),
  'job.created': (state, row) => {
    state.jobs.insert(row);
    state.jobStatistics.count('created', row, row.createdAt);
  },
  'job.activated': changes('jobs'),
  'job.available': (state, row, change) => {
    changes('jobs')(state, row, change);
    if (change.state === 'TIMED_OUT') state.jobStatistics.count('failed', row, row.updatedAt!);
  },
  'job.changed': changes('jobs'),
  'job.failed': (state, row, change) => {
    changes('jobs')(state, row, change);
    state.jobStatistics.count('failed', row, row.updatedAt!);
  },
  'job.ended': (state, row, change) => {
    changes('jobs')(state, row, change);
    if (row.state === 'CANCELED') return;
    state.jobStatistics.count(row.state === 'COMPLETED' ? 'completed' : 'failed', row, row.endedAt!);
  },
  'timer.created': inserts('timers'),
  'timer.changed': changes('timers'),
  'timer.ended': removes('timers'),
  'subscription.opened': inserts('subscriptions'),
  'subscription.changed': changes('subscriptions'),
  'signal-subscription.opened': inserts('signalSubscriptions'),
  'signal-subscription.changed': changes('signalSubscriptions'),
  'signal-subscription.closed': removes('signalSubscriptions'),
  'signal.postponed': inserts('signals'),
  'signal.changed': changes('signals'),
  'signal.delivered': removes('signals'),
  'compensation.created': inserts('compensations'),
  'compensation.changed': changes('compensations'),
  'compensation.ended': removes('compensations'),
  'conditional.opened': inserts('conditionals'),
  'conditional.changed': changes('conditionals'),
  'conditional.closed': removes('conditionals'),
  'message.published': inserts('messages'),
  'message.expired': removes('messages'),
  'message.correlated': inserts('correlated'),
  'incident.created': inserts('incidents'),
  'incident.changed': changes('incidents'),
  'incident.resolved': changes('incidents'),
  'user-task.creating': (state, row) => {
    state.userTasks.insert(row);
    state.userTaskCandidates.add(row.key, row);
  },
  'user-task.changed': (state, row, change) => {
    changes('userTasks')(state, row, change);
    if (change.candidateGroups === undefined && change.candidateUsers === undefined) return;
    state.userTaskCandidates.remove(row.key);
    state.userTaskCandidates.add(row.key, row);
  },
  'decision.evaluated': (state, row) => state.decisionInstances.save(row),
  'batch-operation.created': inserts('batchOperations'),
  'batch-operation.changed': changes('batchOperations'),
};
