type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((element): element is Field => 'name' in element && (element as Field).name !== '');
const lists = new Set(['riskFlags']);

/** The form as the API takes it: `caller.phone` is a field of `caller`, an empty text is none. */
export function readForm(form: HTMLFormElement): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of fieldsOf(form)) {
    const value = valueOf(field);
    if (value === undefined) continue;
    const [group, name] = field.name.split('.') as [string, string | undefined];
    if (lists.has(field.name))
      data[group] = [...((data[group] as unknown[] | undefined) ?? []), ...(value === null ? [] : [value])];
    else if (name) data[group] = { ...(data[group] as object), [name]: value };
    else data[group] = value;
  }
  const { intakeOutcome } = data;
  if (intakeOutcome !== 'ANSWER') data.directAnswer = null;
  if (intakeOutcome !== 'REJECT')
    for (const name of ['rejectReason', 'rejectText', 'rejectChannelTold']) data[name] = null;
  return data;
}

function valueOf(field: Field): unknown {
  if (field instanceof HTMLInputElement && field.type === 'radio') return field.checked ? field.value : undefined;
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    return lists.has(field.name) ? (field.checked ? field.value : null) : field.checked;
  }
  if (field.value === '') return null;
  // the city's clock, wherever the browser stands
  return field.type === 'datetime-local' ? new Date(`${field.value}+08:00`).toISOString() : field.value;
}

export function fillForm(form: HTMLFormElement, data: Record<string, unknown>): void {
  for (const field of fieldsOf(form)) {
    const [group, name] = field.name.split('.') as [string, string | undefined];
    const value = name ? (data[group] as Record<string, unknown> | undefined)?.[name] : data[group];
    if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = value === field.value;
    else if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      field.checked = Array.isArray(value) ? value.includes(field.value) : value === true;
    } else if (field.type === 'datetime-local') {
      field.value = value ? new Date(Date.parse(String(value)) + 8 * 3_600_000).toISOString().slice(0, 16) : '';
    } else field.value = value === null || value === undefined ? '' : String(value);
  }
}
