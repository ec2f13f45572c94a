import type { Modeler } from './create-modeler.ts';
import type { DraftSaver } from './draft-saver.ts';
import { find, word, type EditorData } from './editor-data.ts';

/** For the user task that is selected: opens its form, or makes a new one and links it. */
export function taskFormLink(data: EditorData, modeler: Modeler, saver: DraftSaver): void {
  const button = find<HTMLButtonElement>('[data-task-form]');
  let task: Modeler;
  const show = () => {
    button.hidden = !task;
    if (task) button.textContent = word(data, formIdOf(task) ? 'workbench.form.edit' : 'workbench.form.create');
  };
  const follow = ({ newSelection }: { newSelection: Modeler[] }) => {
    const [element] = newSelection;
    task = newSelection.length === 1 && element.businessObject.$type === 'bpmn:UserTask' ? element : undefined;
    show();
  };
  modeler.get('eventBus').on('selection.changed', follow);
  modeler.get('eventBus').on('elements.changed', show);
  button.addEventListener('click', () => {
    void (async () => {
      const known = formIdOf(task);
      const formId = known ?? newFormId(data, task);
      if (!known) linkForm(modeler, task, formId);
      const fileName = `${formId}.form`;
      if (!data.files.some(({ name }) => name === fileName)) await createForm(data, fileName, formId);
      await saver.save();
      location.assign(`${data.base}/edit?file=${encodeURIComponent(fileName)}`);
    })();
  });
}

const definitionOf = (task: Modeler) =>
  task.businessObject.extensionElements?.values?.find(({ $type }: Modeler) => $type === 'zeebe:FormDefinition');
const formIdOf = (task: Modeler): string | undefined => definitionOf(task)?.formId || undefined;

/** camelCase or Activity_1abc → kebab-case, unused so far. */
function newFormId(data: EditorData, task: Modeler): string {
  const base = String(task.id)
    .replace(/_/g, '-')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  let formId = base;
  for (let n = 2; data.files.some(({ name }) => name === `${formId}.form`); n++) formId = `${base}-${n}`;
  return formId;
}

function linkForm(modeler: Modeler, task: Modeler, formId: string): void {
  const factory = modeler.get('bpmnFactory');
  const values = (task.businessObject.extensionElements?.values ?? []).filter(
    ({ $type }: Modeler) => $type !== 'zeebe:FormDefinition',
  );
  const definition = factory.create('zeebe:FormDefinition', { formId, bindingType: 'deployment' });
  const extensionElements = factory.create('bpmn:ExtensionElements', { values: [...values, definition] });
  for (const value of extensionElements.values) value.$parent = extensionElements;
  extensionElements.$parent = task.businessObject;
  modeler.get('modeling').updateProperties(task, { extensionElements });
}

async function createForm(data: EditorData, fileName: string, formId: string): Promise<void> {
  const schema = {
    type: 'default',
    id: formId,
    schemaVersion: 18,
    executionPlatform: 'Camunda Cloud',
    executionPlatformVersion: '8.9.0',
    components: [],
  };
  await fetch(`${data.base}/files/${encodeURIComponent(fileName)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-csrf-token': data.csrfToken },
    body: JSON.stringify({ content: JSON.stringify(schema, null, 2), version: 0 }),
  });
}
