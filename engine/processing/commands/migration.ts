import { CommandRejection, type RejectionType } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import type { MigrateProcessInstanceRequest } from '../../operator-commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import {
  isProcessInstance,
  phase,
  type InstanceData,
  type InstanceRow,
  type ProcessInstanceRow,
} from '../../state/rows.ts';
import { openSubscriptions, prepareSubscriptions } from '../catch-events.ts';
import { Incident } from '../incident.ts';
import type { Run } from '../run.ts';
import { migrateCompensation } from './migrate-compensation.ts';

/** Carries a running instance over to another definition: what runs goes on where the mapping says. */
export function migrateProcessInstance(run: Run, request: MigrateProcessInstanceRequest): Empty {
  const instance = run.state.processInstance(request.processInstanceKey);
  if (!instance || instance.phase >= phase.completed) {
    const reason = `Expected to migrate process instance but no process instance found with key '${request.processInstanceKey}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  const target = run.state.definitions.process(request.targetProcessDefinitionKey);
  if (!target) {
    const reason = `Expected to migrate process instance to process definition but no process definition found with key '${request.targetProcessDefinitionKey}'`;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  new Migration(run, instance, target, request.mappingInstructions).run();
  return {};
}

class Migration {
  readonly #run: Run;
  readonly #instance: ProcessInstanceRow;
  readonly #source: ExecutableProcess;
  readonly #target: ExecutableProcess;
  readonly #mapped = new Map<ExecutableElement, ExecutableElement>();

  constructor(
    run: Run,
    instance: ProcessInstanceRow,
    target: ExecutableProcess,
    mapping: MigrateProcessInstanceRequest['mappingInstructions'],
  ) {
    this.#run = run;
    this.#instance = instance;
    this.#source = run.element(instance).process;
    this.#target = target;
    this.#mapped.set(this.#source.root, target.root);
    for (const { sourceElementId, targetElementId } of mapping) this.#map(sourceElementId, targetElementId);
  }

  run(): void {
    const { key } = this.#instance;
    const { queries } = this.#run.state;
    const rows: InstanceRow[] = [this.#instance, ...queries.activeElements(key)];
    const places = rows.map((row) => this.#placeOf(row));
    const tokens = queries.waitingTokensOfInstance(key).map((token) => ({ token, place: this.#placeOfToken(token) }));
    for (const { token, place } of tokens) this.#run.emit('token.taken', token, place);
    rows.forEach((row, index) => this.#move(row, places[index]!));
    rows.forEach((row) => this.#listenAnew(row));
    if (this.#source.compensates) migrateCompensation(this.#run, this.#instance, this.#mapped);
  }

  #map(sourceId: string, targetId: string): void {
    const from = this.#source.byId.get(sourceId);
    const to = this.#target.byId.get(targetId);
    const missing = (which: 'source' | 'target', id: string) =>
      this.#refuse(
        'INVALID_ARGUMENT',
        `but mapping instructions contain a non-existing ${which} element id '${id}'. ` +
          `Elements provided in mapping instructions must exist in the ${which} process definition.`,
      );
    if (!from) throw missing('source', sourceId);
    if (!to) throw missing('target', targetId);
    if (this.#mapped.has(from)) {
      const reason = `but the mapping instructions contain duplicate source element ids '[${sourceId}]'.`;
      throw this.#refuse('INVALID_ARGUMENT', reason);
    }
    this.#mapped.set(from, to);
    if (from.innerInstance && to.innerInstance) this.#mapped.set(from.innerInstance, to.innerInstance);
    // what begins an event sub-process is part of it
    if (from.type === 'EVENT_SUB_PROCESS' && to.type === from.type) {
      this.#mapped.set(from.startEvents[0]!, to.startEvents[0]!);
    }
  }

  /** Where a row goes, once it is sure that it can. */
  #placeOf(row: InstanceRow): ExecutableElement {
    const from = this.#run.element(row);
    const to = this.#mapped.get(from);
    const what = `active element with id '${from.id}'`;
    if (!to) {
      throw this.#refuse(
        'INVALID_STATE',
        `but ${what} is not mapped. Elements without a mapping cannot be migrated. ` +
          'Please provide a mapping instruction to migrate this element.',
      );
    }
    if (from.type !== to.type || !from.job !== !to.job || from.loop?.sequential !== to.loop?.sequential) {
      throw this.#refuse(
        'INVALID_STATE',
        `but ${what} and type '${from.type}' is mapped to an element with id '${to.id}' and different type '${to.type}'. ` +
          'Elements must be mapped to elements of the same type.',
      );
    }
    // a compensation handler runs where the compensation was thrown
    const isHandler = row.data?.compensation !== undefined;
    if (!isHandler && from.parent && this.#mapped.get(from.parent) !== to.parent) {
      throw this.#refuse(
        'INVALID_STATE',
        `but the flow scope of ${what} is changed. The flow scope of the active element is expected to be ` +
          `'${this.#mapped.get(from.parent)?.id ?? from.parent.id}' but was '${to.parent?.id}'. ` +
          'The flow scope of an element must not be changed during migration yet.',
      );
    }
    return to;
  }

  /** A token that waits at a join must find its sequence flow there too. */
  #placeOfToken({ gatewayRef, flowRef }: { gatewayRef: number; flowRef: number }) {
    const gateway = this.#placeOf({ elementRef: gatewayRef } as InstanceRow);
    const flow = this.#run.state.definitions.element(flowRef);
    const same = gateway.incoming.find(({ id }) => id === flow.id);
    if (!same) {
      const reason = `but the sequence flow '${flow.id}' that waits at '${gateway.id}' does not lead to it any more.`;
      throw this.#refuse('INVALID_STATE', reason);
    }
    return { gatewayRef: gateway.ref, flowRef: same.ref };
  }

  #move(row: InstanceRow, to: ExecutableElement): void {
    const run = this.#run;
    const elementRef = to.ref;
    run.emit('element.changed', row, { elementRef, data: this.#dataOf(row.data) });
    if (isProcessInstance(row)) run.emit('element.changed', row, { processDefinitionKey: this.#target.key });
    const job = row.jobKey === null ? undefined : run.state.jobs.get(row.jobKey);
    if (job) run.emit('job.changed', job, { elementRef });
    const task = row.data?.userTaskKey === undefined ? undefined : run.state.userTasks.get(row.data.userTaskKey);
    if (task) run.emit('user-task.changed', task, { elementRef });
    for (const incident of run.state.queries.activeIncidents(row.key))
      run.emit('incident.changed', incident, { elementRef });
  }

  /** Events that are mapped go on being waited for with their key and instant; others end, new ones begin. */
  #listenAnew(row: InstanceRow): void {
    const { queries } = this.#run.state;
    const kept = new Set<ExecutableElement>();
    const placeOf = (elementRef: number) => {
      const from = this.#run.state.definitions.element(elementRef);
      const to = this.#mapped.get(from);
      if (to) kept.add(to);
      return to;
    };
    const processDefinitionKey = this.#target.key;
    for (const timer of queries.timersOf(row.key)) {
      const to = placeOf(timer.elementRef);
      if (to) this.#run.emit('timer.changed', timer, { elementRef: to.ref, processDefinitionKey });
      else this.#run.emit('timer.ended', timer);
    }
    for (const subscription of queries.subscriptionsOf(row.key)) {
      const to = placeOf(subscription.elementRef);
      const moved = to && { elementRef: to.ref, processDefinitionKey, processId: this.#target.processId };
      this.#run.emit('subscription.changed', subscription, moved ?? { state: 'DELETED', updatedAt: this.#run.now });
    }
    if (this.#source.catchesSignals) {
      for (const subscription of queries.signalSubscriptionsOf(row.key)) {
        const to = placeOf(subscription.elementRef);
        const { ref: elementRef } = to ?? {};
        if (to) this.#run.emit('signal-subscription.changed', subscription, { elementRef, processDefinitionKey });
        else this.#run.emit('signal-subscription.closed', subscription);
      }
    }
    for (const subscription of queries.conditionalsOf(row.processInstanceKey)) {
      if (subscription.elementInstanceKey !== row.key) continue;
      const to = placeOf(subscription.elementRef);
      if (to) this.#run.emit('conditional.changed', subscription, { elementRef: to.ref, processDefinitionKey });
      else this.#run.emit('conditional.closed', subscription);
    }
    if (row.phase !== phase.active || row.data?.interruptedBy !== undefined) return;
    this.#openNew(row, kept);
  }

  #openNew(row: InstanceRow, kept: Set<ExecutableElement>): void {
    try {
      const prepared = prepareSubscriptions(this.#run, row, this.#run.element(row));
      openSubscriptions(
        this.#run,
        row,
        prepared.filter(({ element }) => !kept.has(element)),
      );
    } catch (error) {
      if (!(error instanceof Incident)) throw error;
      throw this.#refuse('INVALID_STATE', `but a new event can't be waited for: ${error.message}`);
    }
  }

  #dataOf(data: InstanceData | null): InstanceData | null {
    if (!data) return null;
    const moved = (ref: number) => {
      const from = this.#run.state.definitions.element(ref);
      return (this.#mapped.get(from) ?? this.#target.byId.get(from.id))?.ref ?? ref;
    };
    const { interrupt, triggered, interruptedBy } = data;
    return {
      ...data,
      ...(interrupt && { interrupt: { ...interrupt, elementRef: moved(interrupt.elementRef) } }),
      ...(triggered && { triggered: { ...triggered, elementRef: moved(triggered.elementRef) } }),
      ...(interruptedBy !== undefined && { interruptedBy: moved(interruptedBy) }),
    };
  }

  #refuse(type: RejectionType, reason: string): CommandRejection {
    return new CommandRejection(type, `Expected to migrate process instance '${this.#instance.key}' ${reason}`);
  }
}
