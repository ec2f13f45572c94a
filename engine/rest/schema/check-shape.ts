import { isInt64 } from '../operation.ts';
import { badRequest, invalidArgument } from '../problem.ts';
import type { ObjectShape, Shape } from './request-shape.ts';

/**
 * What is wrong with a request. `unreadable` stands for what Camunda's JSON reader refuses (it stops at the first),
 * `invalid` for what its validators refuse (they collect all).
 */
export interface Violations {
  unreadable?: string;
  invalid: string[];
}

// OffsetDateTime of Java: seconds optional, up to nanoseconds, an offset with minutes, no zone.
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}(:\d{2})?)$/i;
const keyPattern = /^-?[0-9]+$/;
const dateNames: Record<string, string> = { dueDate: 'due date', followUpDate: 'follow-up date' };

/**
 * Rewrites values of enums as the schema spells them: Camunda reads them in any case.
 * @throws Problem 400 in Camunda's words when `value` is not of that shape
 */
export function checkShape(shape: Shape, value: unknown, rules?: (value: never, invalid: string[]) => void) {
  const violations: Violations = { invalid: [] };
  check(shape, value, '', violations);
  if (violations.unreadable !== undefined) throw badRequest(violations.unreadable);
  if (violations.invalid.length === 0) rules?.(value as never, violations.invalid);
  if (violations.invalid.length > 0) throw invalidArgument(violations.invalid);
}

export function isDateTime(text: string) {
  if (!dateTime.test(text)) return false;
  return !Number.isNaN(Date.parse(text));
}

function check(shape: Shape, value: unknown, path: string, violations: Violations): void {
  switch (shape.kind) {
    case 'anything':
    case 'nothing':
      return;
    case 'map':
      if (!isPlainObject(value)) unreadable(violations, path);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') unreadable(violations, path);
      return;
    case 'number':
      return checkNumber(shape, value, path, violations);
    case 'string':
      return checkString(shape, value, path, violations);
    case 'enum':
      return checkEnum(shape.values, value, path, violations);
    case 'array':
      if (!Array.isArray(value)) return unreadable(violations, path);
      value.forEach((item, index) => {
        if (item === null) return unreadable(violations, path);
        check(shape.items, item, path, violations);
        value[index] = spelled(shape.items, item);
      });
      return;
    case 'object':
      return checkObject(shape, value, path, violations);
    case 'oneOf':
      return checkOneOf(shape.options, value, path, violations);
  }
}

function checkObject(shape: ObjectShape, value: unknown, path: string, violations: Violations) {
  if (!isPlainObject(value)) return unreadable(violations, path);
  for (const [name, item] of Object.entries(value)) {
    const property = shape.properties.get(name);
    if (!property) return unreadable(violations, join(path, name));
    if (item === null) continue;
    check(property.shape, item, join(path, name), violations);
    value[name] = spelled(property.shape, item);
  }
  if (isEmptyCondition(shape, value))
    violations.invalid.push(`No condition provided for filter ${path.slice(path.indexOf('.') + 1)}`);
  for (const [name, property] of shape.properties) {
    if (property.required && (value[name] ?? null) === null)
      violations.invalid.push(missing(path, property.called ?? name));
  }
}

function missing(path: string, name: string) {
  return path === 'sort' ? 'Sort field must not be null' : `No ${name} provided`;
}

/** Operators of a filter, and none of them used. */
function isEmptyCondition(shape: ObjectShape, value: Record<string, unknown>) {
  if (!shape.properties.has('$eq')) return false;
  return Object.values(value).every((operand) => operand === null);
}

function checkOneOf(options: Shape[], value: unknown, path: string, violations: Violations) {
  const objects = options.filter((option) => option.kind === 'object');
  if (objects.length > 1 && objects.length === options.length)
    return checkAlternatives(objects, value, path, violations);
  const candidates = options.filter((option) => takes(option, value));
  if (candidates.length === 0) return unreadable(violations, path);
  let first: Violations | undefined;
  for (const candidate of candidates) {
    const outcome: Violations = { invalid: [] };
    check(candidate, value, path, outcome);
    if (outcome.unreadable === undefined && outcome.invalid.length === 0) return;
    first ??= outcome;
  }
  violations.unreadable ??= first!.unreadable;
  violations.invalid.push(...first!.invalid);
}

/**
 * Alternatives are told apart by a property that names one of them, or by the properties that only one of them has: a
 * process definition by id or by key, a page by offset or cursor. Camunda's reader chooses before it reads the rest.
 */
function checkAlternatives(options: ObjectShape[], value: unknown, path: string, out: Violations) {
  const given = isPlainObject(value) ? Object.keys(value).filter((name) => value[name] !== null) : [];
  const named = namingProperty(options);
  if (named !== undefined) return checkNamed(options, named, value, path, out);
  const telling = isPage(options) ? pageNames : tellingNames(options);
  const told = telling.filter((name) => given.includes(name));
  if (told.length === 0) return complain(out, `At least one of [${telling.join(', ')}] is required.`);
  if (told.length > 1 && !told.includes('limit')) {
    const exclusive = telling.filter((name) => name !== 'limit');
    return complain(out, `Only one of [${exclusive.join(', ')}] is allowed.`);
  }
  checkObject(options.find(({ properties }) => properties.has(told[0]!))!, value, path, out);
}

const pageNames = ['from', 'after', 'before', 'limit'];

function isPage(options: ObjectShape[]) {
  return options.every(({ properties }) => properties.has('limit'));
}

/** The property whose one value names the alternative. */
function namingProperty(options: ObjectShape[]) {
  return [...options[0]!.properties.keys()].find((name) =>
    options.every(({ properties }) => nameIn(properties.get(name)?.shape) !== undefined),
  );
}

function nameIn(shape: Shape | undefined) {
  return shape?.kind === 'enum' && shape.values.length === 1 ? shape.values[0] : undefined;
}

function checkNamed(options: ObjectShape[], property: string, value: unknown, path: string, out: Violations) {
  const given = isPlainObject(value) ? (value[property] ?? null) : null;
  const names = options.map(({ properties }) => nameIn(properties.get(property)!.shape)!);
  const chosen = options[names.indexOf(String(given))];
  if (chosen) return checkObject(chosen, value, path, out);
  const known = `Use any of the following values: [${names.join(', ')}]`;
  complain(out, `Cannot map value '${String(given)}' for type '${lastName(path)}'. ${known}`);
}

/** Names that only one alternative demands. */
function tellingNames(options: ObjectShape[]) {
  const names = new Set<string>();
  for (const option of options) {
    for (const [name, property] of option.properties) {
      if (property.required && options.some((other) => !other.properties.has(name))) names.add(name);
    }
  }
  return [...names].toSorted();
}

function takes(shape: Shape, value: unknown) {
  switch (shape.kind) {
    case 'string':
    case 'enum':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
    case 'map':
      return isPlainObject(value);
    default:
      return true;
  }
}

function checkNumber(shape: Shape & { kind: 'number' }, value: unknown, path: string, violations: Violations) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return unreadable(violations, path);
  // A page of no items is asked for to learn their number; one that is too large is cut.
  if (path.startsWith('page.')) {
    if (value < 0) violations.invalid.push(`The value for ${path} is '${value}' but must be a non-negative number`);
    return;
  }
  const { min, max } = shape;
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return;
  const name = lastName(path);
  violations.invalid.push(`The value for ${name} is '${value}' but must be ${rangeInWords(name, min, max)}`);
}

function rangeInWords(name: string, min?: number, max?: number) {
  if (name === 'operationReference') return '> 0';
  if (min !== undefined && max !== undefined && max !== Number.MAX_SAFE_INTEGER)
    return `within the [${min},${max}] range`;
  if (max !== undefined && max !== Number.MAX_SAFE_INTEGER) return `at most ${max}`;
  return min === 1 ? 'greater than 0' : `equal to or greater than ${min}`;
}

function checkString(shape: Shape & { kind: 'string' }, value: unknown, path: string, violations: Violations) {
  if (typeof value !== 'string') return unreadable(violations, path);
  const name = lastName(path);
  if (shape.isDateTime) {
    // An empty date in a change set clears the attribute.
    if ((value === '' && name in dateNames && !path.startsWith('filter')) || isDateTime(value)) return;
    violations.invalid.push(
      `The provided ${path.startsWith('filter') ? name : (dateNames[name] ?? name)} '${value}' cannot be parsed as a date according to RFC 3339, section 5.6`,
    );
    return;
  }
  if (shape.pattern?.source === keyPattern.source) {
    if (isKey(value)) return;
    violations.invalid.push(
      `The provided ${keyName(path)} '${value}' is not a valid key. Expected a numeric value. Did you pass an entity id instead of an entity key?`,
    );
    return;
  }
  if (path.startsWith('filter.') && name !== 'tags') return;
  if (name === 'tags' && !isTag(shape, value))
    violations.invalid.push(`The provided tag '${value}' is not valid. ${tagFormat}`);
  else if (shape.minLength !== undefined && value.length < shape.minLength)
    violations.invalid.push(`No ${name} provided`);
  else if (shape.maxLength !== undefined && value.length > shape.maxLength) {
    violations.invalid.push(`The provided ${name} exceeds the limit of ${shape.maxLength} characters`);
  } else if (shape.pattern && !shape.pattern.test(value)) {
    violations.invalid.push(
      `The provided ${name} contains illegal characters. It must match the pattern '${shape.pattern.source}'`,
    );
  }
}

const tagFormat =
  'Tags must start with a letter (a-z, A-Z), followed by alphanumerics, underscores, minuses, colons, or periods. ' +
  'It must not be blank and must be 100 characters or less.';

function isTag({ minLength = 0, maxLength = Infinity, pattern }: Shape & { kind: 'string' }, value: string) {
  return value.length >= minLength && value.length <= maxLength && (!pattern || pattern.test(value));
}

/** Keys are int64 in Camunda and safe integers here: what is larger than those cannot exist, but is still a key. */
function isKey(text: string) {
  return text.length <= 20 && keyPattern.test(text) && isInt64(text);
}

function keyName(path: string) {
  return path.split('.').findLast((part) => !part.startsWith('$')) ?? path;
}

/** Camunda's reader turns numbers and booleans into text before it looks for the value. */
function checkEnum(values: string[], value: unknown, path: string, violations: Violations) {
  if (typeof value === 'object') return unreadable(violations, path);
  if (spelling(values, String(value)) !== undefined) return;
  const name = lastName(path);
  violations.unreadable ??= `Unexpected value '${String(value)}' for enum field '${name}'. Use any of the following values: [${values.join(', ')}]`;
}

function spelling(values: string[], value: string) {
  return values.find((known) => known === value) ?? values.find((known) => known.toLowerCase() === value.toLowerCase());
}

/** The value as its enum spells it; any other value as it is. */
function spelled(shape: Shape, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const options = shape.kind === 'oneOf' ? shape.options : [shape];
  for (const option of options) {
    const found = option.kind === 'enum' && spelling(option.values, value);
    if (found) return found;
  }
  return value;
}

function complain(violations: Violations, sentence: string) {
  violations.unreadable ??= sentence;
}

function unreadable(violations: Violations, path: string) {
  complain(violations, `Request property [${path}] cannot be parsed`);
}

function lastName(path: string) {
  return path.slice(path.lastIndexOf('.') + 1);
}

function join(path: string, name: string) {
  return path === '' ? name : `${path}.${name}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
