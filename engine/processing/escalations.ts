import type { InstanceRow } from '../state/rows.ts';
import { triggerEvent } from './catch-events.ts';
import { catchersAt, isInterrupted, outwards } from './errors.ts';
import type { Run } from './run.ts';

/**
 * Hands an escalation to the nearest catcher outside of the thrower: one of this very code comes before one that
 * catches all. Nobody has to catch it (docs: "Escalation events"). From a scope that an event sub-process has
 * interrupted it gets as far as its boundary, then to the caller of the process, as in Zeebe.
 * @returns whether the thrower goes on: not when its scope is ended by the catcher
 */
export function throwEscalation(run: Run, thrower: InstanceRow, code: string): 'goes on' | 'ends' {
  for (let row = outwards(run, thrower); row; row = outwards(run, row)) {
    const catchers = catchersAt(run, row).filter(({ event }) => event?.kind === 'escalation');
    const codes = catchers.map(({ event }) => event!.escalation?.code ?? '');
    const at = codes.includes(code) ? codes.indexOf(code) : codes.indexOf('');
    if (at >= 0) {
      triggerEvent(run, row, catchers[at]!, {});
      return catchers[at]!.interrupting ? 'ends' : 'goes on';
    }
    if (isInterrupted(row)) row = run.state.processInstance(row.processInstanceKey)!;
  }
  return 'goes on';
}
