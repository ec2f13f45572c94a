import CloudModeler from 'camunda-bpmn-js/lib/camunda-cloud/Modeler';
// @ts-expect-error the package has no types
import tokenSimulation from 'bpmn-js-token-simulation';
import type { EditorData } from './editor-data.ts';
import { translateModule } from './translate.ts';
import { userTaskDefaultsModule } from './user-task-defaults.ts';

// bpmn-js's services come untyped out of its injector
export type Modeler = any;

/** Camunda's own modeler with the project's element templates, its words and its user task. */
export async function createModeler(
  data: EditorData,
  places: { canvas: HTMLElement; panel: HTMLElement },
): Promise<Modeler> {
  const modeler: Modeler = new CloudModeler({
    container: places.canvas,
    propertiesPanel: { parent: places.panel },
    additionalModules: [translateModule(data.locale), userTaskDefaultsModule, tokenSimulation],
    elementTemplates: { templates: data.elementTemplates },
  });
  modeler.get('elementTemplatesLoader').setTemplates(data.elementTemplates);
  await modeler.importXML(data.file.content);
  modeler.get('canvas').zoom('fit-viewport', 'auto');
  return modeler;
}
