// @ts-expect-error the package has no types
import bpmnWords from 'bpmn-js-i18n-zh/lib/bpmn-js/index.js';
// @ts-expect-error the package has no types
import panelWords from 'bpmn-js-i18n-zh/lib/properties-panel/index.js';
// @ts-expect-error the package has no types
import zeebeWords from 'bpmn-js-i18n-zh/lib/zeebe-properties-panel/index.js';
import { zhExtra } from './zh-extra.ts';

const zh: Record<string, string> = { ...bpmnWords, ...panelWords, ...zeebeWords, ...zhExtra };

function fill(template: string, replacements: Record<string, string> = {}): string {
  return template.replace(/{([^}]+)}/g, (whole, key: string) => replacements[key] ?? whole);
}

/** A diagram-js module that speaks the user's language. */
export function translateModule(locale: string, chinese: Readonly<Record<string, string>> = zh): object {
  const words = locale === 'zh-CN' ? chinese : {};
  const translate = (template: string, replacements?: Record<string, string>) =>
    fill((words as Readonly<Record<string, string>>)[template] ?? template, replacements);
  return { translate: ['value', translate] };
}
