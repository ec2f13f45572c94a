/** What the domain reads of a form-js schema (schemaVersion 16 and later). */
export interface FormComponent {
  type: string;
  key?: string;
  label?: string;
  defaultValue?: unknown;
  values?: { value: unknown; label?: string }[];
  valuesKey?: string;
  valuesExpression?: string;
  components?: FormComponent[];
  conditional?: { hide?: string };
  validate?: {
    required?: boolean;
    minLength?: number;
    maxLength?: number;
    min?: number;
    max?: number;
    pattern?: string;
    validationType?: string;
  };
  properties?: Record<string, string>;
  subtype?: string;
}

/** Options that the server and the page fill in, by the custom property `source`. */
export type OptionSources = Partial<Record<string, readonly string[]>>;

export const componentsOf = (schema: Record<string, unknown>): FormComponent[] =>
  Array.isArray(schema['components']) ? (schema['components'] as FormComponent[]) : [];

/** Every component, groups opened. */
export function* everyComponent(components: readonly FormComponent[]): Generator<FormComponent> {
  for (const component of components) {
    yield component;
    if (component.components) yield* everyComponent(component.components);
  }
}

/** What fields hold that nobody has touched. */
export function defaultsOf(schema: Record<string, unknown>): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const { key, defaultValue } of everyComponent(componentsOf(schema))) {
    if (key !== undefined && defaultValue !== undefined) defaults[key] = defaultValue;
  }
  return defaults;
}

/** Only these go to the engine: form components with the custom property `processVariable` (workflows/README.md). */
export function processVariablesOf(
  schema: Record<string, unknown>,
  answers: Record<string, unknown>,
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { key, properties } of everyComponent(componentsOf(schema))) {
    if (key !== undefined && properties?.['processVariable'] === 'true') variables[key] = answers[key] ?? null;
  }
  return variables;
}
