import { entityNotFound } from '../problem.ts';
import type { ReadStatements } from '../read-statements.ts';
import { tenantId } from '../tenant.ts';

interface FormRow {
  key: number;
  form_id: string;
  version: number;
  schema: string;
}

function printForm(row: FormRow) {
  return { tenantId, formId: row.form_id, schema: row.schema, version: row.version, formKey: String(row.key) };
}

/** @throws Problem 404 when the form does not exist */
export function formByKey(read: ReadStatements, key: number) {
  const row = read.get<FormRow>('SELECT key, form_id, version, schema FROM form WHERE key = ?', key);
  if (!row) throw entityNotFound('Form', String(key));
  return printForm(row);
}

/** The newest version of a process definition's start form, undefined when it has none. */
export function latestForm(read: ReadStatements, processDefinitionKey: number, printedKey: string) {
  const definition = read.get<{ start_form_id: string | null }>(
    'SELECT start_form_id FROM process_definition WHERE key = ?',
    processDefinitionKey,
  );
  if (!definition) throw entityNotFound('Process Definition', printedKey);
  if (definition.start_form_id === null) return undefined;
  const row = read.get<FormRow>(
    'SELECT key, form_id, version, schema FROM form WHERE form_id = ? AND deleted = 0 ORDER BY version DESC LIMIT 1',
    definition.start_form_id,
  );
  return row && printForm(row);
}
