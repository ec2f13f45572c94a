import { allWorkers } from './all-workers.ts';
import { LISTENER_JOB_TYPE } from './liandong-task.ts';
import type { Worker } from './worker.ts';

const SCHEMA = 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json';
const TASK_EVENTS = ['creating', 'assigning', 'updating', 'completing', 'canceling'];

const words = {
  'zh-CN': {
    retries: '重试次数',
    reads: '读取变量',
    form: '表单标识',
    groups: '候选组',
    dueAt: '截止时间',
    priority: '优先级',
    limit: '时限标识',
    userTask: '人工任务',
    userTaskHelp: '由人办理的任务：带五个任务监听器，出现在任务列表中。',
  },
  en: {
    retries: 'Retries',
    reads: 'Reads',
    form: 'Form id',
    groups: 'Candidate groups',
    dueAt: 'Due date',
    priority: 'Priority',
    limit: 'Limit id',
    userTask: 'User task',
    userTaskHelp: 'A task for a person: carries the five task listeners, so that it shows in the task list.',
  },
};

/**
 * Camunda element templates, so that a designer picks a worker by name instead of typing its job type; and the user
 * task with the listeners that the task list lives by.
 */
export function elementTemplates(locale: 'zh-CN' | 'en'): object[] {
  return [userTaskTemplate(locale), ...allWorkers.map((worker) => workerTemplate(worker, locale))];
}

function workerTemplate({ jobType, template, reads }: Worker, locale: 'zh-CN' | 'en') {
  const text = words[locale];
  const [name, description] =
    locale === 'en' ? [template.nameEn, template.descriptionEn] : [template.name, template.description];
  return {
    $schema: SCHEMA,
    id: `liandong.${jobType}`,
    version: 1,
    name,
    description: `${description} ${text.reads}: ${reads.join(', ')}`,
    appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'],
    elementType: { value: 'bpmn:ServiceTask' },
    properties: [
      { type: 'Hidden', value: jobType, binding: { type: 'zeebe:taskDefinition', property: 'type' } },
      {
        type: 'String',
        id: 'retries',
        label: text.retries,
        value: '3',
        feel: 'optional',
        binding: { type: 'zeebe:taskDefinition', property: 'retries' },
        constraints: { notEmpty: true },
      },
    ],
  };
}

function userTaskTemplate(locale: 'zh-CN' | 'en') {
  const text = words[locale];
  const field = (label: string, binding: object, more: object = {}) => ({
    type: 'String',
    label,
    feel: 'optional',
    optional: true,
    binding,
    ...more,
  });
  return {
    $schema: SCHEMA,
    id: 'liandong.user-task',
    version: 1,
    name: text.userTask,
    description: text.userTaskHelp,
    appliesTo: ['bpmn:Task', 'bpmn:UserTask'],
    elementType: { value: 'bpmn:UserTask' },
    properties: [
      { type: 'Hidden', binding: { type: 'zeebe:userTask' } },
      ...TASK_EVENTS.map((eventType) => ({
        type: 'Hidden',
        value: LISTENER_JOB_TYPE,
        binding: { type: 'zeebe:taskListener', eventType },
      })),
      {
        type: 'String',
        label: text.form,
        binding: { type: 'zeebe:formDefinition', property: 'formId' },
        constraints: { notEmpty: true },
      },
      { type: 'Hidden', value: 'deployment', binding: { type: 'zeebe:formDefinition', property: 'bindingType' } },
      field(text.groups, { type: 'zeebe:assignmentDefinition', property: 'candidateGroups' }),
      field(text.dueAt, { type: 'zeebe:taskSchedule', property: 'dueDate' }, { feel: 'required' }),
      field(text.priority, { type: 'zeebe:priorityDefinition', property: 'priority' }, { value: '=priority' }),
      field(text.limit, { type: 'zeebe:input', name: 'limitId' }, { feel: 'required' }),
    ],
  };
}
