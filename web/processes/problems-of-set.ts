import type { Request } from 'express';
import type { Lint } from '../web-options.ts';
import type { WorkingFile } from './process-set.ts';

export interface SetProblem {
  file: string;
  elementId: string | null;
  category: 'error' | 'warn';
  message: string;
}

/** What is wrong with the set as it would be deployed: the lint rules, and forms that a task names but nobody has drawn. */
export async function problemsOfSet(files: readonly WorkingFile[], lint: Lint, { t }: Request): Promise<SetProblem[]> {
  const drawings = files.filter(({ kind }) => kind === 'BPMN').map(({ name, content }) => ({ name, content }));
  const linted = (await lint(drawings)).map(({ file, elementId, fatal, message }) => ({
    file,
    elementId,
    category: fatal ? ('error' as const) : ('warn' as const),
    message,
  }));
  return [...linted, ...brokenForms(files, t), ...missingForms(files, t)];
}

function brokenForms(files: readonly WorkingFile[], t: Request['t']): SetProblem[] {
  return files
    .filter(({ kind, content }) => kind === 'FORM' && !isFormSchema(content))
    .map(({ name }) => ({
      file: name,
      elementId: null,
      category: 'error',
      message: t('workbench.problems.brokenForm'),
    }));
}

function isFormSchema(content: string): boolean {
  try {
    const schema = JSON.parse(content) as { id?: unknown; components?: unknown };
    return typeof schema.id === 'string' && Array.isArray(schema.components);
  } catch {
    return false;
  }
}

function missingForms(files: readonly WorkingFile[], t: Request['t']): SetProblem[] {
  const forms = new Set(files.filter(({ kind }) => kind === 'FORM').map(({ name }) => name.replace(/\.form$/, '')));
  return files
    .filter(({ kind }) => kind === 'BPMN')
    .flatMap(({ name, content }) =>
      [...content.matchAll(/formDefinition\b[^>]*\bformId="([^"]+)"/g)]
        .map((match) => match[1]!)
        .filter((formId) => !forms.has(formId))
        .map((formId) => ({
          file: name,
          elementId: null,
          category: 'error' as const,
          message: t('workbench.problems.missingForm', { formId }),
        })),
    );
}
