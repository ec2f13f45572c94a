import type { JsonObject } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { isProcessInstance, type InstanceRow } from '../state/rows.ts';
import { triggerEvent } from './catch-events.ts';
import { Incident } from './incident.ts';
import { acceptsChildren, type Run } from './run.ts';

export interface ThrownError {
  code: string;
  message: string;
  variables: JsonObject;
}

/**
 * Hands an error to the nearest catcher: boundary events of the activity, event sub-processes of its scope, and so on
 * outwards, through call activities too. A catcher of this very code comes before one that catches all. From a scope
 * that an event sub-process has interrupted no error gets further in its process, as in Zeebe; its caller may catch it.
 * @throws Incident UNHANDLED_ERROR_EVENT when nobody catches it
 */
export function throwError(run: Run, thrower: InstanceRow, error: ThrownError): void {
  const seen: string[] = [];
  for (let row: InstanceRow | undefined = thrower; row; row = outwards(run, row)) {
    if (isInterrupted(row)) {
      row = run.state.processInstance(row.processInstanceKey)!;
      continue;
    }
    const catchers = catchersAt(run, row).filter(({ event }) => event?.kind === 'error');
    const codes = catchers.map((catcher) => catcher.event!.errorCode ?? '');
    const at = codes.includes(error.code) ? codes.indexOf(error.code) : codes.indexOf('');
    if (at >= 0) {
      // one that another event ends already hears no more, and nobody further out does
      triggerEvent(run, row, catchers[at]!, error.variables);
      return;
    }
    // Zeebe looks at them in this order
    seen.push(...codes.toSorted().toReversed());
  }
  throw new Incident(
    'UNHANDLED_ERROR_EVENT',
    `Expected to throw an error event with the code '${error.code}'${error.message ? ` with message '${error.message}'` : ''}` +
      `, but it was not caught. ${available(seen)}`,
  );
}

function available(codes: string[]): string {
  if (codes.length === 0) return 'No error events are available in the scope.';
  return `Available error events are [${codes.join(', ')}]`;
}

/** An event sub-process has ended the rest of the scope. */
export const isInterrupted = (row: InstanceRow): boolean => row.data?.interruptedBy !== undefined;

/** The events that catch what is thrown inside of the instance. */
export function catchersAt(run: Run, row: InstanceRow): ExecutableElement[] {
  const element = run.element(row);
  // one that an event sub-process has interrupted begins no other
  const starts = isInterrupted(row) ? [] : element.eventStarts;
  if (isProcessInstance(row)) return starts;
  if (!acceptsChildren(run, run.state.scopeOf(row)!)) return [];
  if (row.data?.loopCounter !== undefined) return starts;
  return row.isBody === 1 ? element.boundaryEvents : [...starts, ...element.boundaryEvents];
}

/** The scope around, through call activities too. */
export function outwards(run: Run, row: InstanceRow): InstanceRow | undefined {
  if (!isProcessInstance(row)) return run.state.scopeOf(row);
  if (row.parentElementKey === null) return undefined;
  return run.state.instance(row.parentElementKey, row.parentKey!);
}
