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
  showReadable(modeler.get('canvas'));
  return modeler;
}

/** A long process fits the window only when nobody can read it: then it opens at a readable size, at its beginning. */
export function showReadable(canvas: Modeler): void {
  if (canvas.zoom('fit-viewport', 'auto') >= READABLE_SCALE) return;
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / READABLE_SCALE, outer.height / READABLE_SCALE];
  const y = height > inner.height ? inner.y + (inner.height - height) / 2 : inner.y - MARGIN;
  canvas.viewbox({ x: inner.x - PALETTE_WIDTH / READABLE_SCALE, y, width, height });
}

const READABLE_SCALE = 0.55;
const MARGIN = 20;
const PALETTE_WIDTH = 130;
