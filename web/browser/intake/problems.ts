export interface FieldMessage {
  field: string;
  message: string;
}

/** Each sentence at its field, all of them on top with the focus, so that none is found one by one. */
export function showProblems(form: HTMLFormElement, summary: string, problems: readonly FieldMessage[]): void {
  for (const old of form.querySelectorAll('.problem')) old.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  const box = form.querySelector<HTMLElement>('[data-problems]')!;
  box.hidden = summary === '';
  if (summary === '') return;
  box.replaceChildren(...(problems.length === 0 ? [document.createTextNode(summary)] : [listOf(form, problems)]));
  for (const { field, message } of problems) {
    const input = form.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`);
    if (!input) continue;
    const line = document.createElement('p');
    line.className = 'problem';
    line.id = `problem-${field}`;
    line.textContent = message;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', line.id);
    input.after(line);
  }
  box.focus();
}

function listOf(form: HTMLFormElement, problems: readonly FieldMessage[]): HTMLElement {
  const list = document.createElement('ul');
  for (const { field, message } of problems) {
    const line = document.createElement('li');
    const label = form.querySelector(`label[for="${CSS.escape(field)}"]`)?.firstChild?.textContent?.trim();
    line.textContent = label ? `${label}：${message}` : message;
    list.append(line);
  }
  return list;
}
