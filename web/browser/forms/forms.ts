import { showWhatApplies } from './conditions.ts';
import { keepDrafts } from './drafts.ts';

/** Makes every task form below `root` live: conditions, drafts, and the focus on what is wrong. */
export function openForms(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-form]')) {
    if (form.dataset['live'] !== undefined) continue;
    form.dataset['live'] = '';
    form.noValidate = true;
    const refresh = () => showWhatApplies(form);
    form.addEventListener('input', refresh);
    form.addEventListener('change', refresh);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    if (form.dataset['draft']) keepDrafts(form, refresh);
    refresh();
  }
  root.querySelector<HTMLElement>('[data-problem-summary]')?.focus();
}
