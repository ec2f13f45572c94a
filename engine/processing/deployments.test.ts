import test from 'ava';
import { approvalForm, discountDecision } from '../rest/testing/order-process.ts';
import {
  boundary,
  callActivity,
  catchEvent,
  definitions,
  element,
  end,
  extensions,
  flow,
  model,
  onMessage,
  onTimer,
  path,
  process,
  serviceTask,
  start,
  taskDefinition,
} from '../testing/model.ts';
import { openEngine } from '../open-engine.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const straight = (id: string, type = id) =>
  model(id, [start(), serviceTask('task', type), end(), path('start', 'task', 'end')]);

const errors = 'Expected to deploy new resources, but encountered the following errors:\n';

/** The whole text of the refusal. */
async function refusal(files: Record<string, string>): Promise<string> {
  try {
    await scene.deploy(files);
  } catch (error) {
    return (error as { detail: string }).detail;
  }
  return 'deployed';
}

test('what a deployment brings is numbered; the same files again make nothing new', async (t) => {
  const files = { 'a.bpmn': straight('a'), 'discount.dmn': discountDecision, 'approval.form': approvalForm };
  const first = await scene.deploy(files);
  t.like(first.processes[0], {
    processDefinitionId: 'a',
    processDefinitionVersion: 1,
    resourceName: 'a.bpmn',
  } as never);
  t.like(first.decisions[0], { decisionDefinitionId: 'discount', version: 1 } as never);
  t.like(first.forms[0], { formId: 'approval', version: 1 } as never);
  const again = await scene.deploy(files);
  t.deepEqual(again.processes, first.processes);
  t.deepEqual(again.decisions, first.decisions);
  t.deepEqual(again.forms, first.forms);
  const changed = await scene.deploy({ ...files, 'a.bpmn': straight('a', 'other') });
  t.is(changed.processes[0]!.processDefinitionVersion, 2);
  t.is(changed.forms[0]!.version, 2, 'all files of a deployment are versioned together');
  t.is(changed.decisions[0]!.version, 2);
});

test('the xml is given back as it came', async (t) => {
  const xml = straight('given');
  const { processes } = await scene.deploy({ 'given.bpmn': xml });
  const { processDefinitionKey } = processes[0]!;
  t.is(await scene.client.getProcessDefinitionXml({ processDefinitionKey } as never, scene.now), xml as never);
});

test('a refused deployment names file, element and reason, and leaves nothing behind', async (t) => {
  const bad = definitions(
    process(
      'bad',
      start(),
      element('serviceTask', 'noType'),
      element('exclusiveGateway', 'gateway'),
      element('scriptTask', 'script', extensions('<zeebe:script expression="=1 +" resultVariable="x" />')),
      catchEvent('wait', onTimer('tomorrow', 'timeDuration')),
      end(),
      path('start', 'noType', 'gateway', 'script', 'wait', 'end') + flow('gateway', 'end'),
    ),
  );
  const detail = await refusal({ 'good.bpmn': straight('good'), 'bad.bpmn': bad });
  t.regex(
    detail,
    /^Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new resources, but encountered the following errors:\n'bad.bpmn': - Element: /,
  );
  t.regex(detail, /- Element: noType\n    - ERROR: Must have exactly one 'zeebe:taskDefinition' extension element\n/);
  t.regex(detail, /- Element: gateway_script\n    - ERROR: Must have a condition or be default flow\n/);
  t.regex(
    detail,
    /- Element: script > extensionElements > script\n    - ERROR: failed to parse expression '1 \+': unexpected/,
  );
  t.regex(detail, /- Element: wait\n    - ERROR: Invalid timer duration expression/);
  await t.throwsAsync(() => scene.create('good'), {
    message: /Expected to find process definition with process ID 'good', but none found/,
  });
});

test('every rule of a model has its sentence', async (t) => {
  const cases: [string[], RegExp, Parameters<typeof model>[2]?][] = [
    [[element('task', 'a')], /Must have at least one start event/],
    [
      [start('a'), start('b'), end(), path('a', 'end') + path('b', 'end')],
      /Multiple none start events are not allowed/,
    ],
    [[start(), element('receiveTask', 'a'), path('start', 'a')], /Must reference a message/],
    [
      [start(), catchEvent('a', onMessage('m')), path('start', 'a')],
      /Must have exactly one zeebe:subscription/,
      { messages: { m: null } },
    ],
    [[start(), element('eventBasedGateway', 'a'), end(), path('start', 'a', 'end')], /must have at least 2 outgoing/],
    [
      [start(), serviceTask('a', 'x'), boundary('b', 'a', ''), path('start', 'a')],
      /Must have exactly one event definition/,
    ],
    [[start(), element('callActivity', 'a'), path('start', 'a')], /'zeebe:calledElement'/],
    [[start(), element('businessRuleTask', 'a'), path('start', 'a')], /Must have either one 'zeebe:calledDecision'/],
    [
      [start(), element('serviceTask', 'a', extensions(taskDefinition(''))), path('start', 'a')],
      /Attribute 'type' must be present/,
    ],
    [[start(), end('a'), element('task', 'b'), path('start', 'a', 'b')], /End events must not have outgoing/],
    [
      [start(), element('complexGateway', 'a'), path('start', 'a')],
      /Elements of type 'ComplexGateway' are currently not supported/,
    ],
    [
      [start(), serviceTask('a', 'x'), '<bpmn:sequenceFlow id="f" sourceRef="start" targetRef="gone" />'],
      /SequenceFlow has targetRef 'gone' which cannot be resolved/,
    ],
    [
      [start(), serviceTask('a', 'x'), boundary('b', 'a', onTimer('R3/PT1H')), path('start', 'a')],
      /Interrupting timer event with time cycle is not allowed/,
    ],
  ];
  for (const [content, expected, options] of cases) {
    t.regex(await refusal({ 'rule.bpmn': model('rule', content, options) }), expected);
  }
});

test('what a file is refused for is said in the words of its reader', async (t) => {
  const texts: [files: Record<string, string>, expected: string | RegExp][] = [
    [{ 'x.bpmn': 'no xml' }, /^'x.bpmn': /],
    [
      { 'x.bpmn': definitions('') },
      "'x.bpmn': - Element: definitions\n    - ERROR: Must contain at least one executable process\n",
    ],
    [{ 'x.form': '{"type": "default"}' }, 'Expected the form id to be present, but none given'],
    [{ 'x.form': '{"id": " "}' }, 'Expected the form id to be filled, but it is blank'],
    [{ 'x.form': '{' }, /^Failed to parse form JSON. 'x.form': /],
    [{ 'x.rpa': '{' }, /^Failed to parse resource JSON. 'x.rpa': /],
    [{ 'x.rpa': '{}' }, 'Expected the resource id to be present, but none given'],
    [{ 'x.dmn': '<nothing/>' }, /^'x.dmn': /],
    [{ 'notes.txt': 'hello' }, "\n'notes.txt': unknown resource type"],
    [{ 'x.BPMN': straight('shouted') }, "\n'x.BPMN': unknown resource type"],
    [
      { 'p1.bpmn': straight('twice'), 'p2.bpmn': straight('twice'), 'p3.bpmn': straight('twice') },
      "Duplicated process id in resources 'p1.bpmn' and 'p2.bpmn'\nDuplicated process id in resources 'p1.bpmn' and 'p3.bpmn'",
    ],
    [
      { 'x.form': approvalForm, 'y.form': approvalForm },
      "Expected the form ids to be unique within a deployment but found a duplicated id 'approval' in the resources 'x.form' and 'y.form'.",
    ],
    [
      { 'x.bpmn': model('round', [start(), element('task', 'a'), element('task', 'b'), path('start', 'a', 'b', 'a')]) },
      '`x.bpmn`: - Process: round\n    - ERROR: Processes are not allowed to contain a straight-through processing loop: a > b > a\n',
    ],
  ];
  for (const [files, expected] of texts) {
    const prefix = "Command 'CREATE' rejected with code 'INVALID_ARGUMENT': " + errors;
    const detail = await refusal(files);
    t.true(detail.startsWith(prefix), detail);
    const said = detail.slice(prefix.length);
    if (typeof expected === 'string') t.is(said, expected);
    else t.regex(said, expected);
  }
});

test('what is bound to the deployment and is not in it is named, once all files are sound', async (t) => {
  const calling = (id: string) =>
    model(id, [
      start(),
      callActivity('call', `of_${id}`, 'bindingType="deployment"'),
      element(
        'userTask',
        'ask',
        extensions('<zeebe:userTask />', '<zeebe:formDefinition formId="absent" bindingType="deployment" />'),
      ),
      end(),
      path('start', 'call', 'ask', 'end'),
    ]);
  const reasons = (id: string) =>
    '- Element: call > extensionElements > calledElement\n' +
    `    - ERROR: Expected to find process with id 'of_${id}' in current deployment, but not found.\n` +
    '- Element: ask > extensionElements > formDefinition\n' +
    "    - ERROR: Expected to find form with id 'absent' in current deployment, but not found.\n";
  t.true(
    (await refusal({ 'a.bpmn': calling('a1'), 'b.bpmn': calling('b1') })).endsWith(
      `${errors}'a.bpmn':\n${reasons('a1')}\n'b.bpmn':\n${reasons('b1')}`,
    ),
  );
  t.true(
    (await refusal({ 'a.bpmn': calling('a1'), 'x.form': '{}' })).endsWith(
      `${errors}Expected the form id to be present, but none given`,
    ),
  );
});

test('of very many problems the first are told, and how many are left', async (t) => {
  const tasks = Array.from({ length: 500 }, (_, index) => element('serviceTask', `task${index}`));
  const detail = await refusal({ 'many.bpmn': model('many', [start(), ...tasks]) });
  t.true(Buffer.byteLength(detail) < 12_500);
  const told = detail.match(/- ERROR/g)!.length;
  t.true(detail.endsWith(`extension element\nand ${500 - told} more errors and/or warnings`));
});

test('a script of RPA is kept under the id that it gives itself, any other file is refused', async (t) => {
  const script = (text: string) => JSON.stringify({ id: 'robot', versionTag: 'v1', script: text });
  const { resources } = await scene.deploy({ 'robot.rpa': script('Log hello') });
  const { resourceKey } = resources[0]!;
  t.like((await scene.engine.request('GET', `/v2/resources/${resourceKey}`)).body, {
    resourceId: 'robot',
    resourceName: 'robot.rpa',
    version: 1,
    versionTag: 'v1',
  });
  const again = await scene.deploy({ 'robot.rpa': script('Log hello') });
  t.is(again.resources[0]!.resourceKey, resourceKey);
  t.is((await scene.deploy({ 'robot.rpa': script('Log more') })).resources[0]!.version, 2);
  t.regex(
    await refusal({ 'x.rpa': script(''), 'y.rpa': script('') }),
    /Expected the resource ids to be unique within a deployment but found a duplicated id 'robot'/,
  );
});

test('a job carries the keys of the resources that its task is linked to', async (t) => {
  const linked = (id: string, attributes: string) =>
    model(id, [
      start(),
      serviceTask(
        'run',
        'linked',
        '<zeebe:taskHeaders><zeebe:header key="own" value="1" /></zeebe:taskHeaders>',
        `<zeebe:linkedResources><zeebe:linkedResource resourceType="RPA" linkName="RPAScript" ${attributes} /></zeebe:linkedResources>`,
      ),
      path('start', 'run'),
    ]);
  const script = (tag: string) => JSON.stringify({ id: 'linked_robot', versionTag: tag });
  const missing = await scene.run('linked_latest', linked('linked_latest', 'resourceId="linked_robot"'));
  const [incident] = await scene.incidents(missing);
  t.is(incident!.errorType, 'RESOURCE_NOT_FOUND');
  t.regex(
    incident!.errorMessage,
    /^Expected to link a resource with id 'linked_robot', but no resource with this id is/,
  );
  const first = await scene.deploy({
    'linked.rpa': script('one'),
    'l.bpmn': linked('linked_same', 'resourceId="linked_robot" bindingType="deployment"'),
  });
  const second = await scene.deploy({
    'linked.rpa': script('two'),
    'm.bpmn': linked('linked_tag', 'resourceId="linked_robot" bindingType="versionTag" versionTag="one"'),
  });
  const [firstKey, secondKey] = [first, second].map(({ resources }) => resources[0]!.resourceKey);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.create('linked_same');
  await scene.create('linked_tag');
  const jobs = await scene.jobs('linked');
  const links = (resourceKey: unknown) => JSON.stringify([{ resourceKey, resourceType: 'RPA', linkName: 'RPAScript' }]);
  t.deepEqual(
    jobs.map(({ customHeaders }) => customHeaders),
    [secondKey, firstKey, firstKey].map((key) => ({ own: '1', linkedResources: links(key) })) as never,
  );
  t.regex(
    await refusal({ 'n.bpmn': linked('linked_nothing', '') }),
    /Attribute 'resourceId' must be present and not empty/,
  );
});

test('only service tasks are linked to resources', async (t) => {
  const link =
    '<zeebe:linkedResources><zeebe:linkedResource resourceId="nowhere" resourceType="RPA" /></zeebe:linkedResources>';
  const send = element('sendTask', 'send', extensions(taskDefinition('unlinked'), link));
  await scene.run('unlinked', model('unlinked', [start(), send, path('start', 'send')]));
  t.deepEqual((await scene.job('unlinked')).customHeaders, {});
});

test('a deleted version starts nothing any more; the one before takes its place', async (t) => {
  await scene.deploy({ 'd.bpmn': straight('deleted', 'one') });
  const { processes } = await scene.deploy({ 'd.bpmn': straight('deleted', 'two') });
  const running = await scene.create('deleted');
  await scene.client.deleteResource({ resourceKey: processes[0]!.processDefinitionKey } as never);
  await scene.create('deleted');
  t.is((await scene.jobs('one')).length, 1);
  await scene.completeNext('two');
  t.is(await scene.state(running), 'COMPLETED', 'what runs goes on');
  await t.throwsAsync(() => scene.client.deleteResource({ resourceKey: '42' } as never), {
    message: /no resource found/,
  });
});

test('an instance is started by version or by key too', async (t) => {
  const { processes } = await scene.deploy({ 'v.bpmn': straight('versions', 'v1') });
  await scene.deploy({ 'v.bpmn': straight('versions', 'v2') });
  await scene.client.createProcessInstance({ processDefinitionId: 'versions', processDefinitionVersion: 1 } as never);
  await scene.client.createProcessInstance({ processDefinitionKey: processes[0]!.processDefinitionKey } as never);
  t.is((await scene.jobs('v1')).length, 2);
  await t.throwsAsync(
    () => scene.client.createProcessInstance({ processDefinitionId: 'versions', processDefinitionVersion: 9 } as never),
    { message: /and version '9', but none found/ },
  );
});

test('a decision is evaluated by id, with what led to its answer', async (t) => {
  await scene.deploy({ 'discount.dmn': discountDecision });
  const answer = await scene.client.evaluateDecision({
    decisionDefinitionId: 'discount',
    variables: { amount: 100 },
  } as never);
  t.is(answer.output, '10');
  t.is(answer.evaluatedDecisions[0]!.matchedRules[0]!.ruleId, 'large');
  await t.throwsAsync(() => scene.client.evaluateDecision({ decisionDefinitionId: 'absent' } as never), {
    message: /no decision found for id 'absent'/,
  });
});

test('two engines in one process know each its own decisions', async (t) => {
  const decision = (output: string) => discountDecision.replaceAll('<text>10</text>', `<text>${output}</text>`);
  for (const output of ['21', '22']) {
    const engine = openEngine({ file: ':memory:' });
    t.teardown(() => engine.close());
    const content = new TextEncoder().encode(decision(output));
    await engine.execute({ type: 'deployment.create', resources: [{ name: 'discount.dmn', content }] });
    const variables = { amount: 100 };
    const evaluation = await engine.execute({ type: 'decision.evaluate', decisionDefinitionId: 'discount', variables });
    t.is(evaluation.output, Number(output));
  }
});

test('a decision that another graph has brought anew makes the same file a new version', async (t) => {
  const graph = (drgId: string) =>
    discountDecision
      .replace(/(<definitions[^>]*) id="[^"]*"/, `$1 id="${drgId}"`)
      .replace('decision id="discount"', 'decision id="shared"');
  const versions = async (drgId: string) => {
    const { decisionRequirements, decisions } = await scene.deploy({ 'graph.dmn': graph(drgId) });
    return [decisionRequirements[0]!.version, decisions[0]!.version];
  };
  const [, first] = await versions('graphA');
  t.deepEqual(await versions('graphA'), [1, first]);
  t.deepEqual(await versions('graphB'), [1, first! + 1]);
  t.deepEqual(await versions('graphA'), [2, first! + 2]);
  t.deepEqual(await versions('graphA'), [2, first! + 2]);
});
