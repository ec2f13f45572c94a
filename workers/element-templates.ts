import { allWorkers } from './all-workers.ts';
import type { Worker } from './worker.ts';
import callActivity from '../workflows/element-templates/call-activity.json' with { type: 'json' };
import userTask from '../workflows/element-templates/user-task.json' with { type: 'json' };

const SCHEMA = 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json';

const words = {
  'zh-CN': { retries: '重试次数', reads: '读取变量' },
  en: { retries: 'Retries', reads: 'Reads' },
};

/**
 * Camunda element templates, so that a designer picks a worker by name instead of typing its job type; beside those of
 * the drawings: the user task with the listeners that the task list lives by, and the call activity.
 */
export function elementTemplates(locale: 'zh-CN' | 'en'): object[] {
  return [userTask, callActivity, ...allWorkers.map((worker) => workerTemplate(worker, locale))];
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
