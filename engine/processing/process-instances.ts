import type { JsonObject } from '../json.ts';
import type { ExecutableElement, ExecutableProcess } from '../model/executable-process.ts';
import { phase, type InstanceData, type ProcessInstanceRow } from '../state/rows.ts';
import type { Run } from './run.ts';

export interface NewInstance {
  variables?: JsonObject;
  parent?: { instance: ProcessInstanceRow; elementKey: number };
  /** The start event whose trigger makes the instance, with the variables of the trigger. */
  start?: { element: ExecutableElement; variables: JsonObject };
  /** Elements to begin at instead of the start event. */
  startAt?: ExecutableElement[];
  /** Ids of elements after whose end the instance is terminated. */
  terminateAfter?: string[];
  tags?: string[] | null;
  businessId?: string | null;
}

/** Makes the row and sets it going; whoever calls runs the steps. */
export function startProcessInstance(run: Run, process: ExecutableProcess, wish: NewInstance): ProcessInstanceRow {
  const key = run.keys.next();
  const parent = wish.parent?.instance;
  const data: InstanceData = {};
  if (wish.start) data.triggered = { elementRef: wish.start.element.ref, variables: wish.start.variables };
  if (wish.terminateAfter?.length) data.terminateAfter = wish.terminateAfter;
  if (wish.startAt) data.startAt = wish.startAt.map((element) => element.ref);
  const row: ProcessInstanceRow = {
    key,
    processInstanceKey: key,
    processDefinitionKey: process.key,
    elementRef: process.root.ref,
    rootKey: parent?.rootKey ?? key,
    parentKey: parent?.key ?? null,
    parentElementKey: wish.parent?.elementKey ?? null,
    state: 'ACTIVE',
    phase: phase.activating,
    children: 0,
    startedAt: run.now,
    endedAt: null,
    depth: (parent?.depth ?? 0) + 1,
    jobKey: null,
    tags: wish.tags?.length ? wish.tags : null,
    businessId: wish.businessId ?? null,
    data: wish.start || wish.startAt || data.terminateAfter ? data : null,
  };
  run.emit('process-instance.activating', row);
  run.state.variables.setAll(key, key, wish.variables ?? {});
  run.reactivate(row);
  return row;
}
