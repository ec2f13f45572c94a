import test from 'ava';
import { end, element, extensions, flow, model, path, start } from '../../testing/model.ts';
import { Scene } from '../../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());
const { client, engine, now } = scene;

const names = async (filter: object) =>
  (await client.searchClusterVariables({ filter } as never, now)).items.map((item) => item.name).sort();

test.serial('a variable of the cluster is made, read, changed, searched and deleted', async (t) => {
  const created = await client.createGlobalClusterVariable({ name: 'API', value: { url: 'http://a' } });
  t.deepEqual(created, { name: 'API', scope: 'GLOBAL', tenantId: null, value: '{"url":"http://a"}' } as never);
  t.deepEqual(await client.getGlobalClusterVariable({ name: 'API' } as never, now), created);
  await client.updateGlobalClusterVariable({ name: 'API', value: { url: 'http://b' } } as never);
  t.is((await client.getGlobalClusterVariable({ name: 'API' } as never, now)).value, '{"url":"http://b"}');
  t.deepEqual(await names({ scope: 'GLOBAL', name: { $like: 'A*' } }), ['API'] as never);
  await client.deleteGlobalClusterVariable({ name: 'API' } as never);
  t.deepEqual(await names({}), []);
});

test.serial('a tenant’s variable hides the cluster’s of the same name in env, and only there', async (t) => {
  await client.createGlobalClusterVariable({ name: 'RATE', value: { n: 1 } });
  await client.createTenantClusterVariable({ tenantId: 'south', name: 'RATE', value: { n: 2 } } as never);
  await client.createTenantClusterVariable({ tenantId: 'south', name: 'OWN', value: { n: 3 } } as never);
  t.deepEqual(await names({ tenantId: 'south' }), ['OWN', 'RATE'] as never);
  const evaluate = async (expression: string, tenantId?: string) =>
    (await client.evaluateExpression({ expression, tenantId } as never)).result;
  t.is(await evaluate('=camunda.vars.env.RATE.n', 'south'), 2);
  t.is(await evaluate('=camunda.vars.cluster.RATE.n', 'south'), 1);
  t.is(await evaluate('=camunda.vars.tenant.OWN.n', 'south'), 3);
  t.is(await evaluate('=camunda.vars.env.RATE.n'), 1);
  t.is(await evaluate('=camunda.vars.env.OWN'), null);
  await client.deleteTenantClusterVariable({ tenantId: 'south', name: 'RATE' } as never);
  t.is(await evaluate('=camunda.vars.env.RATE.n', 'south'), 1);
});

test.serial('what is no FEEL stays as it is, but a number is one', async (t) => {
  const written = ['42', '3.14159', '-100', '1e10', '0', '0.000001', '10 + 5', ' 42', '0x10', 'hello'];
  const results = await Promise.all(
    written.map(async (expression) => (await client.evaluateExpression({ expression } as never)).result),
  );
  t.deepEqual(results, [42, 3.14159, -100, 1e10, 0, 0.000001, '10 + 5', ' 42', '0x10', 'hello']);
  const { body } = await engine.request('POST', '/v2/expression/evaluation', { expression: '9223372036854775807' });
  t.regex(JSON.stringify(body), /9223372036854775807|9223372036854776000/);
});

test.serial('expressions of a process see the value of the moment, a variable of their own first', async (t) => {
  await engine.request('POST', '/v2/cluster-variables/global', { name: 'LIMIT', value: 10 });
  const gateway = element('exclusiveGateway', 'gateway', '', 'default="gateway_no"');
  const script = (id: string, expression: string) =>
    element('scriptTask', id, extensions(`<zeebe:script expression="${expression}" resultVariable="seen" />`));
  const xml = model('limited', [
    start(),
    gateway,
    script('yes', '=camunda.vars.env.LIMIT'),
    script('no', '=0'),
    end(),
    path('start', 'gateway') +
      flow('gateway', 'yes', '=amount > camunda.vars.env.LIMIT') +
      path('gateway', 'no', 'end') +
      path('yes', 'end'),
  ]);
  t.is((await scene.variables(await scene.run('limited', xml, { amount: 20 }))).seen, 10);
  await engine.request('PUT', '/v2/cluster-variables/global/LIMIT', { value: 30 });
  t.is((await scene.variables(await scene.create('limited', { amount: 20 }))).seen, 0);
  t.is((await scene.variables(await scene.create('limited', { amount: 40 }))).seen, 30);
  const own = { amount: 2, camunda: { vars: { env: { LIMIT: 1 } } } };
  t.is((await scene.variables(await scene.create('limited', own))).seen, 1);
});

test.serial('values may be any JSON, long ones are cut in searches only', async (t) => {
  for (const [name, value] of Object.entries({ text: 'x', number: 1.5, list: [1], no: false })) {
    const answer = await engine.request('POST', '/v2/cluster-variables/global', { name: `any.${name}`, value });
    t.is(answer.status, 200, JSON.stringify(answer.body));
    t.is(answer.body.value, JSON.stringify(value));
  }
  const long = 'x'.repeat(10_000);
  await engine.request('POST', '/v2/cluster-variables/global', { name: 'long', value: long });
  const cut = await engine.request('POST', '/v2/cluster-variables/search', { filter: { name: 'long' } });
  t.is(cut.body.items[0].value.length, 8191);
  t.true(cut.body.items[0].isTruncated);
  const whole = await engine.request('POST', '/v2/cluster-variables/search?truncateValues=false', {
    filter: { name: 'long' },
  });
  t.is(whole.body.items[0].value.length, 10_002);
  t.deepEqual(await names({ isTruncated: true }), ['long'] as never);
});

const refused: [string, string, unknown, number, RegExp][] = [
  [
    'POST',
    '/global',
    { name: 'LIMIT', value: 1 },
    409,
    /^Command 'CREATE' rejected with code 'ALREADY_EXISTS': Invalid cluster variable name: 'LIMIT'. The name already exists in the scope 'GLOBAL'$/,
  ],
  ['PUT', '/global/NONE', { value: 1 }, 404, /The variable does not exist in the scope 'GLOBAL'/],
  ['DELETE', '/tenants/south/NONE', undefined, 404, /does not exist in the scope 'tenant: 'south''/],
  ['GET', '/global/NONE', undefined, 404, /Cluster Variable with name 'NONE' not found/],
  ['POST', '/global', { name: 'a b', value: 1 }, 400, /The provided name contains illegal characters/],
  ['POST', '/global', { name: '', value: 1 }, 400, /No name provided/],
  ['POST', '/global', { name: 'x'.repeat(257), value: 1 }, 400, /name exceeds the limit of 256 characters/],
  ['POST', '/global', { name: 'x' }, 400, /No value provided/],
  ['POST', '/global', { name: 'x', value: 1, more: 1 }, 400, /\[more\]/],
  ['POST', '/tenants/a%20b', { name: 'x', value: 1 }, 400, /tenantId contains illegal characters/],
];

test.serial('what makes no sense is refused in Camunda’s words', async (t) => {
  for (const [method, where, body, status, detail] of refused) {
    const answer = await engine.request(method, `/v2/cluster-variables${where}`, body);
    t.is(answer.status, status, `${method} ${where}: ${JSON.stringify(answer.body)}`);
    t.regex(answer.body.detail, detail);
  }
});

test('a decision sees cluster variables', async (t) => {
  const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="limits" name="limits" namespace="a">
    <decision id="limit" name="limit"><variable name="limit" /><literalExpression>
      <text>if amount &gt; camunda.vars.env.DMN_LIMIT.max then "high" else "low"</text>
    </literalExpression></decision></definitions>`;
  await scene.deploy({ 'limit.dmn': dmn });
  await scene.client.createGlobalClusterVariable({ name: 'DMN_LIMIT', value: { max: 10 } });
  const decide = async (amount: number) => {
    const decision = { decisionDefinitionId: 'limit', variables: { amount } };
    return (await scene.client.evaluateDecision(decision as never)).output as string;
  };
  t.deepEqual([await decide(5), await decide(50)], ['"low"', '"high"']);
});
