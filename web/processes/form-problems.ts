import type { FieldProblem } from '../../domain/errors/invalid-input.ts';
import type { WorkingFile } from './process-set.ts';

/** What the engine would only find out when a task is reached: forms that a task names but nobody has made, or that can't be read. */
export function formProblems(files: readonly Pick<WorkingFile, 'name' | 'kind' | 'content'>[]): FieldProblem[] {
  const forms = files.filter(({ kind }) => kind === 'FORM');
  const known = new Set(forms.map(({ content }) => formIdOf(content)));
  const broken = forms
    .filter(({ content }) => formIdOf(content) === undefined)
    .map(({ name }) => ({ field: name, code: 'brokenForm' }));
  const missing = files
    .filter(({ kind }) => kind === 'BPMN')
    .flatMap(({ name, content }) =>
      [...content.matchAll(/formDefinition\b[^>]*\bformId="([^"]+)"/g)]
        .map((match) => match[1]!)
        .filter((formId) => !known.has(formId))
        .map((formId) => ({ field: name, code: 'missingForm', params: { formId } })),
    );
  return [...broken, ...missing];
}

function formIdOf(content: string): string | undefined {
  try {
    const { id, components } = JSON.parse(content) as { id?: unknown; components?: unknown };
    return typeof id === 'string' && Array.isArray(components) ? id : undefined;
  } catch {
    return undefined;
  }
}
