import { forgetDraft } from './forms/drafts.ts';
import { openForms } from './forms/forms.ts';
import { plainKey } from './shell/keyboard.ts';
import { toast } from './shell/toasts.ts';
import { refresh, watchNews } from './tasks/news.ts';
import { markDone, markOpen, moveFocus } from './tasks/selection.ts';

const openKey = () => document.querySelector<HTMLElement>('#task-pane [data-task-key]')?.dataset['taskKey'] ?? null;

document.addEventListener('keydown', (event) => {
  const key = plainKey(event);
  if (key === 'j') moveFocus(1);
  else if (key === 'k') moveFocus(-1);
  else if (key === 'c') document.querySelector<HTMLButtonElement>('#task-pane [data-claim]')?.click();
  else if (key === 'e') document.querySelector<HTMLButtonElement>('#task-pane [data-complete]')?.click();
});

document.addEventListener('htmx:afterSwap', (event) => {
  const target = event.target as HTMLElement;
  if (target.id !== 'task-pane') return;
  openForms(target);
  markOpen(openKey());
  target.scrollTop = 0;
});
document.addEventListener('task-done', (event) => {
  const { taskKey, words } = (event as CustomEvent<{ taskKey: string; words: string }>).detail;
  markDone(taskKey);
  forgetDraft(`/tasks/${taskKey}/draft`);
  toast(decodeURIComponent(words));
  void refresh();
});
document.addEventListener('change', (event) => {
  const field = event.target as HTMLElement;
  if (field.matches('[data-submits]')) field.closest('form')?.requestSubmit();
});

openForms(document);
watchNews();
// Back and forward: the address says which task is open.
addEventListener('popstate', () => location.reload());
