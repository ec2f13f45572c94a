import { closeSubscriptions } from '../processing/catch-events.ts';
import { throwError } from '../processing/errors.ts';
import { Expressions } from '../processing/expressions.ts';
import { terminateChildren } from '../processing/scopes.ts';
import type { Behavior } from './behavior.ts';
import { throwEvent } from './throw-event.ts';

/** Terminate ends its scope, error ends its thrower; the others are as in the middle of a process. */
export const endEvent: Behavior = {
  activate(run, row, element) {
    const event = element.event!;
    if (event.kind === 'error') {
      const code = new Expressions(run, row).string(event.errorCode ?? '');
      throwError(run, row, { code, message: '', variables: {} });
    } else throwEvent(run, row, element);
  },
  left(run, row, element) {
    if (element.event!.kind !== 'terminate') return;
    const scope = run.state.scopeOf(row)!;
    closeSubscriptions(run, scope);
    run.emit('element.changed', scope, { data: { ...scope.data, terminateEnd: true } });
    terminateChildren(run, scope);
  },
};
