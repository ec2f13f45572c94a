import '@bpmn-io/form-js/dist/assets/form-js.css';
import '@bpmn-io/form-js/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js/dist/assets/properties-panel.css';
import './modeler/workbench.css';
import { FormEditor } from '@bpmn-io/form-js';
import { deployDialog } from './modeler/deploy-dialog.ts';
import { DraftSaver } from './modeler/draft-saver.ts';
import { find, readEditorData } from './modeler/editor-data.ts';

async function start(): Promise<void> {
  const data = readEditorData();
  const editor = new FormEditor({ container: find('[data-canvas]') });
  await editor.importSchema(JSON.parse(data.file.content));
  const saver = new DraftSaver(data, async () => JSON.stringify(editor.saveSchema(), null, 2));
  editor.on('changed', () => saver.changed());
  deployDialog(data, saver, () => undefined);
  document.body.dataset.editorReady = 'true';
}

void start();
