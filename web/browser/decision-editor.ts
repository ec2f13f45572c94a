import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import './modeler/workbench.css';
// @ts-expect-error the package has no types
import DmnModeler from 'dmn-js/lib/Modeler';
import { deployDialog } from './modeler/deploy-dialog.ts';
import { DraftSaver } from './modeler/draft-saver.ts';
import { find, readEditorData } from './modeler/editor-data.ts';
import { translateInPlace } from './modeler/translate-in-place.ts';
import { translateModule } from './modeler/translate.ts';
import { zhDecision, zhDecisionPlaces } from './modeler/zh-decision.ts';

async function start(): Promise<void> {
  const data = readEditorData();
  const canvas = find('[data-canvas]');
  const speaking = { additionalModules: [translateModule(data.locale, zhDecision)] };
  const views = { drd: speaking, decisionTable: speaking, literalExpression: speaking, boxedExpression: speaking };
  const modeler = new DmnModeler({ container: canvas, ...views });
  if (data.locale === 'zh-CN') translateInPlace(canvas, { ...zhDecision, ...zhDecisionPlaces });
  await modeler.importXML(data.file.content);
  const saver = new DraftSaver(data, async () => (await modeler.saveXML({ format: true })).xml);
  const listening = new Set<unknown>();
  const listen = () => {
    const viewer = modeler.getActiveViewer();
    if (!viewer || listening.has(viewer)) return;
    listening.add(viewer);
    viewer.on('commandStack.changed', () => saver.changed());
    viewer.on('elements.changed', () => saver.changed());
  };
  modeler.on('views.changed', listen);
  const table = modeler.getViews().find(({ type }: { type: string }) => type === 'decisionTable');
  if (table) await modeler.open(table);
  listen();
  deployDialog(data, saver, () => undefined);
  document.body.dataset.editorReady = 'true';
}

void start();
