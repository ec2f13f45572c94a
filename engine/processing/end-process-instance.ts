import { parseExactly } from '../exact-json.ts';
import type { JsonObject } from '../json.ts';
import { phase, type ProcessInstanceRow } from '../state/rows.ts';
import { forgetCompensationOf } from './compensation.ts';
import { startByBufferedMessage } from './message-starts.ts';
import type { Run } from './run.ts';
import { ScopeVariables } from './scope-variables.ts';

/** Ends a process instance and tells who waits: its caller, a call activity, messages that waited for its end. */
export function endProcessInstance(run: Run, row: ProcessInstanceRow, state: 'COMPLETED' | 'TERMINATED'): void {
  const event = state === 'COMPLETED' ? 'element.completed' : 'element.terminated';
  run.emit(event, row, { phase: phase[state === 'COMPLETED' ? 'completed' : 'terminated'], state, endedAt: run.now });
  if (run.element(row).process.compensates) forgetCompensationOf(run, row);
  if (row.data?.startLock) startByBufferedMessage(run, row);
  if (row.parentElementKey !== null) tellCaller(run, row, state);
}

function tellCaller(run: Run, row: ProcessInstanceRow, state: 'COMPLETED' | 'TERMINATED'): void {
  const caller = run.state.instance(row.parentElementKey!, row.parentKey!);
  if (!caller || caller.phase >= phase.completed) return;
  run.emit('element.changed', caller, { children: 0 });
  if (state === 'TERMINATED' || caller.phase === phase.terminating) {
    run.terminate(caller);
    return;
  }
  const element = run.element(caller);
  if (element.called!.propagateAllChildVariables || element.outputs) {
    const result = parseExactly(new ScopeVariables(run.state, row).json()) as JsonObject;
    run.emit('element.changed', caller, { data: { ...caller.data, event: result } });
  }
  run.complete(caller);
}
