import { extensionOf, type ProjectRule } from '../rule.ts';

/** A task without a group is in nobody's list; one without a form has nothing to fill in. */
export const userTaskFormGroup: ProjectRule = {
  name: 'user-task-form-group',
  category: 'error',
  zh: '用户任务须指定表单和候选组；缺少',
  en: 'A user task needs a form and a candidate group; missing',
  check(node, report) {
    if (node.$type !== 'bpmn:UserTask') return;
    if (!extensionOf(node, 'zeebe:FormDefinition')?.formId) report('formId');
    if (!extensionOf(node, 'zeebe:AssignmentDefinition')?.candidateGroups) report('candidateGroups');
  },
};
