import type { Stores } from '../ports/stores.ts';
import type { FormVersion } from '../process/process-file.ts';
import { ANY_CLASS, REWORK_CLASS } from '../deadline/limit-rule.ts';
import { MINOR_CATEGORIES } from '../defaults/categories.ts';
import { DIVISIONS } from '../defaults/divisions.ts';
import { REJECT_REASONS } from '../ticket/ticket.ts';
import type { OptionSources } from './form-schema.ts';
import type { Task } from './task.ts';

/** The form as it was deployed with the task's process; undefined for a task without one. */
export async function loadForm(stores: Stores, task: Task): Promise<FormVersion | undefined> {
  if (task.formKey !== null) {
    const form = await stores.processes.form(task.formKey);
    if (form) return form;
  }
  if (task.formId === null) return undefined;
  const version = await stores.processes.version(task.processDefinitionKey);
  return version && stores.processes.formOfDeployment(version.deploymentId, task.formId);
}

/** The options of components whose custom property `source` names one of these. */
export async function optionSources(stores: Stores): Promise<OptionSources> {
  const units = await stores.units.all();
  const rules = await stores.limitRules.all();
  return {
    units: units.filter(({ active }) => active).map(({ unitCode }) => unitCode),
    rejectReasons: REJECT_REASONS,
    categories: MINOR_CATEGORIES.map(({ code }) => code),
    divisions: DIVISIONS.map(({ code }) => code),
    limitClasses: [...new Set(rules.map(({ limitClass }) => limitClass))].filter(
      (name) => name !== ANY_CLASS && name !== REWORK_CLASS,
    ),
  };
}
