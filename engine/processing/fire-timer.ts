import { continueLoop } from '../elements/multi-instance-body.ts';
import type { ElementInstanceRow, TimerRow } from '../state/rows.ts';
import { openTimer, triggerEvent } from './catch-events.ts';
import { Expressions } from './expressions.ts';
import { guarded } from './incidents.ts';
import { startProcessInstance } from './process-instances.ts';
import type { Run } from './run.ts';
import { nextOfCycle, openStartTimer } from './timers.ts';

/** A timer is due: what waits for it goes on, and a repeating one is set again. */
export function fireTimer(run: Run, timer: TimerRow): void {
  run.emit('timer.ended', timer);
  const element = run.state.definitions.element(timer.elementRef);
  if (element.loop && timer.elementInstanceKey !== null) {
    const body = run.state.instance(timer.elementInstanceKey, timer.processInstanceKey!);
    if (body) continueLoop(run, body as ElementInstanceRow, element);
    return;
  }
  const { expression } = element.event!.timer!;
  const next = (expressions: Expressions) =>
    nextOfCycle(expressions.string(expression), run.now, timer.repetitions, timer.dueAt);
  if (timer.elementInstanceKey === null) {
    if (timer.repetitions !== 0) openStartTimer(run, element, next(new Expressions(run, undefined)));
    startProcessInstance(run, element.process, { start: { element, variables: {} } });
    return;
  }
  const holder = run.state.instance(timer.elementInstanceKey, timer.processInstanceKey!);
  if (!holder) return;
  if (!triggerEvent(run, holder, element, {}) || timer.repetitions === 0) return;
  guarded(run, holder, () => openTimer(run, holder, element, next(new Expressions(run, holder))));
}
