import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { connect } from 'node:net';
import path from 'node:path';
import test from 'ava';
import Database from 'better-sqlite3';
import {
  boundary,
  definitions,
  element,
  end,
  extensions,
  flow,
  mapping,
  model,
  onTimer,
  path as flows,
  process as processXml,
  serviceTask,
  start,
  taskDefinition,
} from './testing/model.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';
import { Scene } from './testing/scene.ts';
import { settingEntries } from './settings-table.ts';

const scene = await Scene.open({
  maxEntriesPerCommand: 50,
  maxMessageBytes: 20_000,
  maxRequestBytes: 60_000,
  maxExpressionMs: 500,
  maxConnections: 40,
  requestTimeoutMs: 2500,
});
test.after.always(() => scene.close());

const oneIncident = async (key: string) => {
  const incidents = await scene.incidents(key);
  return incidents.map(({ errorType, errorMessage }) => `${errorType}: ${errorMessage}`).join('\n');
};

const gateway = (id: string) => element('exclusiveGateway', id);

test.serial('a circle without a wait ends with an incident, and the engine goes on', async (t) => {
  const circle = model('circle', [
    start(),
    gateway('again'),
    gateway('once'),
    flows('start', 'again', 'once'),
    flows('once', 'again'),
  ]);
  const key = await scene.run('circle', circle);
  t.regex(await oneIncident(key), /^UNKNOWN: Expected to leave the loop at element '(again|once)'/);
});

test.serial('an expression that runs away is an incident within its time', async (t) => {
  const expressions = {
    nested: 'count(for a in 1..100000, b in 1..100000 return a)',
    backtracking: 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    references: 'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)*\\\\1$", "")',
    recursion: '{f: function(n) f(n + 1), r: f(1)}.r',
    doubledList: 'count(for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))',
    doubledText: 'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
    doubledContext: 'for i in 1..60 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1]}',
    deepJson: 'from json(string join(for i in 1..50000 return "[") + string join(for i in 1..50000 return "]"))',
    large: 'string join(for i in 1..5000 return "abcdefgh")',
  };
  for (const [name, source] of Object.entries(expressions)) {
    const task = element('serviceTask', 'task', extensions(taskDefinition('never'), mapping({ x: `=${source}` })));
    const begunAt = performance.now();
    const key = await scene.run(
      `away-${name}`,
      model(`away-${name}`, [start(), task, end(), flows('start', 'task', 'end')]),
    );
    t.true(performance.now() - begunAt < 15_000, name);
    t.regex(await oneIncident(key), /^(IO_MAPPING_ERROR|EXTRACT_VALUE_ERROR|MESSAGE_SIZE_EXCEEDED): /, name);
  }
  t.regex(
    await oneIncident(await scene.create('away-backtracking')),
    /Expected to evaluate expression but timed out after 500 ms: '\{x:matches/,
  );
});

test.serial(
  'a job that no message could carry waits with an incident, and the others of its type are given out',
  async (t) => {
    await scene.deploy({
      'heavy.bpmn': model('heavy', [start(), serviceTask('lift', 'lift'), end(), flows('start', 'lift', 'end')]),
    });
    const heavy = await scene.create('heavy', { a: 'x'.repeat(15_000), b: 'x'.repeat(15_000) });
    const light = await scene.create('heavy', { a: 'x' });
    const [job, ...others] = await scene.jobs('lift');
    t.deepEqual([job?.processInstanceKey, others.length], [light, 0]);
    t.regex(
      await oneIncident(heavy),
      /^MESSAGE_SIZE_EXCEEDED: The job with key '\d+' can not be activated, because with 0.03 MB it is larger/,
    );
    await scene.client.createElementInstanceVariables({ elementInstanceKey: heavy, variables: { b: '' } } as never);
    const [incident] = await scene.incidents(heavy);
    await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
    t.is((await scene.job('lift')).processInstanceKey, heavy);
  },
);

test.serial('a request that is too large, too deep or too long in its headers is refused', async (t) => {
  const { request } = scene.engine;
  const nested = (depth: number) =>
    `{"processDefinitionId":"none","variables":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  t.is((await request('POST', '/v2/process-instances', nested(1200))).status, 400);
  t.is((await request('POST', '/v2/process-instances', nested(900))).status, 404, 'only the process is missing');
  t.is((await request('POST', '/v2/process-instances', nested(25_000))).status, 400);
  t.is((await request('POST', '/v2/process-instances', { processDefinitionId: 'x'.repeat(70_000) })).status, 413);
  const large = await fetch(`${scene.engine.address}/v2/topology`, { headers: { 'x-large': 'x'.repeat(20_000) } });
  t.is(large.status, 431);
});

test.serial('entities that multiply, and elements within elements without end, are no deployment', async (t) => {
  const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const laughs = (xml: string) =>
    xml.replace('?>', `?><!DOCTYPE d [<!ENTITY l0 "lol">${entities}]>`).replace('name="lol"', 'name="&l12;"');
  const before = process.memoryUsage().rss;
  const bpmn = laughs(
    definitions(processXml('laughs', start('start', '', 'name="lol"'), end(), flows('start', 'end'))),
  );
  const dmn = laughs(
    '<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="lol" namespace="x"><decision id="a" name="a"><literalExpression><text>1</text></literalExpression></decision></definitions>',
  );
  const deep = (tag: string) => `<?xml version="1.0"?>${`<${tag}>`.repeat(8000)}${`</${tag}>`.repeat(8000)}`;
  const files = { 'laughs.bpmn': bpmn, 'laughs.dmn': dmn, 'deep.bpmn': deep('a'), 'deep.dmn': deep('a') };
  for (const [name, content] of Object.entries(files)) {
    const form = new FormData();
    form.append('resources', new File([content], name));
    const { status } = await fetch(`${scene.engine.address}/v2/deployments`, { method: 'POST', body: form });
    t.true(status < 500, `${name}: ${status}`);
  }
  t.true(process.memoryUsage().rss - before < 300_000_000);
});

test.serial('who sends too slowly or holds too many connections is let go', async (t) => {
  const { hostname, port } = new URL(scene.engine.address);
  const slow = connect(Number(port), hostname);
  slow.write(
    'POST /v2/process-instances HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  );
  const sockets = Array.from({ length: 60 }, () => connect(Number(port), hostname).on('error', () => undefined));
  let closed = 0;
  for (const socket of sockets) socket.on('close', () => closed++).resume();
  const answer: Buffer[] = [];
  slow.on('data', (chunk) => answer.push(chunk));
  await once(slow, 'close');
  t.regex(Buffer.concat(answer).toString(), /^(HTTP\/1\.1 408 |$)/);
  t.true(closed >= 20, `${closed} were closed`);
  for (const socket of sockets) socket.destroy();
  t.is((await scene.engine.request('GET', '/v2/topology')).status, 200);
});

test.serial('more commands than the queue takes are refused in a way that Camunda’s client waits out', async (t) => {
  // thirty at once and a queue of one: chance alone would use up the three attempts that the client makes by itself
  process.env.CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS = '30';
  const narrow = await Scene.open({ maxQueuedCommands: 1 });
  t.teardown(() => narrow.close());
  await narrow.deploy({ 'brisk.bpmn': model('brisk', [start(), end(), flows('start', 'end')]) });
  const body = { processDefinitionId: 'brisk' };
  const create = async () => (await narrow.engine.request('POST', '/v2/process-instances', body)).status;
  const statuses = new Set<number>();
  for (let round = 0; round < 20; round++) {
    for (const status of await Promise.all(Array.from({ length: 20 }, create))) statuses.add(status);
  }
  t.deepEqual(statuses, new Set([200, 503]));
  await Promise.all(Array.from({ length: 30 }, () => narrow.create('brisk')));
});

test('a row that the engine cannot process holds up nothing else', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-poisoned-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'engine.sqlite');
  const napping = model('napping', [
    start(),
    serviceTask('work', 'work'),
    boundary('late', 'work', onTimer('PT1H')),
    end(),
    end('missed'),
    flows('start', 'work', 'end'),
    flows('late', 'missed'),
  ]);
  const healthy = openEngine({ file });
  const resources = [{ name: 'napping.bpmn', content: new TextEncoder().encode(napping) }];
  await healthy.execute({ type: 'deployment.create', resources });
  const create = async (engine: Engine) =>
    (await engine.execute({ type: 'process-instance.create', processDefinitionId: 'napping' })).processInstanceKey;
  const [first, ...others] = [await create(healthy), await create(healthy), await create(healthy)];
  await healthy.close();
  const db = new Database(file);
  t.teardown(() => db.close());
  db.exec(`UPDATE job SET element_ref = 99999999, headers = '{' WHERE process_instance_key = ${first}`);
  db.exec(`UPDATE timer SET element_ref = 99999999 WHERE process_instance_key = ${first}`);

  const said: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (_fields: object, message: string) => void said.push(message) };
  const engine = openEngine({ file, log });
  t.teardown(() => engine.close());
  const given = await engine.activateJobs({
    type: 'work',
    worker: 'w',
    timeoutMs: 1000,
    maxJobs: 10,
    requestTimeoutMs: -1,
  });
  t.deepEqual(
    given.map(({ processInstanceKey }) => processInstanceKey),
    others,
    'jobs',
  );
  await engine.execute({ type: 'clock.pin', timestampMs: Date.now() + 3_700_000 });
  const states = db.prepare('SELECT state FROM process_instance ORDER BY key').pluck();
  t.deepEqual(states.all(), ['ACTIVE', 'COMPLETED', 'COMPLETED'], 'timers');
  t.true(said.length > 0, 'it is told');
  await create(engine);
  t.is(engine.status().healthy, true);
});

test('the README lists every setting with its default', (t) => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  for (const { argument, variable, defaultValue } of settingEntries) {
    t.true(readme.includes(`| \`--${argument}\` | \`${variable}\` | ${defaultValue} |`), argument);
  }
});

test.serial('a condition that runs away is an incident of its gateway', async (t) => {
  const xml = model('choice', [
    start(),
    gateway('which'),
    end(),
    end('other'),
    flows('start', 'which'),
    flow('which', 'end', '=some a in 1..100000 satisfies some b in 1..100000 satisfies a = -b'),
    flow('which', 'other', '=true'),
  ]);
  t.regex(await oneIncident(await scene.run('choice', xml)), /^EXTRACT_VALUE_ERROR: /);
});
