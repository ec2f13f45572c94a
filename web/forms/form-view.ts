import { evaluateCondition } from '../../domain/task/feel-condition.ts';
import type { Locale } from '../i18n/messages.ts';
import { localInput } from '../view/shanghai.ts';
import { fieldsOf, type FormField, type FormOption, type OptionLabels } from './form-fields.ts';

/** One component as the template draws it. */
export interface FieldView {
  kind: string;
  key: string;
  id: string;
  label: string;
  description: string;
  required: boolean;
  /** FEEL without its `=`, for the browser; and whether it holds now. */
  hide: string | null;
  hidden: boolean;
  value: string;
  checked: boolean;
  options: FormOption[];
  asChoice: boolean;
  problem: string | null;
  inputType: string;
  unit: string;
  validate: NonNullable<FormField['validate']>;
  paragraphs: { heading: boolean; words: string }[];
  fields: FieldView[];
}

export interface FormViewInput {
  schema: Record<string, unknown>;
  /** What was typed: the draft, or what was sent and refused. */
  data: Record<string, unknown>;
  /** Variables that conditions and `valuesKey` may name. */
  context: Record<string, unknown>;
  problems: readonly { field: string; message: string }[];
  options: OptionLabels;
  locale: Locale;
  /** Makes ids unique when two forms share a page. */
  idPrefix?: string;
}

/** More options than this are no buttons any more. */
const MAX_CHOICES = 6;

/** A form-js schema as the page draws it on the server: what designers draw needs no code. */
export function formView(input: FormViewInput): FieldView[] {
  const data = { ...input.context, ...withDefaults(fieldsOf(input.schema), input.data) };
  return fieldsOf(input.schema).map((field, index) => viewOf(field, `${input.idPrefix ?? 'f'}-${index}`, input, data));
}

function withDefaults(fields: readonly FormField[], data: Record<string, unknown>): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.key !== undefined && field.defaultValue !== undefined) all[field.key] = field.defaultValue;
    if (field.components) Object.assign(all, withDefaults(field.components, {}));
  }
  return { ...all, ...data };
}

function viewOf(field: FormField, id: string, input: FormViewInput, data: Record<string, unknown>): FieldView {
  const key = field.key ?? '';
  const english = input.locale === 'en';
  const label =
    (english ? field.properties?.['labelEn'] : undefined) ?? field.label ?? field.dateLabel ?? field.timeLabel ?? '';
  const description = (english ? field.properties?.['descriptionEn'] : undefined) ?? field.description ?? '';
  const hide = field.conditional?.hide?.replace(/^\s*=/, '').trim() || null;
  const value = data[key];
  const options = optionsOf(field, input, value);
  const isHint = field.type === 'text' || field.type === 'html';
  const words = (english && isHint ? field.properties?.['labelEn'] : undefined) ?? field.text ?? field.content ?? '';
  return {
    kind: kindOf(field, options),
    key,
    id,
    label,
    description,
    required: field.validate?.required === true,
    hide,
    hidden: hide !== null && evaluateCondition(hide, data) === true,
    value: inputValue(field, value),
    checked: value === true,
    options,
    asChoice: field.properties?.['widget'] === 'choice' || (field.type === 'radio' && options.length <= MAX_CHOICES),
    problem: input.problems.find((problem) => problem.field === key)?.message ?? null,
    inputType: inputTypeOf(field),
    unit: field.appearance?.suffixAdorner ?? '',
    validate: field.validate ?? {},
    paragraphs: paragraphsOf(words),
    fields: (field.components ?? []).map((inner, index) => viewOf(inner, `${id}-${index}`, input, data)),
  };
}

const KINDS: Record<string, string> = {
  textfield: 'input',
  number: 'input',
  datetime: 'input',
  textarea: 'textarea',
  checkbox: 'checkbox',
  radio: 'radio',
  select: 'select',
  checklist: 'checklist',
  taglist: 'checklist',
  text: 'words',
  html: 'words',
  group: 'group',
  separator: 'separator',
  spacer: 'spacer',
};

function kindOf(field: FormField, options: readonly FormOption[]): string {
  const kind = KINDS[field.type] ?? 'unknown';
  if (kind === 'select' && field.properties?.['widget'] === 'choice' && options.length <= MAX_CHOICES) return 'radio';
  return kind;
}

function inputTypeOf(field: FormField): string {
  if (field.type === 'number') return 'number';
  if (field.type === 'datetime') return field.subtype === 'datetime' ? 'datetime-local' : (field.subtype ?? 'date');
  return field.validate?.validationType === 'email' ? 'email' : 'text';
}

function inputValue(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (field.type === 'datetime' && field.subtype === 'datetime') {
    const at = Date.parse(String(value));
    return Number.isNaN(at) ? '' : localInput(at);
  }
  return typeof value === 'object' ? '' : String(value);
}

function optionsOf(field: FormField, input: FormViewInput, value: unknown): FormOption[] {
  const source = field.properties?.['source'];
  const english = input.locale === 'en';
  const chosen = new Set(
    (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null).map(String),
  );
  const all =
    source !== undefined
      ? (input.options[source] ?? [])
      : (field.values ?? valuesFrom(input.context[field.valuesKey ?? ''])).map((option) => ({
          value: String(option.value),
          isText: typeof option.value === 'string',
          label: (english ? option.labelEn : undefined) ?? option.label ?? String(option.value),
        }));
  return all.map((option) => ({ isText: true, ...option, selected: chosen.has(option.value) }));
}

function valuesFrom(list: unknown): { value: unknown; label?: string; labelEn?: string }[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) =>
    typeof item === 'object' && item !== null ? (item as { value: unknown; label?: string }) : { value: item },
  );
}

/** Markdown and HTML of a hint as plain paragraphs: nothing a designer writes becomes markup here. */
function paragraphsOf(words: string): { heading: boolean; words: string }[] {
  return words
    .replace(/<[^>]*>/g, '')
    .split(/\n+/)
    .map((line) => ({
      heading: /^#+\s/.test(line),
      words: line
        .replace(/^#+\s+/, '')
        .replace(/\*\*|__|`/g, '')
        .trim(),
    }))
    .filter((paragraph) => paragraph.words !== '');
}
