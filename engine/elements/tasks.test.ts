import test from 'ava';
import { discountDecision } from '../rest/testing/order-process.ts';
import {
  element,
  end,
  escape,
  extensions,
  loop,
  mapping,
  model,
  onMessage,
  path,
  serviceTask,
  start,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const straight = (id: string, task: string, options?: Parameters<typeof model>[2]) =>
  model(id, [start(), task, end(), path('start', 'task', 'end')], options);

test('mappings decide what a worker sees and what the process keeps', async (t) => {
  const task = serviceTask(
    'task',
    'mapped',
    '<zeebe:taskHeaders><zeebe:header key="unit" value="water" /><zeebe:header key="none" value="" /></zeebe:taskHeaders>',
    mapping(
      { doubled: '=amount * 2', 'place.street': '=street' },
      { total: '=result.total', 'place.checked': '=true' },
    ),
  );
  const key = await scene.run('mapped', straight('mapped', task), { amount: 4, street: 'X road' });
  const job = await scene.job('mapped');
  t.deepEqual(job.variables, { amount: 4, street: 'X road', doubled: 8, place: { street: 'X road' } });
  t.deepEqual(job.customHeaders, { unit: 'water' });
  t.is(job.retries, 3);
  await scene.complete(job, { result: { total: 9 }, left: 'behind' });
  const place = { street: 'X road', checked: true };
  t.deepEqual(
    await scene.variables(key),
    { amount: 4, street: 'X road', total: 9, place },
    'a path keeps what is there',
  );
});

test('an input without a source is null, whatever there is further out', async (t) => {
  const inputs = '<zeebe:ioMapping><zeebe:input target="x" /><zeebe:input source="" target="y" /></zeebe:ioMapping>';
  const task = element('serviceTask', 'task', extensions(taskDefinition('sourceless'), inputs));
  await scene.run('sourceless', straight('sourceless', task), { x: 1, y: 2, z: 3 });
  t.deepEqual((await scene.job('sourceless')).variables, { x: null, y: null, z: 3 });
});

test('the mappings of an element are one context: what stands beside or before is seen, the last of a target counts', async (t) => {
  const inputs = [
    ['github', 'login.type'],
    ['=type + "-token"', 'login.token'],
    ['1', 'twice'],
    ['=twice', 'copy'],
    ['=2', 'twice'],
    ['=login.type', 'from'],
    ['=later', 'early'],
    ['=3', 'later'],
    ['say "C:\\new"', 'said'],
    ['=1 // one', 'noted'],
  ];
  const given = inputs.map(([source, target]) => `<zeebe:input source="${escape(source!)}" target="${target}" />`);
  const task = serviceTask('task', 'context', `<zeebe:ioMapping>${given.join('')}</zeebe:ioMapping>`);
  await scene.run('context', straight('context', task));
  t.deepEqual((await scene.job('context')).variables, {
    login: { type: 'github', token: 'github-token' },
    twice: 2,
    copy: 2,
    from: 'github',
    early: null,
    later: 3,
    said: 'say "C:\\new"',
    noted: 1,
  });
});

test('a mapping that fails is an incident that names the whole context, as in Zeebe', async (t) => {
  const asserted = serviceTask('task', 'asserted', mapping({ first: '=1', second: '=assert(n, n > 1, "too small")' }));
  const key = await scene.run('asserted', straight('asserted', asserted), { n: 1 });
  const [incident] = await scene.incidents(key);
  t.is(incident!.errorType, 'IO_MAPPING_ERROR');
  t.regex(
    incident!.errorMessage,
    /^Assertion failure on evaluate the expression '\{first:1,second:assert\(n, n > 1, "too small"\)\}': too small/,
  );
});

test('without output mappings what a worker answers goes to the scope that has the variable', async (t) => {
  const task = serviceTask('task', 'local', mapping({ note: '="inside"' }));
  const key = await scene.run('local', straight('local', task), { amount: 1 });
  await scene.completeNext('local', { note: 'changed inside', amount: 2 });
  t.deepEqual(await scene.variables(key), { amount: 2 });
});

test('a business rule task puts what its decision says into the result variable', async (t) => {
  const task = element(
    'businessRuleTask',
    'task',
    extensions('<zeebe:calledDecision decisionId="discount" resultVariable="discount" bindingType="deployment" />'),
  );
  await scene.deploy({ 'rule.bpmn': straight('rule', task), 'discount.dmn': discountDecision });
  const key = await scene.create('rule', { amount: 250 });
  t.is((await scene.variables(key)).discount, 10);
  t.is(await scene.state(key), 'COMPLETED');
});

test('a business rule task without its decision is an incident', async (t) => {
  const called =
    '<zeebe:calledDecision decisionId="=&quot;absent&quot;" resultVariable="x" bindingType="deployment" />';
  const task = element('businessRuleTask', 'task', extensions(called));
  const key = await scene.run('ruleless', straight('ruleless', task));
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'CALLED_DECISION_ERROR');
  t.regex(
    incident!.errorMessage,
    /^Expected to evaluate decision 'absent' with binding type 'deployment', but no such decision found in the deployment with key \d+ which contained the current process\. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended decision to evaluate\.$/,
  );
  const tagged =
    '<zeebe:calledDecision decisionId="absent" resultVariable="x" bindingType="versionTag" versionTag="v" />';
  const other = await scene.run(
    'tagless',
    straight('tagless', element('businessRuleTask', 'task', extensions(tagged))),
  );
  t.is(
    (await scene.incidents(other))[0]!.errorMessage,
    "Expected to evaluate decision with id 'absent' and version tag 'v', but no such decision found. To resolve this incident, deploy a decision with the given id and version tag.",
  );
});

test('a script task evaluates FEEL', async (t) => {
  const script = element(
    'scriptTask',
    'task',
    extensions('<zeebe:script expression="=sum(for n in numbers return n * n)" resultVariable="squares" />'),
  );
  const key = await scene.run('script', straight('script', script), { numbers: [1, 2, 3] });
  t.is((await scene.variables(key)).squares, 14);
});

test('send tasks and message throw events are jobs', async (t) => {
  const xml = model(
    'send',
    [
      start(),
      element('sendTask', 'task', extensions(taskDefinition('send'))),
      element('intermediateThrowEvent', 'thrown', extensions(taskDefinition('throw')) + onMessage('told')),
      end('end', extensions(taskDefinition('finish')) + onMessage('told')),
      path('start', 'task', 'thrown', 'end'),
    ],
    { messages: { told: null } },
  );
  const key = await scene.run('send', xml);
  for (const type of ['send', 'throw', 'finish']) await scene.completeNext(type);
  t.is(await scene.state(key), 'COMPLETED');
});

test('a receive task waits for its message', async (t) => {
  const task = '<bpmn:receiveTask id="task" messageRef="message_arrived" />';
  const key = await scene.run('receive', straight('receive', task, { messages: { arrived: '=no' } }), { no: 17 });
  await scene.publish('arrived', 'other');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.publish('arrived', '17', { text: 'here' });
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.variables(key)).text, 'here');
});

test('a message that came before its receiver waits for it as long as it lives', async (t) => {
  const task = '<bpmn:receiveTask id="task" messageRef="message_early" />';
  await scene.deploy({ 'early.bpmn': straight('early', task, { messages: { early: '=no' } }) });
  await scene.publish('early', 'E-1', { text: 'kept' }, { timeToLive: 60_000 });
  await scene.publish('early', 'E-2', { text: 'lost' });
  const kept = await scene.create('early', { no: 'E-1' });
  const lost = await scene.create('early', { no: 'E-2' });
  t.is(await scene.state(kept), 'COMPLETED');
  t.is(await scene.state(lost), 'ACTIVE');
});

test('manual and undefined tasks are passed by', async (t) => {
  const xml = model('passed', [
    start(),
    element('manualTask', 'byHand'),
    element('task', 'anything', extensions(mapping({}, { done: '=true' }))),
    element('intermediateThrowEvent', 'milestone'),
    end(),
    path('start', 'byHand', 'anything', 'milestone', 'end'),
  ]);
  const key = await scene.run('passed', xml);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { done: true });
});

test('a task of a multi-instance loop runs once for each item, one after the other if so asked', async (t) => {
  const task = element(
    'serviceTask',
    'task',
    extensions(taskDefinition('each')) +
      loop({
        inputCollection: '=items',
        inputElement: 'item',
        outputCollection: 'results',
        outputElement: '=result',
        sequential: true,
      }),
  );
  const key = await scene.run('loop', straight('loop', task), { items: [3, 4] });
  for (const expected of [3, 4]) {
    const jobs = await scene.jobs('each');
    t.deepEqual(
      jobs.map((job) => job.variables.item),
      [expected],
    );
    await scene.complete(jobs[0]!, { result: expected * 10 });
  }
  t.deepEqual(await scene.variables(key), { items: [3, 4], results: [30, 40] });
});

test('a completion condition ends what is left of a loop', async (t) => {
  const task = element(
    'serviceTask',
    'task',
    extensions(taskDefinition('first')) +
      loop({ inputCollection: '=[1, 2, 3]', inputElement: 'n', completionCondition: '=found = true' }),
  );
  const key = await scene.run('first', straight('first', task));
  const jobs = await scene.jobs('first');
  await scene.complete(jobs[1]!, { found: true });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.history(key)).filter((entry) => entry.startsWith('task')).sort(), [
    'task:COMPLETED',
    'task:COMPLETED',
    'task:TERMINATED',
    'task:TERMINATED',
  ]);
});

test('an empty list is passed over', async (t) => {
  const body = loop({ inputCollection: '=[]', outputCollection: 'results', outputElement: '=1' });
  const task = element('serviceTask', 'task', extensions(taskDefinition('none')) + body);
  const key = await scene.run('emptyLoop', straight('emptyLoop', task));
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { results: [] });
});

test('a process that runs in a circle without waiting stops with an incident', async (t) => {
  const xml = model('circle', [
    start(),
    element('exclusiveGateway', 'again'),
    element('exclusiveGateway', 'turn'),
    path('start', 'again', 'turn', 'again'),
  ]);
  const key = await scene.run('circle', xml);
  const [incident] = await scene.incidents(key);
  t.regex(incident!.errorMessage, /was entered 1001 times without waiting/);
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  t.is(await scene.state(key), 'TERMINATED');
});
