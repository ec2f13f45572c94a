import type { ExecutableElement } from '../model/executable-process.ts';
import type { Manner, Run } from '../processing/run.ts';
import type { ElementInstanceRow } from '../state/rows.ts';

/** What makes an element different; everything that all elements share is processing/life-cycle.ts. */
export interface Behavior {
  /** Before the input mappings. */
  prepare?(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /**
   * Begins the element's work, or has it completed at once. Throws Incident before it writes anything.
   * A process instance comes as an ElementInstanceRow here and below: the fields that differ are not for elements.
   */
  activate(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /** Before the output mappings. */
  complete?(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /** After the output mappings and the end listeners, while the variables of the instance are still there. */
  conclude?(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /** The flows that are taken, where that is not all. */
  flows?(run: Run, row: ElementInstanceRow, element: ExecutableElement): ExecutableElement[];
  /** What a resolved incident of an active instance tries again, where that is not its completion. */
  retry?(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /** After its tokens have left. */
  left?(run: Run, row: ElementInstanceRow, element: ExecutableElement): void;
  /** 'wait' when something must end before the element may. */
  terminate?(run: Run, row: ElementInstanceRow, element: ExecutableElement, manner: Manner): 'wait' | void;
  /** Scopes: one of the children has completed (given) or was ended otherwise; default: the last one completes the scope. */
  childEnded?(run: Run, row: ElementInstanceRow, element: ExecutableElement, completed?: ElementInstanceRow): void;
}

/** Elements at which a token does not stop. */
export const passThrough: Behavior = {
  activate: (run, row) => run.complete(row),
};
