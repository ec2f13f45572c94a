import { extensionOf, type ProjectRule } from '../rule.ts';

/** A user task that is a job sends no listener events: nobody would see it. */
export const userTaskZeebe: ProjectRule = {
  name: 'user-task-zeebe',
  category: 'error',
  zh: '用户任务的实现方式须为“Camunda 用户任务”（zeebe:userTask）',
  en: 'A user task must be a Camunda user task (zeebe:userTask)',
  check(node, report) {
    if (node.$type === 'bpmn:UserTask' && !extensionOf(node, 'zeebe:UserTask')) report();
  },
};
