import type { FieldView } from './form-view.ts';

export interface ListedProblem {
  id: string | null;
  label: string;
  message: string;
}

/** The summary above a form: each problem with the field that it leads to. */
export function problemList(
  fields: readonly FieldView[],
  problems: readonly { field: string; message: string }[],
): ListedProblem[] {
  const all = flatten(fields);
  return problems.map(({ field, message }) => {
    const found = all.find(({ key }) => key === field);
    return { id: found?.id ?? null, label: found?.label ?? '', message };
  });
}

function flatten(fields: readonly FieldView[]): FieldView[] {
  return fields.flatMap((field) => [field, ...flatten(field.fields)]);
}
