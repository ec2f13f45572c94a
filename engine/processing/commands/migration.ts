import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import type { MigrateProcessInstanceRequest } from '../../operator-commands.ts';
import {
  isProcessInstance,
  phase,
  type ElementInstanceRow,
  type InstanceData,
  type InstanceRow,
  type ProcessInstanceRow,
} from '../../state/rows.ts';
import { openSubscriptions, prepareSubscriptions } from '../catch-events.ts';
import { findDefinition } from '../draining.ts';
import { Incident } from '../incident.ts';
import type { Run } from '../run.ts';
import { setLocalVariables } from '../scope-variables.ts';
import { migrateCompensation } from './migrate-compensation.ts';
import { checkedTarget, checkedToken, refuseSharedFlows } from './migration-checks.ts';
import { MigrationMapping, refuseDuplicates } from './migration-mapping.ts';
import { becomeUserTask } from './migration-user-task.ts';

/** Carries a running instance over to another definition: what runs goes on where the mapping says. */
export function migrateProcessInstance(run: Run, request: MigrateProcessInstanceRequest): Empty {
  const { processInstanceKey, targetProcessDefinitionKey } = request;
  const instance = run.state.processInstance(processInstanceKey);
  if (!instance || instance.phase >= phase.completed) {
    const reason = `Expected to migrate process instance but no process instance found with key '${processInstanceKey}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  refuseDuplicates(instance.key, request);
  const found = findDefinition(run, targetProcessDefinitionKey);
  if (!found) {
    const reason = `Expected to migrate process instance to process definition but no process definition found with key '${targetProcessDefinitionKey}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  if (found.draining) {
    const reason = `Expected to migrate process instance to process definition with key '${targetProcessDefinitionKey}' but it is being deleted`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  const target = found.process;
  const source = run.element(instance).process;
  checkStartLock(run, instance, target);
  new Migration(run, instance, new MigrationMapping(instance.key, source, request, target)).run();
  return {};
}

/** A correlation key of a message start event lets one instance of a process run at a time. */
function checkStartLock(run: Run, instance: ProcessInstanceRow, target: ExecutableProcess): void {
  const source = run.element(instance).process;
  if (!instance.data?.startLock || source.processId === target.processId) return;
  const lock = run.state.startLocks.of(instance.key);
  const startsByMessage = target.root.startEvents.some(({ event }) => event?.kind === 'message');
  if (!lock || !startsByMessage || !run.state.startLocks.isTaken(target.processId, lock.correlationKey)) return;
  throw new CommandRejection(
    'INVALID_STATE',
    `Expected to migrate process instance '${instance.key}' but target process definition '${target.key}' has an active ` +
      `instance triggered by a message start event with correlation key '${lock.correlationKey}'. ` +
      'Only one instance per correlation key is allowed for message start events.',
  );
}

class Migration {
  readonly #run: Run;
  readonly #instance: ProcessInstanceRow;
  readonly #mapping: MigrationMapping;
  readonly #source: ExecutableProcess;

  constructor(run: Run, instance: ProcessInstanceRow, mapping: MigrationMapping) {
    this.#run = run;
    this.#source = run.element(instance).process;
    this.#instance = instance;
    this.#mapping = mapping;
  }

  /** Everything is checked before anything is changed. */
  run(): void {
    const run = this.#run;
    const { queries, definitions } = run.state;
    const rows = this.#outsideIn();
    const places = rows.map((row) => {
      const from = run.element(row);
      return { row, from, to: checkedTarget(this.#mapping, row, from) };
    });
    const tokens = queries.waitingTokensOfInstance(this.#instance.key).map((token) => {
      const [gateway, flow] = [definitions.element(token.gatewayRef), definitions.element(token.flowRef)];
      return { token, from: flow.id, to: checkedToken(this.#mapping, gateway, flow) };
    });
    refuseSharedFlows(
      this.#mapping,
      tokens.map(({ from, to }) => ({ from, to: to.flow })),
    );
    this.#moveStartLock();
    for (const { token, to } of tokens) {
      run.emit('token.taken', token, { gatewayRef: to.gateway.ref, flowRef: to.flow.ref });
    }
    for (const { row, to } of places) this.#move(row, to);
    for (const { row, from } of places) this.#listenAnew(row, from);
    if (this.#source.compensates) migrateCompensation(run, this.#instance, this.#mapping);
    for (const { row, from, to } of places) {
      if (from.type !== 'USER_TASK' || !from.job || to.job) continue;
      const task = row as ElementInstanceRow;
      if (task.isBody !== 1) becomeUserTask(run, task, from);
    }
  }

  /** The instance, then what runs in it, scope by scope: a scope is refused before what is inside of it. */
  #outsideIn(): InstanceRow[] {
    const children = new Map<number, ElementInstanceRow[]>();
    for (const row of this.#run.state.queries.activeElements(this.#instance.key)) {
      children.set(row.scopeKey, [...(children.get(row.scopeKey) ?? []), row]);
    }
    const rows: InstanceRow[] = [this.#instance];
    for (const row of rows) rows.push(...(children.get(row.key) ?? []));
    return rows;
  }

  #moveStartLock(): void {
    const { startLocks } = this.#run.state;
    if (!this.#instance.data?.startLock) return;
    const lock = startLocks.release(this.#instance.key);
    if (!lock) return;
    const { processId } = this.#mapping.target;
    startLocks.take(processId, lock.correlationKey, this.#instance.key, lock.messageName);
  }

  #move(row: InstanceRow, to: ExecutableElement): void {
    const run = this.#run;
    const elementRef = to.ref;
    run.emit('element.changed', row, { elementRef, data: this.#dataOf(row.data) });
    if (isProcessInstance(row)) run.emit('element.changed', row, { processDefinitionKey: this.#mapping.target.key });
    const isBody = !isProcessInstance(row) && row.isBody === 1;
    if (to.adHoc && !isBody && row.phase >= phase.active) this.#describe(row, to);
    const job = row.jobKey === null ? undefined : run.state.jobs.get(row.jobKey);
    if (job) run.emit('job.changed', job, { elementRef });
    const task = row.data?.userTaskKey === undefined ? undefined : run.state.userTasks.get(row.data.userTaskKey);
    if (task) run.emit('user-task.changed', task, { elementRef });
    for (const incident of run.state.queries.activeIncidents(row.key)) {
      run.emit('incident.changed', incident, { elementRef });
    }
  }

  /** What workers are told of the activities of an ad-hoc sub-process. */
  #describe(row: InstanceRow, { adHoc }: ExecutableElement): void {
    setLocalVariables(this.#run.state, row, { adHocSubProcessElements: adHoc!.elements });
  }

  /** Events that are mapped go on being waited for with their key and instant; others end, new ones begin. */
  #listenAnew(row: InstanceRow, from: ExecutableElement): void {
    const { queries, definitions } = this.#run.state;
    const { key: processDefinitionKey, processId } = this.#mapping.target;
    const placeOf = (elementRef: number) => this.#mapping.of(definitions.element(elementRef));
    for (const timer of queries.timersOf(row.key)) {
      const to = placeOf(timer.elementRef);
      if (to) this.#run.emit('timer.changed', timer, { elementRef: to.ref, processDefinitionKey });
      else this.#run.emit('timer.ended', timer);
    }
    const subscriptions = queries.subscriptionsOf(row.key);
    for (const subscription of subscriptions) {
      const to = placeOf(subscription.elementRef);
      const moved = to && { elementRef: to.ref, processDefinitionKey, processId };
      this.#run.emit('subscription.changed', subscription, moved ?? { state: 'DELETED', updatedAt: this.#run.now });
    }
    if (from.process.catchesSignals) this.#moveSignals(row);
    this.#moveConditions(row);
    // an element that is not active yet has not begun to listen, an interrupted scope has ceased to
    if (row.phase !== phase.active || row.data?.interruptedBy !== undefined || row.data?.interrupt) return;
    this.#openNew(row, from, new Set(subscriptions.map(({ messageName }) => messageName)));
  }

  #moveSignals(row: InstanceRow): void {
    const processDefinitionKey = this.#mapping.target.key;
    for (const subscription of this.#run.state.queries.signalSubscriptionsOf(row.key)) {
      const to = this.#mapping.of(this.#run.state.definitions.element(subscription.elementRef));
      if (!to) this.#run.emit('signal-subscription.closed', subscription);
      else this.#run.emit('signal-subscription.changed', subscription, { elementRef: to.ref, processDefinitionKey });
    }
  }

  #moveConditions(row: InstanceRow): void {
    const processDefinitionKey = this.#mapping.target.key;
    for (const subscription of this.#run.state.queries.conditionalsOf(row.processInstanceKey)) {
      if (subscription.elementInstanceKey !== row.key) continue;
      const to = this.#mapping.of(this.#run.state.definitions.element(subscription.elementRef));
      if (!to) this.#run.emit('conditional.closed', subscription);
      else this.#run.emit('conditional.changed', subscription, { elementRef: to.ref, processDefinitionKey });
    }
  }

  /** @param heard names of messages that the instance waited for until now */
  #openNew(row: InstanceRow, from: ExecutableElement, heard: Set<string>): void {
    const element = this.#run.element(row);
    const what = `active element with id '${from.id}'`;
    try {
      const isNew = (event: ExecutableElement) => !this.#mapping.reaches(event);
      const prepared = prepareSubscriptions(this.#run, row, element, isNew);
      const again = prepared.find(({ message }) => message && heard.has(message.name));
      if (again) {
        throw this.#mapping.refuse(
          'INVALID_STATE',
          `${what} attempts to subscribe to a message it is already subscribed to with name '${again.message!.name}'. ` +
            'Migrating active elements that subscribe to a message they are already subscribed to is not possible yet. ' +
            `Please provide a mapping instruction to message catch event with id '${again.element.id}' to migrate the respective message subscription.`,
        );
      }
      openSubscriptions(this.#run, row, prepared);
    } catch (error) {
      if (!(error instanceof Incident)) throw error;
      throw this.#mapping.refuse(
        'INVALID_STATE',
        `${what} is mapped to element with id '${element.id}' that must be subscribed to a catch event. ${error.message}`,
      );
    }
  }

  #dataOf(data: InstanceData | null): InstanceData | null {
    if (!data) return null;
    const moved = (ref: number) => {
      const from = this.#run.state.definitions.element(ref);
      return (this.#mapping.of(from) ?? this.#mapping.target.byId.get(from.id))?.ref ?? ref;
    };
    const { interrupt, triggered, interruptedBy } = data;
    return {
      ...data,
      ...(interrupt && { interrupt: { ...interrupt, elementRef: moved(interrupt.elementRef) } }),
      ...(triggered && { triggered: { ...triggered, elementRef: moved(triggered.elementRef) } }),
      ...(interruptedBy !== undefined && { interruptedBy: moved(interruptedBy) }),
    };
  }
}
