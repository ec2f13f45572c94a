import test, { type ExecutionContext } from 'ava';
import { processOperations } from '../../compatibility/rest-operations.ts';
import { Scene } from '../../testing/scene.ts';
import { loadRequestShapes } from '../schema/camunda-schemas.ts';
import type { ObjectShape, Shape } from '../schema/request-shape.ts';
import { maxPreviewLength } from '../searches/truncation.ts';
import { makeSearchableWorld } from '../testing/searchable-world.ts';

const shapes = await loadRequestShapes();
const scene = await Scene.open();
await makeSearchableWorld(scene);

type Item = Record<string, unknown>;
type Scalar = string | number | boolean;

async function ask(path: string, body: object): Promise<{ items: Item[]; page: Item }> {
  const answer = await scene.engine.request('POST', `/v2${path}`, body);
  if (answer.status !== 200) throw new Error(`${path} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const all = (path: string, body: object = {}) => ask(path, { page: { limit: 1000 }, ...body });

/** Values in the order that the engine has them: keys and instants as numbers, text by code units. */
function comparable(name: string, value: unknown): Scalar | null {
  if (value === null || value === undefined) return null;
  if (name.endsWith('Key') && /^\d+$/.test(String(value)) && !/entityKey|correlationKey/i.test(name))
    return Number(value);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return Date.parse(value);
  return value as Scalar;
}

/** What Camunda's documentation says of each operator, over printed values. */
const operators: Record<string, (value: Scalar | null, operand: Scalar) => boolean> = {
  $eq: (value, operand) => value === operand,
  $neq: (value, operand) => value !== operand,
  $gt: (value, operand) => value !== null && value > operand,
  $gte: (value, operand) => value !== null && value >= operand,
  $lt: (value, operand) => value !== null && value < operand,
  $lte: (value, operand) => value !== null && value <= operand,
  $in: (value, operand) => value === operand,
  $notIn: (value, operand) => value !== operand,
};

const operatorsOf = (shape: Shape): string[] => {
  const advanced = shape.kind === 'oneOf' ? shape.options.find((option) => option.kind === 'object') : undefined;
  return advanced ? [...(advanced as ObjectShape).properties.keys()] : [];
};

/** Every condition that the schema allows for the value, with what it must leave. */
function conditionsFor(
  name: string,
  shape: Shape,
  value: Scalar,
): [condition: unknown, keeps: (item: Item) => boolean][] {
  const operand = comparable(name, value)!;
  const of = (item: Item) => comparable(name, item[name]);
  const alone: [unknown, (item: Item) => boolean] = [value, (item) => of(item) === operand];
  const advanced = operatorsOf(shape).map((operator): [unknown, (item: Item) => boolean] => {
    if (operator === '$exists') return [{ $exists: false }, (item) => of(item) === null];
    if (operator === '$like') {
      const text = String(value);
      const pattern = `${text.slice(0, 2).replace(/[*?\\]/g, '\\$&')}*`;
      return [{ $like: pattern }, (item) => item[name] !== null && String(item[name]).startsWith(text.slice(0, 2))];
    }
    const given = operator === '$in' || operator === '$notIn' ? [value] : value;
    return [{ [operator]: given }, (item) => operators[operator]!(of(item), operand)];
  });
  return [alone, ...advanced];
}

/** Filters whose field is not printed under its own name: what they must leave, told from what is printed. */
const special: Record<string, [filter: object, keeps: (item: Item) => boolean][]> = {
  'searchProcessInstances.variables': [
    [
      { variables: [{ name: 'orderNo', value: '"B"' }] },
      ({ processInstanceKey }) => instancesWith('orderNo', '"B"').has(processInstanceKey),
    ],
    [
      { variables: [{ name: 'amount', value: { $in: ['1', '3'] } }] },
      ({ processInstanceKey }) => instancesWith('amount', '1', '3').has(processInstanceKey),
    ],
    [
      { variables: [{ name: 'note', value: { $exists: true } }] },
      ({ processInstanceKey }) => instancesWith('orderNo', '"B"').has(processInstanceKey),
    ],
  ],
  'searchProcessInstances.tags': [
    [{ tags: ['vip'] }, ({ tags }) => (tags as string[]).includes('vip')],
    [{ tags: ['vip', 'big'] }, ({ tags }) => (tags as string[]).includes('big')],
  ],
  'searchProcessInstances.elementId': [
    [{ elementId: 'approve' }, inElement(({ elementId }) => elementId === 'approve')],
  ],
  'searchProcessInstances.elementInstanceState': [
    [{ elementInstanceState: 'TERMINATED' }, inElement(({ state }) => state === 'TERMINATED')],
    [
      { elementId: 'check', elementInstanceState: { $in: ['ACTIVE'] } },
      inElement(({ elementId, state }) => elementId === 'check' && state === 'ACTIVE'),
    ],
  ],
  'searchProcessInstances.hasElementInstanceIncident': [
    [{ hasElementInstanceIncident: true }, inElement(({ hasIncident }) => hasIncident === true)],
    [
      { elementId: 'check', hasElementInstanceIncident: true },
      inElement(({ elementId, hasIncident }) => elementId === 'check' && hasIncident === true),
    ],
  ],
  'searchProcessInstances.errorMessage': [[{ errorMessage: { $like: 'first*' } }, withIncident('first trouble')]],
  'searchProcessInstances.incidentErrorHashCode': [
    [{ incidentErrorHashCode: javaHash('first trouble') }, withIncident('first trouble')],
  ],
  'searchProcessInstances.hasRetriesLeft': [
    [
      { hasRetriesLeft: true },
      ({ processInstanceKey }) =>
        found.jobs!.some(
          (job) => job.processInstanceKey === processInstanceKey && job.hasFailedWithRetriesLeft === true,
        ),
    ],
  ],
  'searchProcessInstances.$or': [
    [
      { $or: [{ state: 'TERMINATED' }, { processDefinitionId: 'dating' }] },
      ({ state, processDefinitionId }) => state === 'TERMINATED' || processDefinitionId === 'dating',
    ],
    [
      { state: 'ACTIVE', $or: [{ tags: ['vip'] }, { processDefinitionId: 'dating', hasIncident: false }] },
      ({ state, processDefinitionId, tags }) =>
        state === 'ACTIVE' && (processDefinitionId === 'dating' || (tags as string[]).includes('vip')),
    ],
  ],
  'searchProcessInstances.batchOperationId': [[{ batchOperationId: { $exists: true } }, inBatch]],
  'searchProcessInstances.batchOperationKey': [[{ batchOperationKey: { $exists: true } }, inBatch]],
  'searchUserTasks.candidateGroup': [
    [{ candidateGroup: 'clerks' }, ({ candidateGroups }) => (candidateGroups as string[]).includes('clerks')],
  ],
  'searchUserTasks.candidateUser': [
    [{ candidateUser: { $like: 'l*' } }, ({ candidateUsers }) => (candidateUsers as string[]).includes('li')],
  ],
  'searchUserTasks.tags': [[{ tags: ['vip'] }, ({ tags }) => (tags as string[]).includes('vip')]],
  'searchUserTasks.processInstanceVariables': [
    [
      { processInstanceVariables: [{ name: 'colour', value: '"red"' }] },
      ({ processInstanceKey }) => instancesWith('colour', '"red"').has(processInstanceKey),
    ],
  ],
  'searchUserTasks.localVariables': [
    [{ localVariables: [{ name: 'doubled', value: { $exists: true } }] }, ({ elementId }) => elementId === 'approve'],
  ],
  'searchBatchOperations.operationType': [
    [
      { operationType: 'CANCEL_PROCESS_INSTANCE' },
      ({ batchOperationType }) => batchOperationType === 'CANCEL_PROCESS_INSTANCE',
    ],
    [
      { operationType: { $neq: 'CANCEL_PROCESS_INSTANCE' } },
      ({ batchOperationType }) => batchOperationType !== 'CANCEL_PROCESS_INSTANCE',
    ],
  ],
  'searchGlobalTaskListeners.eventTypes': [
    [{ eventTypes: ['creating'] }, ({ eventTypes }) => (eventTypes as string[]).includes('creating')],
    [{ eventTypes: [{ $like: 'comp*' }] }, ({ eventTypes }) => (eventTypes as string[]).includes('completing')],
  ],
  'searchProcessDefinitions.isLatestVersion': [
    [{ isLatestVersion: true }, ({ processDefinitionId, version }) => processDefinitionId !== 'order' || version === 2],
  ],
  'searchDecisionDefinitions.isLatestVersion': [[{ isLatestVersion: true }, ({ version }) => version === 2]],
};

const found: Record<string, Item[]> = {
  jobs: (await all('/jobs/search')).items,
  variables: (await all('/variables/search')).items,
  elements: (await all('/element-instances/search')).items,
  incidents: (await all('/incidents/search')).items,
  batchItems: (await all('/batch-operation-items/search')).items,
  decisions: (await all('/decision-definitions/search')).items,
  tasks: (await all('/user-tasks/search')).items,
};

const calling = found.elements!.find(({ elementId, hasIncident, processInstanceKey }) => {
  const inside = found.incidents!.some((incident) => incident.rootProcessInstanceKey === processInstanceKey);
  return elementId === 'call' && hasIncident !== undefined && inside;
})!;
const { decisionRequirementsKey } = found.decisions![0]!;
// filters by what is not printed, told from what else is known of the world: this process has no scope but itself
special['searchElementInstances.elementInstanceScopeKey'] = [
  [
    { elementInstanceScopeKey: calling.processInstanceKey },
    ({ processInstanceKey }) => processInstanceKey === calling.processInstanceKey,
  ],
];
special['searchDecisionInstances.decisionRequirementsKey'] = [
  [
    { decisionRequirementsKey: { $eq: found.decisions!.at(-1)!.decisionRequirementsKey } },
    ({ decisionDefinitionKey }) =>
      found.decisions!.some(
        (decision) =>
          decision.decisionDefinitionKey === decisionDefinitionKey &&
          decision.decisionRequirementsKey !== decisionRequirementsKey,
      ),
  ],
];

/** What stands in the path of a search within something. */
const within: Record<string, unknown> = {
  processInstanceKey: calling.processInstanceKey,
  elementInstanceKey: calling.elementInstanceKey,
  userTaskKey: found.tasks!.find(({ state, elementId }) => state === 'COMPLETED' && elementId === 'approve')!
    .userTaskKey,
};

function instancesWith(name: string, ...values: string[]) {
  const fitting = found.variables!.filter(
    (variable) => variable.name === name && values.includes(variable.value as string),
  );
  return new Set(fitting.map(({ processInstanceKey }) => processInstanceKey));
}

function inElement(fits: (element: Item) => boolean) {
  return ({ processInstanceKey }: Item) =>
    found.elements!.some((element) => element.processInstanceKey === processInstanceKey && fits(element));
}

function withIncident(message: string) {
  return ({ processInstanceKey }: Item) =>
    found.incidents!.some(
      (incident) =>
        incident.processInstanceKey === processInstanceKey &&
        incident.errorMessage === message &&
        incident.state === 'ACTIVE',
    );
}

function inBatch({ processInstanceKey }: Item) {
  return found.batchItems!.some((item) => item.processInstanceKey === processInstanceKey);
}

function javaHash(text: string) {
  let hash = 0;
  for (const unit of text.split('')) hash = (Math.imul(31, hash) + unit.charCodeAt(0)) | 0;
  return hash;
}

const searches = Object.values(processOperations)
  .flat()
  .filter(({ path, state }) => path.endsWith('/search') && state !== 'none')
  .map(({ name, path }) => ({
    name,
    path: path.replace(/\{(\w+)\}/, (_, parameter: string) => String(within[parameter])),
    isWithin: path.includes('{'),
  }));

function shapeOf(name: string, part: 'filter' | 'sort' | 'page') {
  const { body } = shapes(name[0]!.toUpperCase() + name.slice(1));
  return (body as ObjectShape).properties.get(part)!.shape;
}

const fingerprint = (items: Item[]) => items.map((item) => JSON.stringify(item)).toSorted();

async function leaves(
  t: ExecutionContext,
  path: string,
  filter: object,
  items: Item[],
  keeps: (item: Item) => boolean,
) {
  const expected = items.filter(keeps);
  const answer = await all(path, { filter });
  t.deepEqual(fingerprint(answer.items), fingerprint(expected), `${path} ${JSON.stringify(filter)}`);
  t.is(answer.page.totalItems, expected.length);
  return expected.length;
}

test.after.always(() => scene.close());

for (const { name, path, isWithin } of searches) {
  test(`${name}: every filter with every operator leaves what it should`, async (t) => {
    const { items } = await all(path);
    t.true(items.length > (isWithin ? 0 : 1), `the world has something for ${name}`);
    for (const [property, { shape }] of (shapeOf(name, 'filter') as ObjectShape).properties) {
      const cases = special[`${name}.${property}`];
      for (const [filter, keeps] of cases ?? []) {
        const left = await leaves(t, path, filter, items, keeps);
        t.true(left > 0 && left < items.length, `${JSON.stringify(filter)} leaves ${left} of ${items.length}`);
      }
      if (cases || !(property in items[0]!)) {
        t.truthy(cases, `${name} has a filter ${property} that is not printed`);
        continue;
      }
      // a value that was cut for its length is no operand
      const whole = items
        .map((item) => item[property])
        .filter((value) => String(value ?? '').length < maxPreviewLength);
      const values = [...new Set(whole.filter((value) => value !== null))].slice(0, 2);
      for (const value of values as Scalar[]) {
        for (const [condition, keeps] of conditionsFor(property, shape, value)) {
          await leaves(t, path, { [property]: condition }, items, keeps);
        }
      }
      if (operatorsOf(shape).includes('$exists')) {
        await leaves(t, path, { [property]: { $exists: true } }, items, (item) => item[property] !== null);
      }
    }
  });

  test(`${name}: every field sorts, both ways, and pages come one after the other`, async (t) => {
    const { items } = await all(path);
    const fields = (
      (shapeOf(name, 'sort') as { items: ObjectShape }).items.properties.get('field')!.shape as { values: string[] }
    ).values;
    for (const field of fields) {
      for (const order of ['ASC', 'DESC'] as const) {
        const sorted = (await all(path, { sort: [{ field, order }] })).items;
        t.deepEqual(fingerprint(sorted), fingerprint(items), `${field} ${order} keeps all`);
        const values = sorted.map((item) => comparable(field, item[field]));
        for (const [index, value] of values.slice(1).entries()) {
          const before = values[index]!;
          if (value === null || before === null || before === undefined) continue;
          t.true(order === 'ASC' ? before <= value : before >= value, `${field} ${order}: ${before}, ${value}`);
        }
        const firstNull = values.indexOf(null);
        if (firstNull >= 0)
          t.true(
            values.slice(firstNull).every((value) => value === null),
            `${field} ${order}: null comes last`,
          );
        const pageShape = shapeOf(name, 'page');
        if (pageShape.kind === 'oneOf') await pages(t, path, { sort: [{ field, order }] }, sorted);
        await offsetPage(t, path, { sort: [{ field, order }] }, sorted);
      }
    }
  });
}

/** Forwards and backwards by cursor, page by page: the same items in the same order. */
async function pages(t: ExecutionContext, path: string, body: object, sorted: Item[]) {
  const limit = Math.max(2, Math.ceil(sorted.length / 3));
  const forwards: Item[] = [];
  let page: Item = { limit };
  let last: Item = {};
  for (let n = 0; n < 4 && forwards.length < sorted.length; n++) {
    const answer = await ask(path, { ...body, page });
    forwards.push(...answer.items);
    last = answer.page;
    t.is(answer.page.totalItems, sorted.length);
    t.false(answer.page.hasMoreTotalItems);
    page = { limit, after: last.endCursor };
  }
  t.deepEqual(forwards, sorted, `${path} ${JSON.stringify(body)} forwards`);
  const before = await ask(path, { ...body, page: { limit, before: last.startCursor } });
  const lastStart = Math.floor((sorted.length - 1) / limit) * limit;
  t.deepEqual(
    before.items,
    sorted.slice(Math.max(0, lastStart - limit), lastStart),
    `${path} ${JSON.stringify(body)} backwards`,
  );
}

async function offsetPage(t: ExecutionContext, path: string, body: object, sorted: Item[]) {
  const offset = await ask(path, { ...body, page: { from: 1, limit: 2 } });
  t.deepEqual(offset.items, sorted.slice(1, 3));
}
