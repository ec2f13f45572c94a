import { fieldsOf, type FormField } from './form-fields.ts';
import { isoWithZone, readLocalTime } from '../view/shanghai.ts';

type Body = Record<string, unknown>;

/**
 * What a browser's form sent (text, or a list of texts) as the values that the schema means. What cannot be read is handed
 * on as it was: the domain names the problem.
 */
export function readAnswers(schema: Record<string, unknown>, body: Body): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  const visit = (fields: readonly FormField[]): void => {
    for (const field of fields) {
      if (field.components) visit(field.components);
      if (field.key === undefined || field.type === 'group') continue;
      const value = valueOf(field, body[field.key]);
      if (value !== undefined) answers[field.key] = value;
    }
  };
  visit(fieldsOf(schema));
  return answers;
}

function valueOf(field: FormField, sent: unknown): unknown {
  switch (field.type) {
    case 'checkbox':
      return sent !== undefined && last(sent) !== '';
    case 'checklist':
    case 'taglist':
      return sent === undefined
        ? []
        : [sent]
            .flat()
            .filter((one) => one !== '')
            .map((one) => optionValue(field, one));
    case 'radio':
    case 'select':
      return isBlank(sent) ? undefined : optionValue(field, last(sent));
    case 'number':
      return isBlank(sent) ? undefined : numberOr(last(sent));
    case 'datetime':
      return isBlank(sent) ? undefined : dateOf(field, String(last(sent)));
    default:
      return isBlank(sent) ? undefined : last(sent);
  }
}

const last = (sent: unknown): unknown => (Array.isArray(sent) ? sent.at(-1) : sent);
const isBlank = (sent: unknown): boolean => last(sent) === undefined || last(sent) === '';
const optionValue = (field: FormField, sent: unknown): unknown =>
  field.values?.find((option) => String(option.value) === sent)?.value ?? sent;

function numberOr(sent: unknown): unknown {
  const number = Number(sent);
  return Number.isFinite(number) ? number : sent;
}

function dateOf(field: FormField, sent: string): string {
  if (field.subtype !== 'datetime') return sent;
  const at = readLocalTime(sent);
  return at === null ? sent : isoWithZone(at);
}
