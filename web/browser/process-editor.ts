import 'camunda-bpmn-js/dist/assets/camunda-cloud-modeler.css';
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css';
import './modeler/workbench.css';
import { createModeler } from './modeler/create-modeler.ts';
import { deployDialog } from './modeler/deploy-dialog.ts';
import { DraftSaver } from './modeler/draft-saver.ts';
import { find, readEditorData } from './modeler/editor-data.ts';
import { ProblemList } from './modeler/problem-list.ts';
import { taskFormLink } from './modeler/task-form-link.ts';
import { translateInPlace } from './modeler/translate-in-place.ts';
import { zhPlaces } from './modeler/zh-places.ts';

async function start(): Promise<void> {
  const data = readEditorData();
  if (data.locale === 'zh-CN') translateInPlace(find('.editor-body'), zhPlaces);
  const modeler = await createModeler(data, { canvas: find('[data-canvas]'), panel: find('[data-properties]') });
  const saver = new DraftSaver(data, async () => (await modeler.saveXML({ format: true })).xml);
  const problems = new ProblemList(data, modeler);
  modeler.get('eventBus').on('commandStack.changed', () => {
    saver.changed();
    problems.changed();
  });
  taskFormLink(data, modeler, saver);
  deployDialog(data, saver, (found) => problems.show(found));
  await problems.check();
  document.body.dataset.editorReady = 'true';
}

void start();
