import type { FieldChecks } from '../errors/field-checks.ts';
import { evaluateCondition, UNREADABLE } from './feel-condition.ts';
import { componentsOf, defaultsOf, type FormComponent, type OptionSources } from './form-schema.ts';

type Answers = Record<string, unknown>;
/** A designer's field without a limit of its own still may not fill the database. */
const MAX_TEXT = 10_000;
const WITHOUT_INPUT = new Set([
  'text',
  'html',
  'image',
  'spacer',
  'separator',
  'button',
  'iframe',
  'table',
  'documentPreview',
]);
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

function patternOf(component: FormComponent): RegExp | null {
  const { pattern, validationType } = component.validate ?? {};
  if (validationType === 'email') return EMAIL;
  try {
    return pattern ? new RegExp(pattern) : null;
  } catch {
    return null; // a designer's slip (the lint tells them): no answer could ever match it
  }
}

/** The values that may be chosen; null when the page computes them and the server cannot know. */
function optionsOf(component: FormComponent, sources: OptionSources): readonly unknown[] | null {
  const source = component.properties?.['source'];
  if (source !== undefined) return sources[source] ?? null;
  return component.valuesKey || component.valuesExpression || !component.values
    ? null
    : component.values.map((option) => option.value);
}

function checkText(checks: FieldChecks, key: string, component: FormComponent, value: unknown): unknown {
  const { minLength, maxLength } = component.validate ?? {};
  const pattern = patternOf(component);
  return checks.text(key, value, {
    max: Number(maxLength ?? MAX_TEXT),
    ...(minLength ? { min: Number(minLength) } : {}),
    ...(pattern ? { pattern } : {}),
  });
}

function checkNumber(checks: FieldChecks, key: string, component: FormComponent, value: unknown): unknown {
  const { min, max } = component.validate ?? {};
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return checks.number(key, number, { min: Number(min ?? -Number.MAX_VALUE), max: Number(max ?? Number.MAX_VALUE) });
}

function checkChoice(checks: FieldChecks, key: string, options: readonly unknown[] | null, value: unknown): unknown {
  if (typeof value === 'object') checks.add(key, 'notAnOption', { value: '' });
  else if (options !== null && !options.includes(value))
    checks.add(key, 'notAnOption', { value: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60) });
  return value;
}

function checkChoices(checks: FieldChecks, key: string, options: readonly unknown[] | null, value: unknown): unknown {
  if (!Array.isArray(value)) {
    checks.add(key, 'notAList');
    return [];
  }
  for (const item of value) checkChoice(checks, key, options, item);
  return [...new Set(value as unknown[])];
}

function checkDate(checks: FieldChecks, key: string, component: FormComponent, value: unknown): unknown {
  const subtype = component.subtype ?? 'date';
  const good =
    typeof value === 'string' &&
    (subtype === 'time'
      ? TIME.test(value)
      : !Number.isNaN(Date.parse(value)) && (subtype !== 'date' || DATE.test(value)));
  if (!good) checks.add(key, 'notADate');
  return value;
}

function checkValue(
  checks: FieldChecks,
  key: string,
  component: FormComponent,
  value: unknown,
  sources: OptionSources,
): unknown {
  switch (component.type) {
    case 'textfield':
    case 'textarea':
      return checkText(checks, key, component, value);
    case 'number':
      return checkNumber(checks, key, component, value);
    case 'checkbox':
      if (typeof value !== 'boolean') checks.add(key, 'notYesOrNo');
      return value;
    case 'radio':
    case 'select':
      return checkChoice(checks, key, optionsOf(component, sources), value);
    case 'checklist':
    case 'taglist':
      return checkChoices(checks, key, optionsOf(component, sources), value);
    case 'datetime':
      return checkDate(checks, key, component, value);
    default:
      if (JSON.stringify(value).length > MAX_TEXT) checks.add(key, 'tooLong', { max: MAX_TEXT });
      return value;
  }
}

/**
 * Checks answers against the form that was deployed with the process, so that a designer's new form works without code: required,
 * lengths, patterns, numbers, options; hidden fields are left out, unknown ones refused.
 * @param context variables that conditions may name besides the answers
 * @returns the answers, trimmed, without what is empty or hidden
 */
export function checkFormAnswers(
  checks: FieldChecks,
  schema: Record<string, unknown>,
  answers: Answers,
  sources: OptionSources,
  context: Answers = {},
): Answers {
  const clean: Answers = {};
  const known = new Set<string>();
  const filled = { ...defaultsOf(schema), ...answers };
  const data = { ...context, ...filled };
  const visit = (components: readonly FormComponent[], hidden: boolean | null): void => {
    for (const component of components) {
      const own = component.conditional?.hide ? evaluateCondition(component.conditional.hide, data) : false;
      // A condition this cannot read may be hiding the field on the page: then nothing is demanded of it.
      const isHidden = hidden === true || own === true ? true : hidden === null || own === UNREADABLE ? null : false;
      if (component.components) visit(component.components, isHidden);
      const { key } = component;
      if (key === undefined || WITHOUT_INPUT.has(component.type) || component.type === 'group') continue;
      known.add(key);
      if (isHidden === true) continue;
      const value = filled[key];
      const unticked = component.type === 'checkbox' && value === false;
      if (isEmpty(value) || (unticked && component.validate?.required)) {
        if (component.validate?.required && isHidden === false) checks.add(key, 'required');
      } else clean[key] = checkValue(checks, key, component, value, sources);
    }
  };
  visit(componentsOf(schema), false);
  for (const key of Object.keys(answers)) if (!known.has(key)) checks.add(key, 'unknownField');
  return clean;
}
