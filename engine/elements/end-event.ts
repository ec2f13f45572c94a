import { closeSubscriptions } from '../processing/catch-events.ts';
import { throwError } from '../processing/errors.ts';
import { Expressions } from '../processing/expressions.ts';
import { createElementJob } from '../processing/jobs.ts';
import { terminateChildren } from '../processing/scopes.ts';
import type { Behavior } from './behavior.ts';

/** None ends its token, terminate ends its scope, error throws, a message end event is a job. */
export const endEvent: Behavior = {
  activate(run, row, element) {
    const event = element.event!;
    if (event.kind === 'error') {
      const code = new Expressions(run, row).string(event.errorCode ?? '');
      throwError(run, row, { code, message: '', variables: {} });
    } else if (element.job) createElementJob(run, row, element);
    else run.complete(row);
  },
  left(run, row, element) {
    if (element.event!.kind !== 'terminate') return;
    const scope = run.state.scopeOf(row)!;
    closeSubscriptions(run, scope);
    run.emit('element.changed', scope, { data: { ...scope.data, terminateEnd: true } });
    terminateChildren(run, scope);
  },
};
