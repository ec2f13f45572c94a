import { extensionOf, type ProjectRule } from '../rule.ts';

export const TASK_EVENTS = ['creating', 'assigning', 'updating', 'completing', 'canceling'];
export const TASK_JOB_TYPE = 'liandong.task';

/** Without the model's own listeners the task list would miss a claim or a cancellation (camunda#51630, #51990). */
export const userTaskListeners: ProjectRule = {
  name: 'user-task-listeners',
  category: 'error',
  zh: `用户任务须有五个任务监听器（类型 ${TASK_JOB_TYPE}），请套用“用户任务”模板；缺少`,
  en: `A user task needs five task listeners of type ${TASK_JOB_TYPE} (apply the user task template); missing`,
  check(node, report) {
    if (node.$type !== 'bpmn:UserTask') return;
    const listeners = extensionOf(node, 'zeebe:TaskListeners')?.listeners ?? [];
    const heard = listeners.filter(({ type }) => type === TASK_JOB_TYPE).map(({ eventType }) => eventType);
    const missing = TASK_EVENTS.filter((event) => !heard.includes(event));
    if (missing.length > 0) report(missing.join(', '));
  },
};
