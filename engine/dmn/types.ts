import { canonicalName } from '../feel/known-names.ts';
import { FeelDateTime } from '../feel/temporal/date-time.ts';
import { FeelDate } from '../feel/temporal/date.ts';
import { parseDuration } from '../feel/temporal/duration.ts';
import { FeelTime } from '../feel/temporal/time.ts';
import { type FeelValue, isContext, newContext, typeNameOf } from '../feel/value.ts';
import { child, childrenNamed, type Xml } from './xml.ts';

export interface DmnType {
  /** FEEL's own type, or none when it has components or is a list. */
  base: string | null;
  isList: boolean;
  item: DmnType | null;
  components: Map<string, DmnType> | null;
}

const any: DmnType = { base: null, isList: false, item: null, components: null };

const aliases: Record<string, string> = {
  dateTime: 'date and time',
  'date time': 'date and time',
  dayTimeDuration: 'days and time duration',
  'day-time-duration': 'days and time duration',
  yearMonthDuration: 'years and months duration',
  'year-month-duration': 'years and months duration',
  integer: 'number',
  long: 'number',
  double: 'number',
};

const bases = new Set([
  'string',
  'number',
  'boolean',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
  'context',
  'function',
]);

const maxDepth = 20;

const shortNames = ['dateTime', 'dayTimeDuration', 'yearMonthDuration'];

/** The type that a result has to be of, as it is written: of item definitions Camunda demands nothing. */
export function demandedType(variable: Xml | undefined): string | null {
  const name = variable?.attributes.typeRef?.replace('feel:', '') ?? '';
  return (bases.has(name) && name !== 'context' && name !== 'function') || shortNames.includes(name) ? name : null;
}

/** The types of a model: FEEL's own, and those of its item definitions. */
export class Types {
  readonly #definitions = new Map<string, Xml>();
  readonly #known = new Map<string, DmnType>();

  constructor(root: Xml) {
    for (const definition of childrenNamed(root, 'itemDefinition')) {
      this.#definitions.set(canonicalName(definition.attributes.name ?? ''), definition);
    }
  }

  of(reference: string | undefined, depth = 0): DmnType {
    const name = canonicalName((reference ?? 'Any').replace(/^feel[:.]/, ''));
    const base = aliases[name] ?? name;
    if (bases.has(base)) return { ...any, base };
    const known = this.#known.get(name);
    if (known) return known;
    const definition = this.#definitions.get(name);
    if (!definition || depth > maxDepth) return any;
    const type = this.#read(definition, depth);
    this.#known.set(name, type);
    return type;
  }

  /** For `instance of`: a test for a type of the model, undefined when it has none of that name. */
  testOf(name: string): ((value: FeelValue) => boolean) | undefined {
    if (!this.#definitions.has(name)) return undefined;
    const type = this.of(name);
    return (value) => value !== null && conforms(value, type);
  }

  /** The type of an element with `typeRef` as attribute or, as in an item definition, as child. */
  ofElement(element: Xml | undefined, depth = 0): DmnType {
    if (!element) return any;
    return this.of(element.attributes.typeRef ?? child(element, 'typeRef')?.text.trim(), depth);
  }

  #read(definition: Xml, depth: number): DmnType {
    const components = childrenNamed(definition, 'itemComponent');
    const single =
      components.length === 0
        ? this.#ofFunctionOrReference(definition, depth)
        : {
            ...any,
            components: new Map(
              components.map((each) => [canonicalName(each.attributes.name ?? ''), this.#read(each, depth + 1)]),
            ),
          };
    return definition.attributes.isCollection === 'true' ? { ...any, isList: true, item: single } : single;
  }

  #ofFunctionOrReference(definition: Xml, depth: number): DmnType {
    return child(definition, 'functionItem') ? { ...any, base: 'function' } : this.ofElement(definition, depth + 1);
  }
}

const parsers: Record<string, (text: string) => FeelValue> = {
  date: (text) => FeelDate.parse(text),
  time: (text) => FeelTime.parse(text),
  'date and time': (text) => FeelDateTime.parse(text),
  'days and time duration': parseDuration,
  'years and months duration': parseDuration,
};

/**
 * JSON has no dates: an input whose declared type is temporal, and whose value is the text of such a value, becomes one.
 */
export function fromInput(value: FeelValue, type: DmnType): FeelValue {
  if (value === null) return null;
  if (type.isList) return Array.isArray(value) ? value.map((item) => fromInput(item, type.item!)) : value;
  if (type.components && isContext(value)) {
    const result = newContext();
    for (const [name, entry] of Object.entries(value)) {
      result[name] = fromInput(entry, type.components.get(canonicalName(name)) ?? any);
    }
    return result;
  }
  if (typeof value !== 'string' || type.base === null) return value;
  return parsers[type.base]?.(value) ?? value;
}

/** DMN's implicit conversions on the way to a declared type; undefined when the value does not conform. */
export function conforming(value: FeelValue, type: DmnType): FeelValue | undefined {
  if (value === null || conforms(value, type)) return value;
  if (type.isList) return conforms(value, type.item!) ? [value] : undefined;
  if (Array.isArray(value) && value.length === 1 && conforms(value[0]!, type)) return value[0]!;
  if (type.base === 'date and time' && value instanceof FeelDate) return FeelDateTime.of(value, new FeelTime(0));
  return undefined;
}

function conforms(value: FeelValue, type: DmnType): boolean {
  if (value === null) return true;
  if (type.isList) return Array.isArray(value) && value.every((item) => conforms(item, type.item!));
  if (type.components) {
    if (!isContext(value)) return false;
    return [...type.components].every(([name, component]) => {
      return Object.hasOwn(value, name) && conforms(value[name]!, component);
    });
  }
  return type.base === null || typeNameOf(value) === type.base;
}
