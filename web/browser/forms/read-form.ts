const NOT_ANSWERS = new Set(['_csrf', 'expectedVersion', 'next']);

/** What is typed, hidden fields included, by name: lists for checklists, true or false for single boxes. */
export function readForm(form: HTMLFormElement): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of form.querySelectorAll<HTMLInputElement>('input[name], textarea[name], select[name]')) {
    if (NOT_ANSWERS.has(field.name)) continue;
    if (field.type === 'checkbox') readBox(form, field, data);
    else if (field.type === 'radio') {
      if (field.checked) data[field.name] = field.value;
    } else if (field.value !== '') data[field.name] = field.type === 'number' ? Number(field.value) : field.value;
  }
  return data;
}

function readBox(form: HTMLFormElement, field: HTMLInputElement, data: Record<string, unknown>): void {
  const isList = field.closest('fieldset:not(.group)') !== null && form.querySelectorAll(`input[name="${CSS.escape(field.name)}"]`).length > 0;
  if (!isList) {
    data[field.name] = field.checked;
    return;
  }
  const list = (data[field.name] as string[] | undefined) ?? [];
  if (field.checked) list.push(field.value);
  data[field.name] = list;
}

/** Puts values back into a form; the reverse of `readForm`. */
export function fillForm(form: HTMLFormElement, data: Record<string, unknown>): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[name], textarea[name], select[name]')) {
    if (NOT_ANSWERS.has(field.name)) continue;
    const value = data[field.name];
    if (field.type === 'checkbox') field.checked = Array.isArray(value) ? value.includes(field.value) : value === true;
    else if (field.type === 'radio') field.checked = String(value) === field.value;
    else if (value !== undefined) field.value = String(value);
  }
}
