import '@bpmn-io/form-js/dist/assets/form-js.css';
import '@bpmn-io/form-js/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js/dist/assets/properties-panel.css';
import './modeler/workbench.css';
import { FormEditor } from '@bpmn-io/form-js';
import { deployDialog } from './modeler/deploy-dialog.ts';
import { DraftSaver } from './modeler/draft-saver.ts';
import { find, readEditorData } from './modeler/editor-data.ts';
import { translateInPlace } from './modeler/translate-in-place.ts';
import { zhForm } from './modeler/zh-form.ts';

async function start(): Promise<void> {
  const data = readEditorData();
  const canvas = find('[data-canvas]');
  const editor = new FormEditor({ container: canvas });
  if (data.locale === 'zh-CN') translateInPlace(canvas, zhForm);
  await editor.importSchema(JSON.parse(data.file.content));
  const saver = new DraftSaver(data, async () => JSON.stringify(editor.saveSchema(), null, 2));
  editor.on('changed', () => saver.changed());
  deployDialog(data, saver, () => undefined);
  document.body.dataset.editorReady = 'true';
}

void start();
