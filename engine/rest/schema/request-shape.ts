/** What a request value must look like; a small tree read once from the client's zod schemas. */
export type Shape =
  | { kind: 'anything' }
  | { kind: 'nothing' }
  | { kind: 'boolean' }
  | { kind: 'map' }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'string'; minLength?: number; maxLength?: number; pattern?: RegExp; isDateTime: boolean }
  | { kind: 'enum'; values: string[] }
  | { kind: 'array'; items: Shape }
  | { kind: 'oneOf'; options: Shape[] }
  | ObjectShape;

export interface ObjectShape {
  kind: 'object';
  /** `called`: its name in Camunda's complaints, where that is another. */
  properties: Map<string, { shape: Shape; required: boolean; called?: string }>;
}

/** The part of zod 4's core that is read here (`schema._zod.def`). */
export interface ZodNode {
  _zod: { def: ZodDefinition };
}

interface ZodDefinition {
  type: string;
  format?: string;
  shape?: Record<string, ZodNode>;
  innerType?: ZodNode;
  element?: ZodNode;
  options?: ZodNode[];
  left?: ZodNode;
  right?: ZodNode;
  entries?: Record<string, string>;
  values?: unknown[];
  getter?: () => ZodNode;
  checks?: { _zod: { def: ZodCheck } }[];
}

interface ZodCheck {
  check: string;
  minimum?: number;
  maximum?: number;
  value?: number;
  pattern?: RegExp;
  inclusive?: boolean;
}

const optionalTypes = new Set(['optional', 'default', 'prefault']);
const wrappingTypes = new Set(['optional', 'default', 'prefault', 'nullable', 'readonly', 'nonoptional']);

/** @returns the shape that a zod schema describes; null is left to the checker, which treats it as absent */
export function shapeOf(node: ZodNode): Shape {
  const { def } = node._zod;
  if (wrappingTypes.has(def.type)) return shapeOf(def.innerType!);
  switch (def.type) {
    case 'object':
      return objectShape(def.shape!);
    case 'array':
      return { kind: 'array', items: shapeOf(def.element!) };
    case 'union':
      return oneOf(def.options!.map(shapeOf));
    case 'intersection':
      return merge(shapeOf(def.left!), shapeOf(def.right!));
    case 'enum':
      return { kind: 'enum', values: Object.values(def.entries!) };
    case 'literal':
      return { kind: 'enum', values: def.values!.map(String) };
    case 'lazy':
      return shapeOf(def.getter!());
    case 'record':
      return { kind: 'map' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'number':
      return numberShape(def.checks ?? []);
    case 'string':
      return stringShape(def);
    case 'never':
    case 'void':
    case 'undefined':
    case 'null':
      return { kind: 'nothing' };
    default:
      return { kind: 'anything' };
  }
}

function isOptional(node: ZodNode): boolean {
  const { def } = node._zod;
  if (optionalTypes.has(def.type)) return true;
  return def.type === 'nullable' && isOptional(def.innerType!);
}

function objectShape(shape: Record<string, ZodNode>): ObjectShape {
  const properties: ObjectShape['properties'] = new Map();
  for (const [name, node] of Object.entries(shape)) {
    properties.set(name, { shape: shapeOf(node), required: !isOptional(node) });
  }
  return { kind: 'object', properties };
}

function oneOf(options: Shape[]): Shape {
  const flat = options
    .flatMap((option) => (option.kind === 'oneOf' ? option.options : [option]))
    .filter((option) => option.kind !== 'nothing');
  return flat.length === 1 ? flat[0]! : { kind: 'oneOf', options: flat };
}

/** `allOf` of the specification: the properties of both sides, distributed over alternatives. */
function merge(left: Shape, right: Shape): Shape {
  if (left.kind === 'oneOf') return oneOf(left.options.map((option) => merge(option, right)));
  if (right.kind === 'oneOf') return oneOf(right.options.map((option) => merge(left, option)));
  if (left.kind !== 'object' || right.kind !== 'object') return left.kind === 'object' ? left : right;
  const properties: ObjectShape['properties'] = new Map(left.properties);
  for (const [name, property] of right.properties) {
    const known = properties.get(name);
    // A discriminator stands on one side as a literal and on the other as any string: keep the literal.
    properties.set(name, known ? { shape: narrower(known.shape, property.shape), required: known.required } : property);
  }
  return { kind: 'object', properties };
}

function narrower(left: Shape, right: Shape) {
  if (left.kind === 'object' && right.kind === 'object') return merge(left, right);
  return left.kind === 'enum' ? left : right;
}

function numberShape(checks: { _zod: { def: ZodCheck } }[]): Shape {
  const shape: Shape = { kind: 'number' };
  for (const { _zod } of checks) {
    const { check, value, inclusive } = _zod.def;
    if (check === 'greater_than') shape.min = inclusive === false ? value! + 1 : value!;
    if (check === 'less_than') shape.max = inclusive === false ? value! - 1 : value!;
  }
  return shape;
}

function stringShape(def: ZodDefinition): Shape {
  const shape: Shape = { kind: 'string', isDateTime: def.format === 'datetime' };
  for (const { _zod } of def.checks ?? []) {
    const { check, minimum, maximum, pattern } = _zod.def;
    if (check === 'min_length') shape.minLength = minimum!;
    if (check === 'max_length') shape.maxLength = maximum!;
    if (check === 'string_format' && pattern && !shape.isDateTime) shape.pattern = pattern;
  }
  return shape;
}
