import type { Operation } from '../../engine/rest/operation.ts';
import type { ObjectShape, Shape } from '../../engine/rest/schema/request-shape.ts';
import type { RequestShapes } from '../../engine/rest/schema/camunda-schemas.ts';

export interface FuzzedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

const strange = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '💥',
  '9'.repeat(40),
  '-1',
  'x'.repeat(5000),
  '2251799813685249',
  '=1+',
  '%',
  '*',
  "'; DROP TABLE job; --",
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '<a>&b;',
  [],
  {},
  [[]],
  { __proto__: 1 },
  { $like: '%' },
  { $in: [] },
  { $exists: 'x' },
  '2026-02-30T25:61:00Z',
  '+999999-01-01T00:00:00Z',
  'P1Y',
  'R/PT0S',
];
const names = [
  'constructor',
  '__proto__',
  'hasOwnProperty',
  '',
  'ä',
  '$or',
  '$in',
  'filter',
  'page',
  'sort',
  'a'.repeat(300),
];
const expressions = [
  '=1 + 1',
  '=x',
  '=',
  '=[1..1000000]',
  '=for i in 1..10 return partial',
  '={a: 1}.b',
  '=date("2026-13-45")',
  '=(',
  '=now()',
  '=string join(["a", null])',
  '=get or else(null, "x")',
  '=some x in null satisfies x',
  '=-',
  '="',
  '=/*',
  '=if a then b',
  '=1 in [1..',
  '=duration("P")',
  '=function(a) a(a)',
];

/** Requests that are sound, nearly sound, and rubbish, drawn from one sequence of numbers. */
export class RequestFuzzer {
  readonly #next: () => number;
  readonly #operations: Operation[];
  readonly #shapes: RequestShapes;
  readonly #models: Record<string, string>;
  /** Keys and ids that answers have named: a request with one of them reaches further. */
  readonly #known: string[] = ['mixed', 'called', '2251799813685249'];

  constructor(next: () => number, operations: Operation[], shapes: RequestShapes, models: Record<string, string>) {
    this.#next = next;
    this.#operations = operations;
    this.#shapes = shapes;
    this.#models = models;
  }

  learn(answer: string): void {
    for (const [, key] of answer.matchAll(/"\w*Key":"(\d{10,})"/g)) {
      if (this.#known.length >= 3000) this.#known[3 + this.#below(2997)] = key!;
      else this.#known.push(key!);
    }
  }

  request(): FuzzedRequest {
    const operation = this.#operation();
    if (operation.path === '/v2/clock' || this.#chance(0.02)) return this.#rubbish();
    const request = {
      method: this.#chance(0.02)
        ? this.#pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
        : operation.method,
      path: this.#path(operation),
      headers: {
        'content-type': this.#chance(0.01) ? this.#pick(['text/plain', 'application/xml', '']) : 'application/json',
      },
    };
    if (operation.body === 'none' || operation.method === 'GET') return { ...request, body: undefined };
    if (typeof operation.body === 'object') return { ...request, ...this.#deployment() };
    const { body } = this.#shapes(operation.name);
    if (!body) return { ...request, body: this.#chance(0.1) ? '{}' : undefined };
    const value = this.#quicken(this.#value(body, 0));
    return { ...request, body: this.#damaged(JSON.stringify(value) ?? '') };
  }

  /** What belongs to identity answers always alike. */
  #operation(): Operation {
    const operation = this.#pick(this.#operations);
    const isIdentity = /^\/v2\/(users|groups|roles|tenants|mapping-rules|authorizations|setup)/.test(operation.path);
    return isIdentity && !this.#chance(0.03) ? this.#operation() : operation;
  }

  /** Nobody waits: answers should come at once. */
  #quicken(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if ('requestTimeout' in value) value.requestTimeout = this.#chance(0.5) ? -1 : 1;
    if ('awaitCompletion' in value && value.awaitCompletion === true) Object.assign(value, { requestTimeout: 1 });
    return value;
  }

  #path(operation: Operation): string {
    const path = operation.path.replace(/\{(\w+)\}/g, () =>
      this.#chance(0.1)
        ? encodeURIComponent(String(this.#pick(strange)).replace(/[\ud800-\udfff]/g, '?')).slice(0, 400)
        : this.#pick(this.#known),
    );
    if (!this.#chance(0.05)) return path;
    return this.#pick([
      `${path}/`,
      `${path}?x=%`,
      `${path}%`,
      `${path}?truncateValues=maybe&versionTag=`,
      `/${path}`,
      `${path}/..`,
    ]);
  }

  #value(shape: Shape, depth: number): unknown {
    if (this.#chance(0.04)) return this.#pick(strange);
    switch (shape.kind) {
      case 'boolean':
        return this.#chance(0.5);
      case 'number':
        return this.#pick([0, 1, 5, 100, 1000, -1, 2 ** 31, 0.5]);
      case 'string':
        return this.#text();
      case 'enum':
        return this.#pick([...shape.values]);
      case 'array':
        return Array.from({ length: this.#below(3) }, () => this.#value(shape.items, depth + 1));
      case 'object':
        return this.#object(shape, depth);
      case 'oneOf':
        return this.#value(this.#pick(shape.options), depth);
      default:
        return this.#anything(depth);
    }
  }

  #object(shape: ObjectShape, depth: number): unknown {
    const made: Record<string, unknown> = {};
    for (const [name, property] of shape.properties) {
      if (!(property.required ? this.#chance(0.97) : this.#chance(depth < 2 ? 0.5 : 0.25))) continue;
      made[name] = this.#value(property.shape, depth + 1);
    }
    if (this.#chance(0.03)) made[this.#pick(names)] = this.#pick(strange);
    return made;
  }

  #anything(depth: number): unknown {
    if (depth > 5 || this.#chance(0.5)) return this.#pick([1, 'a', null, true, ...strange]);
    return this.#chance(0.3)
      ? Array.from({ length: this.#below(4) }, () => this.#anything(depth + 1))
      : { [this.#pick(['n', 'amount', 'items', 'x', ...names])]: this.#anything(depth + 1) };
  }

  #text(): string {
    const dice = this.#next();
    if (dice < 0.6) return this.#pick(this.#known);
    if (dice < 0.7) return this.#pick(expressions);
    if (dice < 0.85)
      return this.#pick([
        'first',
        'go',
        'begin',
        'approve',
        'ACTIVE',
        'demo',
        '<default>',
        '2026-01-01T00:00:00Z',
        'createdAt',
      ]);
    return String(this.#pick(strange));
  }

  #deployment() {
    const file = this.#pick(Object.keys(this.#models));
    const content = this.#chance(0.15) ? this.#models[file]! : this.#mutatedModel(this.#models[file]!);
    const boundary = '----fuzz';
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="resources"; filename="${file}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--${boundary}--\r\n`;
    return {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: Buffer.from(this.#damaged(body)),
    };
  }

  /** Attributes and texts of the model are exchanged, tags taken out or doubled. */
  #mutatedModel(content: string): string {
    let changed = content;
    for (let times = 1 + this.#below(4); times > 0; times--) {
      const places = [...changed.matchAll(/"[^"<>]*"|<[^<>]+>|>[^<>]+</g)];
      const place = places[this.#below(places.length)];
      if (!place) return changed;
      const other = this.#pick(places)[0];
      const found = place[0];
      const instead = found.startsWith('"')
        ? this.#pick([
            other.startsWith('"') ? other : '""',
            `"${this.#pick(expressions).replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`,
            '"=x"',
            '""',
          ])
        : found.startsWith('<')
          ? this.#pick(['', found + found, other])
          : `>${this.#pick(expressions).replaceAll('<', '&lt;')}<`;
      changed = changed.slice(0, place.index) + instead + changed.slice(place.index + found.length);
    }
    return changed;
  }

  #damaged(text: string): string {
    if (!this.#chance(0.03) || text === '') return text;
    const at = this.#below(text.length);
    return this.#pick([
      text.slice(0, at),
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + '"' + text.slice(at),
      `${text}${text}`,
      `[${text}]`,
    ]);
  }

  #rubbish(): FuzzedRequest {
    const bytes = Buffer.from(Array.from({ length: this.#below(200) }, () => this.#below(256)));
    const path = this.#pick([
      '/',
      '/v2',
      '/v2/',
      '/v2/jobs/activation',
      '/v2/process-instances/search',
      '/v2/%00',
      '/v2/%ff',
      `/${'a/'.repeat(300)}`,
      '/v2/../x',
      '//',
    ]);
    return {
      method: this.#pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path,
      headers: { 'content-type': 'application/json' },
      body: bytes,
    };
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }
}
