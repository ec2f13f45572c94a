const NOT_ANSWERS = new Set(['_csrf', 'expectedVersion', 'next']);

/** Options of numbers and booleans carry `data-json`: conditions compare what the schema means. */
function valueOf(holder: HTMLElement | undefined, value: string): unknown {
  return holder?.dataset['json'] === undefined ? value : (JSON.parse(value) as unknown);
}

/** What is typed, hidden fields included, by name: lists for checklists, true or false for single boxes. */
export function readForm(form: HTMLFormElement): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    'input[name], textarea[name], select[name]',
  )) {
    if (NOT_ANSWERS.has(field.name)) continue;
    if (field instanceof HTMLSelectElement) {
      if (field.value !== '') data[field.name] = valueOf(field.selectedOptions[0], field.value);
    } else if (field.type === 'checkbox') readBox(field, data);
    else if (field.type === 'radio') {
      if (field.checked) data[field.name] = valueOf(field, field.value);
    } else if (field.value !== '') data[field.name] = field.type === 'number' ? Number(field.value) : field.value;
  }
  return data;
}

function readBox(field: HTMLInputElement, data: Record<string, unknown>): void {
  const isList = field.closest('.pick, .checks') !== null;
  if (!isList) {
    data[field.name] = field.checked;
    return;
  }
  const list = (data[field.name] as unknown[] | undefined) ?? [];
  if (field.checked) list.push(valueOf(field, field.value));
  data[field.name] = list;
}

/** Puts values back into a form; the reverse of `readForm`. */
export function fillForm(form: HTMLFormElement, data: Record<string, unknown>): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[name], textarea[name], select[name]')) {
    if (NOT_ANSWERS.has(field.name)) continue;
    const value = data[field.name];
    if (field.type === 'checkbox')
      field.checked = Array.isArray(value) ? value.map(String).includes(field.value) : value === true;
    else if (field.type === 'radio') field.checked = String(value) === field.value;
    else if (value !== undefined) field.value = String(value);
  }
}
