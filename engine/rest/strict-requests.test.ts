import http from 'node:http';
import test from 'ava';
import { processOperations } from '../compatibility/rest-operations.ts';
import { Scene } from '../testing/scene.ts';
import { loadRequestShapes } from './schema/camunda-schemas.ts';
import type { ObjectShape, Shape } from './schema/request-shape.ts';

const shapes = await loadRequestShapes();
const scene = await Scene.open();
test.after.always(() => scene.close());
const { engine } = scene;

const served = Object.values(processOperations)
  .flat()
  .filter(({ state }) => state !== 'none')
  .map((row) => {
    const { body } = shapes(row.name[0]!.toUpperCase() + row.name.slice(1));
    return { ...row, url: `/v2${row.path.replaceAll(/\{\w+\}/g, '1')}`, body };
  });
const withBody = served.filter(
  ({ body, path }) => body && body.kind !== 'anything' && !/deployments|documents/.test(path),
);

/** The smallest value that a schema takes. */
function sample(shape: Shape): unknown {
  switch (shape.kind) {
    case 'string':
      if (shape.isDateTime) return '2030-01-01T00:00:00Z';
      return shape.pattern?.source.includes('0-9]+$') ? '1' : 'a'.repeat(Math.max(1, shape.minLength ?? 1));
    case 'number':
      return shape.min ?? 1;
    case 'boolean':
      return true;
    case 'enum':
      return shape.values[0];
    case 'array':
      return [];
    case 'map':
    case 'anything':
      return {};
    case 'oneOf':
      return sample(shape.options[0]!);
    case 'object':
      return Object.fromEntries(
        [...shape.properties]
          .filter(([, property]) => property.required)
          .map(([name, property]) => [name, sample(property.shape)]),
      );
    default:
      return undefined;
  }
}

const objectOf = (shape: Shape): ObjectShape =>
  shape.kind === 'oneOf' ? (shape.options[0] as ObjectShape) : (shape as ObjectShape);

/** A value of no type that the shape takes, or undefined where it takes all. */
function wrong(shape: Shape): unknown {
  switch (shape.kind) {
    case 'boolean':
      return 'yes';
    case 'array':
    case 'map':
      return 7;
    case 'anything':
      return undefined;
    default:
      return [['nested']];
  }
}

/** The smallest values of a shape in which one thing, at any depth, is null instead of left out. */
function* withOneNull(shape: Shape): Generator<unknown> {
  if (shape.kind === 'oneOf') for (const option of shape.options) yield* withOneNull(option);
  if (shape.kind === 'array') for (const item of withOneNull(shape.items)) yield [item];
  if (shape.kind !== 'object') return;
  const good = sample(shape) as object;
  for (const [name, property] of shape.properties) {
    if (!property.required) yield { ...good, [name]: null };
    for (const value of withOneNull(property.shape)) yield { ...good, [name]: value };
  }
}

test('null where something may be left out is never a failure of the engine', async (t) => {
  for (const { name, method, url, body } of withBody) {
    // whoever asks for jobs is answered at once
    const atOnce = name === 'activateJobs' && { requestTimeout: -1 };
    const check = async (given: unknown) => {
      const answer = await engine.request(method, url, { ...(given as object), ...atOnce });
      t.true(answer.status < 500, `${name} ${JSON.stringify(given)}: ${answer.status}`);
    };
    await Promise.all([...withOneNull(body!)].map(check));
  }
});

for (const { name, method, url, body } of withBody) {
  test(`${name} refuses what its schema does not have, with the name of it`, async (t) => {
    const shape = objectOf(body!);
    const good = sample(shape) as Record<string, unknown>;
    const refuses = async (given: unknown, named: RegExp) => {
      const answer = await engine.request(method, url, given);
      t.is(answer.status, 400, `${JSON.stringify(given)}: ${JSON.stringify(answer.body)}`);
      t.regex(answer.body.detail, named, JSON.stringify(given));
      t.is(answer.body.status, 400);
      t.is(answer.body.instance, url);
    };
    await refuses({ ...good, surprise: 1 }, /surprise/);
    await refuses([], /cannot be parsed|Only one of|At least one of/);
    await refuses('"text"', /cannot be parsed|At least one of/);
    await refuses('{"a":', /Failed to read request/);
    for (const [property, { shape: ofProperty, required, called = property }] of shape.properties) {
      const value = wrong(ofProperty);
      const word = property === 'page' ? 'page|At least one of .from, after, before, limit.' : property;
      if (value !== undefined) await refuses({ ...good, [property]: value }, new RegExp(word));
      if (ofProperty.kind === 'enum') await refuses({ ...good, [property]: 'NO_SUCH_WORD' }, /NO_SUCH_WORD/);
      if (ofProperty.kind === 'string' && ofProperty.isDateTime) await refuses({ ...good, [property]: 'soon' }, /soon/);
      if (ofProperty.kind === 'string' && ofProperty.maxLength !== undefined) {
        await refuses({ ...good, [property]: 'a'.repeat(ofProperty.maxLength + 1) }, new RegExp(property));
      }
      if (required) {
        const { [property]: _, ...without } = good;
        await refuses(without, new RegExp(`No ${called} provided|At least one of .*${property}`));
      }
      if (ofProperty.kind === 'object')
        await refuses({ ...good, [property]: { ...(sample(ofProperty) as object), surprise: 1 } }, /surprise/);
      if (property === 'filter')
        await refusesInFilter(ofProperty as ObjectShape, (filter, named) => refuses({ ...good, filter }, named));
    }
  });
}

async function refusesInFilter(shape: ObjectShape, refuses: (filter: object, named: RegExp) => Promise<void>) {
  const good = sample(shape) as object;
  for (const [name, { shape: property }] of shape.properties) {
    await refuses({ ...good, [name]: property.kind === 'array' ? 7 : [1] }, new RegExp(name.replace('$', '\\$')));
    if (property.kind !== 'oneOf' || !property.options.some((option) => option.kind === 'object')) continue;
    await refuses({ ...good, [name]: { $almost: 1 } }, /\$almost/);
    await refuses({ ...good, [name]: { $exists: 'yes' } }, /\$exists|exists/);
    await refuses({ ...good, [name]: {} }, new RegExp(`No condition provided for filter ${name}`));
  }
}

test('a body of another type than JSON is 415, one that is missing 400, one that is too large 413', async (t) => {
  for (const { name, method, url, body } of withBody) {
    const other = await engine.request(method, url, '<xml/>', { 'content-type': 'application/xml' });
    t.is(other.status, 415, name);
    const { bodyRequired } = shapes(name[0]!.toUpperCase() + name.slice(1));
    if (!bodyRequired) continue;
    const missing = await engine.request(method, url);
    t.is(missing.status, 400, name);
    t.is(missing.body.detail, 'Required request body is missing');
    t.truthy(body);
  }
  const large = await engine.request('POST', '/v2/messages/publication', { name: 'x'.repeat(5 * 1024 * 1024) });
  t.is(large.status, 413);
});

test('a method that a path does not have is 405 and says which it has', async (t) => {
  for (const { url, method } of served) {
    const has = new Set(served.filter((row) => row.url === url).map((row) => row.method));
    const other = ['PATCH', 'PUT', 'DELETE', 'GET', 'POST'].find((candidate) => !has.has(candidate as never))!;
    const answer = await fetch(`${engine.address}${url}`, { method: other });
    if (answer.status !== 405) continue;
    t.true((answer.headers.get('allow') ?? '').split(', ').includes(method), `${other} ${url}`);
    t.is(answer.headers.get('content-type'), 'application/problem+json');
    await answer.arrayBuffer();
  }
  t.is((await engine.request('PATCH', '/v2/topology')).status, 405);
  t.is((await engine.request('GET', '/v2/user-tasks/search')).status, 400);
});

test('a key that is no number, or too large for one, is told apart from one that is not there', async (t) => {
  for (const { path, method } of served.filter((row) => /Key\}/.test(row.path))) {
    const parameter = /\{(\w+Key)\}/.exec(path)![1]!;
    const where = (key: string) => `/v2${path.replace(/\{\w+\}/, key)}`;
    const words = await engine.request(method, where('abc'), method === 'GET' ? undefined : {});
    t.true([400, 404].includes(words.status), `${where('abc')} ${words.status}`);
    if (words.status === 400) t.regex(words.body.detail, new RegExp(`${parameter}|is not a valid number`));
    const large = await engine.request(method, where('9223372036854775807'), method === 'GET' ? undefined : {});
    // flows and counts of an instance that is not there are empty, as in Camunda
    t.true([200, 400, 404, 204].includes(large.status), `${where('9223372036854775807')} ${large.status}`);
  }
});

const wording: [method: string, where: string, body: unknown, detail: string | RegExp][] = [
  [
    'POST',
    '/process-instances',
    { processDefinitionId: 'a', processDefinitionKey: '1' },
    'Only one of [processDefinitionId, processDefinitionKey] is allowed.',
  ],
  [
    'POST',
    '/process-instances',
    { processDefinitionId: 'a', tags: ['1x'] },
    /^The provided tag '1x' is not valid. Tags must start with a letter .* be 100 characters or less\.$/,
  ],
  [
    'POST',
    '/process-instances',
    { processDefinitionId: 'a', operationReference: 0 },
    "The value for operationReference is '0' but must be > 0.",
  ],
  [
    'POST',
    '/process-instances',
    { processDefinitionId: 'a', businessId: 'b'.repeat(257) },
    'The provided businessId exceeds the limit of 256 characters.',
  ],
  [
    'POST',
    '/process-instances/1/migration',
    { targetProcessDefinitionKey: '1', mappingInstructions: [] },
    'No mappingInstructions provided.',
  ],
  [
    'POST',
    '/process-instances/1/migration',
    { targetProcessDefinitionKey: '1', mappingInstructions: [{ sourceElementId: 'a', targetElementId: '' }] },
    'All [sourceElementId, targetElementId] are required.',
  ],
  [
    'POST',
    '/process-instances/1/modification',
    { activateInstructions: [{ elementId: 'a', variableInstructions: [{ variables: {} }] }] },
    'No variables provided.',
  ],
  [
    'POST',
    '/process-instances/1/modification',
    { terminateInstructions: [{ elementId: ' ' }] },
    'No elementId provided.',
  ],
  ['POST', '/user-tasks/1/assignment', { assignee: ' ' }, 'No assignee provided'],
  [
    'POST',
    '/global-task-listeners',
    { id: '$x', type: 'a b', eventTypes: ['all'] },
    "The provided id contains illegal characters. It must match the pattern '^[a-zA-Z0-9_~@.+-]+$'. The provided type contains illegal characters. It must match the pattern '^[a-zA-Z0-9_~@.+-]+$'.",
  ],
  [
    'GET',
    `/global-task-listeners/${'x'.repeat(257)}`,
    undefined,
    'The provided id exceeds the limit of 256 characters.',
  ],
  ['GET', '/system/usage-metrics', undefined, 'The startTime and endTime must both be specified.'],
  [
    'GET',
    '/system/usage-metrics?startTime=foo&endTime=bar',
    undefined,
    "The provided startTime 'foo' cannot be parsed as a date according to RFC 3339, section 5.6. The provided endTime 'bar' cannot be parsed as a date according to RFC 3339, section 5.6.",
  ],
  [
    'POST',
    '/jobs/activation',
    { type: 'a', timeout: 1, maxJobsToActivate: 1, tenantIds: ['a', 'b'] },
    'Expected to handle request Activate Jobs with tenant identifiers [a, b], but multi-tenancy is disabled',
  ],
  [
    'POST',
    '/signals/broadcast',
    { signalName: 'a', tenantId: 'b' },
    "Expected to handle request Broadcast Signal with tenant identifier 'b', but multi-tenancy is disabled",
  ],
  ['POST', '/expression/evaluation', { expression: ' ' }, 'No expression provided'],
  ['POST', '/messages/publication', { name: ' ', correlationKey: 'a' }, 'No name provided.'],
  ['POST', '/messages/correlation', { name: ' ' }, 'No messageName provided.'],
  [
    'POST',
    '/process-definitions/search',
    { filter: { isLatestVersion: true }, page: { from: 1 } },
    "When using isLatestVersion filter, pagination is limited to forward pagination using 'after' and 'limit'. The field 'from' is not supported.",
  ],
  [
    'POST',
    '/process-definitions/search',
    { filter: { isLatestVersion: true }, sort: [{ field: 'name' }] },
    "When using isLatestVersion filter, sorting is limited to 'processDefinitionId' and 'tenantId' fields only. The field 'name' is not supported.",
  ],
  ['POST', '/user-tasks/search', { page: { limit: -1 } }, /limit/],
  ['POST', '/user-tasks/search', { page: { from: -1 } }, /from/],
  ['POST', '/user-tasks/search', { page: { after: '!' } }, /after/],
  ['POST', '/user-tasks/search', { page: { after: 'bm9uc2Vuc2U=' } }, /bm9uc2Vuc2U=/],
  ['POST', '/user-tasks/search', { sort: [{ order: 'ASC' }] }, 'Sort field must not be null.'],
  ['POST', '/user-tasks/search', { sort: [{ field: 'name', order: 'SIDEWAYS' }] }, /SIDEWAYS/],
  ['POST', '/user-tasks/search', { filter: { dueDate: { $gt: '2030-13-01T00:00:00Z' } } }, /2030-13-01T00:00:00Z/],
  ['POST', '/process-instances/search', { filter: { variables: [{ name: 'a' }] } }, /No value provided/],
  [
    'POST',
    '/process-instances',
    `{"processDefinitionId":"a","variables":${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}}`,
    'Failed to read request',
  ],
  [
    'GET',
    '/system/usage-metrics?startTime=2030-01-02T00:00:00Z&endTime=2030-01-01T00:00:00Z',
    undefined,
    'The endTime must be after startTime.',
  ],
  ['POST', '/variables/search?truncateValues=perhaps', {}, "Failed to convert 'truncateValues' with value: 'perhaps'"],
];

test('refusals have Camunda’s wording', async (t) => {
  for (const [method, where, body, detail] of wording) {
    const answer = await engine.request(method, `/v2${where}`, body);
    t.is(answer.status, 400, `${where}: ${JSON.stringify(answer.body)}`);
    if (typeof detail === 'string') t.is(answer.body.detail, detail);
    else t.regex(answer.body.detail, detail);
  }
});

test('what is not there is missed in Camunda’s words', async (t) => {
  for (const [where, detail] of [
    ['/audit-logs/none', "Audit log with id 'none' not found"],
    ['/decision-instances/1-1', "Decision Instance with id '1-1' not found"],
    ['/batch-operations/none', "Batch Operation with id 'none' not found"],
    [
      '/resources/42/content',
      "Command 'FETCH' rejected with code 'NOT_FOUND': Expected to fetch resource but no resource found with key `42`",
    ],
  ] as const) {
    const { status, body } = await engine.request('GET', `/v2${where}`);
    t.deepEqual([status, body.title, body.detail], [404, 'NOT_FOUND', detail]);
  }
});

test('HEAD and OPTIONS are answered, connections stay open, tracing headers are no matter', async (t) => {
  const head = await fetch(`${engine.address}/v2/topology`, { method: 'HEAD' });
  t.is(head.status, 200);
  t.is(head.headers.get('content-type'), 'application/json');
  t.is(await head.text(), '');
  const options = await fetch(`${engine.address}/v2/topology`, { method: 'OPTIONS' });
  t.is(options.status, 200);
  t.is(options.headers.get('allow'), 'GET,HEAD,OPTIONS');
  t.is((await fetch(`${engine.address}/v2/nothing`, { method: 'OPTIONS' })).status, 404);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  for (let n = 0; n < 3; n++) {
    const status = await new Promise((resolve, reject) => {
      const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
      const request = http.get(`${engine.address}/v2/topology`, { agent, headers }, (response) => {
        sockets.add(response.socket);
        response.resume().on('end', () => resolve(response.statusCode));
      });
      request.on('error', reject);
    });
    t.is(status, 200);
  }
  t.is(sockets.size, 1);
  agent.destroy();
});
