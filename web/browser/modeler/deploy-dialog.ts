import type { DraftSaver } from './draft-saver.ts';
import { find, word, type EditorData } from './editor-data.ts';
import type { Problem } from './problem-list.ts';

interface Difference {
  files: { name: string; title: string; kind: 'ADDED' | 'CHANGED'; changes: { what: string; text: string }[] }[];
}

interface Refusal {
  detail: string;
  /** `field` is file#element. */
  problems?: { field: string; message: string }[];
}

/** Shows what would change, asks for a note, deploys the whole set; a refusal names file, element and reason. */
export function deployDialog(data: EditorData, saver: DraftSaver, showProblems: (problems: Problem[]) => void): void {
  const dialog = find<HTMLDialogElement>('[data-deploy-dialog]');
  const form = find<HTMLFormElement>('[data-deploy-form]');
  const failure = find('[data-deploy-failure]');
  const submit = find<HTMLButtonElement>('[data-deploy-submit]');
  find('[data-deploy-open]').addEventListener('click', () => {
    void (async () => {
      await saver.save();
      if (saver.state !== 'saved') return;
      failure.replaceChildren();
      await showDifference(data, submit);
      dialog.showModal();
    })();
  });
  find('[data-deploy-cancel]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void deploy();
  });

  async function deploy(): Promise<void> {
    submit.disabled = true;
    try {
      const response = await fetch(`${data.base}/deploy`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': data.csrfToken, accept: 'application/json' },
        body: JSON.stringify({ note: new FormData(form).get('note') }),
      });
      if (response.ok) {
        location.assign(`${data.base}?deployed=1`);
        return;
      }
      const { detail, problems = [] } = (await response.json()) as Refusal;
      const found = problems.map(({ field, message }) => {
        const [file = '', elementId = null] = field.split('#');
        return { file, elementId, message, category: 'error' };
      });
      const summary = word(data, 'workbench.deploy.problems', { count: found.length });
      const lines = found.map(
        ({ file, elementId, message }) => `${[file, elementId].filter(Boolean).join(' · ')}: ${message}`,
      );
      failure.replaceChildren(...(found.length > 0 ? [summary, ...lines] : [detail]).map(paragraph));
      if (found.length > 0) showProblems(found.filter(({ file }) => file === '' || file === data.file.name));
    } catch {
      failure.replaceChildren(paragraph(word(data, 'workbench.deploy.failed')));
    } finally {
      submit.disabled = false;
    }
  }
}

async function showDifference(data: EditorData, submit: HTMLButtonElement): Promise<void> {
  const response = await fetch(`${data.base}/difference`, { headers: { accept: 'application/json' } });
  const { files } = (await response.json()) as Difference;
  submit.disabled = files.length === 0;
  const place = find('[data-deploy-difference]');
  if (files.length === 0) {
    place.replaceChildren(paragraph(word(data, 'workbench.deploy.nothing')));
    return;
  }
  place.replaceChildren(
    ...files.flatMap(({ name, title, kind, changes }) => {
      const head = document.createElement('h4');
      head.textContent = `${title} · ${name} · ${word(data, `workbench.difference.${kind}`)}`;
      const list = document.createElement('ul');
      list.append(...changes.map(({ text }) => Object.assign(document.createElement('li'), { textContent: text })));
      return [head, list];
    }),
  );
}

const paragraph = (text: string) => Object.assign(document.createElement('p'), { textContent: text });
