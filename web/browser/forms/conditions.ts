import { evaluateCondition } from '../../../domain/task/feel-condition.ts';
import { readForm } from './read-form.ts';

/** `data-hide` is FEEL over the form's data and the task's variables (`data-context`); the server decides again. */
export function showWhatApplies(form: HTMLFormElement): void {
  const context = JSON.parse(form.dataset['context'] ?? '{}') as Record<string, unknown>;
  const data = { ...context, ...readForm(form) };
  for (const box of form.querySelectorAll<HTMLElement>('[data-hide]')) {
    const hidden = evaluateCondition(box.dataset['hide'] ?? '', data) === true;
    box.hidden = hidden;
    // A hidden field is not sent: what was typed there stays in the draft, and comes back with the field.
    for (const field of box.querySelectorAll<HTMLInputElement>('input, textarea, select')) field.disabled = hidden;
  }
}
