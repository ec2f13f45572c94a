import type { FormComponent } from '../../domain/task/form-schema.ts';

/** What the page reads of a form-js component besides what the domain checks. */
export interface FormField extends Omit<FormComponent, 'values' | 'components' | 'properties'> {
  id?: string;
  description?: string;
  text?: string;
  content?: string;
  defaultValue?: unknown;
  dateLabel?: string;
  timeLabel?: string;
  height?: number;
  appearance?: { prefixAdorner?: string; suffixAdorner?: string };
  values?: { value: unknown; label?: string; labelEn?: string }[];
  components?: FormField[];
  /** Custom properties: `labelEn`, `descriptionEn`, `source`, `widget`, `processVariable`. */
  properties?: Record<string, string>;
}

export interface FormOption {
  value: string;
  label: string;
  selected: boolean;
  /** False for numbers and booleans: the browser reads them as JSON, so that conditions compare what the schema means. */
  isText: boolean;
}
/** `source` → the options that the server fills in, already in the reader's language. */
export type OptionLabels = Record<string, { value: string; label: string }[]>;

export const fieldsOf = (schema: Record<string, unknown>): FormField[] =>
  Array.isArray(schema['components']) ? (schema['components'] as FormField[]) : [];
