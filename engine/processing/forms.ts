import type { ExecutableElement } from '../model/executable-process.ts';
import { Incident } from './incident.ts';
import type { Run } from './run.ts';

/** The form that a user task is bound to. */
export function resolveForm(run: Run, element: ExecutableElement, formId: string): number {
  const { formBinding, formVersionTag } = element.userTask!;
  const { definitions } = run.state;
  const form =
    formBinding === 'deployment'
      ? definitions.form('deployment', formId, element.process.deploymentKey)
      : formBinding === 'versionTag'
        ? definitions.form('versionTag', formId, formVersionTag ?? '')
        : definitions.form('latest', formId);
  if (form) return form.key;
  throw new Incident('FORM_NOT_FOUND', notFound(formId, element));
}

function notFound(formId: string, element: ExecutableElement): string {
  const { formBinding, formVersionTag } = element.userTask!;
  if (formBinding === 'deployment') {
    return (
      `Expected to use a form with id '${formId}' with binding type 'deployment', but no such form found in the ` +
      `deployment with key ${element.process.deploymentKey} which contained the current process. ` +
      'To resolve this incident, migrate the process instance to a process definition ' +
      'that is deployed together with the intended form to use.'
    );
  }
  if (formBinding === 'versionTag') {
    return (
      `Expected to use a form with id '${formId}' and version tag '${formVersionTag}', but no such form found. ` +
      'To resolve the incident, deploy a form with the given id and version tag.\n'
    );
  }
  return `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`;
}
