import test from 'ava';
import {
  adHoc,
  boundary,
  callActivity,
  end,
  extensions,
  element,
  loop,
  model,
  onError,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const create = async (processDefinitionId: string, more: object) => {
  const created = await scene.client.createProcessInstance({ processDefinitionId, ...more } as never);
  return String(created.processInstanceKey);
};
const after = (...ids: string[]) => ({
  runtimeInstructions: ids.map((afterElementId) => ({ type: 'TERMINATE_PROCESS_INSTANCE', afterElementId })),
});

test('an instance ends after the element that it was told', async (t) => {
  const flow = [serviceTask('one', 'until'), serviceTask('two', 'until'), start(), end()];
  await scene.deploy({ 'until.bpmn': model('until', [...flow, path('start', 'one', 'two', 'end')]) });
  const key = await create('until', after('one'));
  await scene.completeNext('until');
  t.is(await scene.state(key), 'TERMINATED');
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'one:COMPLETED']);
  const toItsEnd = await create('until', after('end'));
  await scene.completeNext('until');
  await scene.completeNext('until');
  t.is(await scene.state(toItsEnd), 'TERMINATED');
  await t.throwsAsync(create('until', after('one', 'unknown')), {
    message:
      /Expected to create instance of process with runtime instructions but no element found with id 'unknown' in process definition 'until'\.$/,
  });
});

test('what else runs is ended with it, also from inside of a sub-process', async (t) => {
  const inside = [start('s'), serviceTask('deep', 'deep'), serviceTask('deeper', 'deep'), path('s', 'deep', 'deeper')];
  const content = [
    start(),
    element('parallelGateway', 'fork'),
    subProcess('sub', ...inside),
    serviceTask('beside', 'beside'),
    path('start', 'fork', 'sub'),
    path('fork', 'beside'),
  ];
  await scene.deploy({ 'nested-until.bpmn': model('nested-until', content) });
  const key = await create('nested-until', after('deep'));
  await scene.completeNext('deep');
  t.is(await scene.state(key), 'TERMINATED');
  t.true((await scene.history(key)).includes('beside:TERMINATED'));
  await scene.noJob(t, 'deep');
  await scene.noJob(t, 'beside');
});

test('a multi-instance counts as one, a terminated element counts too', async (t) => {
  const each = element(
    'serviceTask',
    'each',
    extensions(taskDefinition('each-until')) + loop({ inputCollection: '=[1,2]' }),
  );
  const content = [start(), each, serviceTask('next', 'next-until'), path('start', 'each', 'next')];
  await scene.deploy({ 'each-until.bpmn': model('each-until', content) });
  const key = await create('each-until', after('each'));
  await scene.completeNext('each-until');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('each-until');
  t.is(await scene.state(key), 'TERMINATED');

  const caught = [
    start(),
    serviceTask('work', 'caught-until'),
    boundary('caught', 'work', onError('E')),
    serviceTask('mend', 'mend-until'),
    path('start', 'work'),
    path('caught', 'mend'),
  ];
  await scene.deploy({ 'caught-until.bpmn': model('caught-until', caught, { errors: ['E'] }) });
  const thrown = await create('caught-until', after('work'));
  const job = await scene.job('caught-until');
  await scene.client.throwJobError({ jobKey: job.jobKey, errorCode: 'E' } as never);
  t.is(await scene.state(thrown), 'TERMINATED');
});

test('the instructions are for the instance itself, not for those that it calls', async (t) => {
  const called = model('called-until', [
    start(),
    serviceTask('call', 'called-until'),
    end(),
    path('start', 'call', 'end'),
  ]);
  const caller = model('calling-until', [
    start(),
    callActivity('caller', 'called-until'),
    serviceTask('call', 'calling-until'),
    end(),
    path('start', 'caller', 'call', 'end'),
  ]);
  await scene.deploy({ 'called-until.bpmn': called, 'calling-until.bpmn': caller });
  const key = await create('calling-until', after('call'));
  await scene.completeNext('called-until');
  t.is(await scene.state(key), 'ACTIVE');
});

test('an instance begins inside of sub-processes, which it opens once', async (t) => {
  const inside = [
    start('s'),
    serviceTask('one', 'begun-1'),
    serviceTask('two', 'begun-2'),
    end('e'),
    path('s', 'one', 'two', 'e'),
  ];
  const content = [
    start(),
    subProcess('outer', start('os'), subProcess('sub', ...inside), path('os', 'sub')),
    end(),
    path('start', 'outer', 'end'),
  ];
  await scene.deploy({ 'begun.bpmn': model('begun', content) });
  const key = await create('begun', {
    startInstructions: [{ elementId: 'one' }, { elementId: 'two' }],
    ...after('start'),
  });
  t.deepEqual((await scene.history(key)).toSorted(), ['one:ACTIVE', 'outer:ACTIVE', 'sub:ACTIVE', 'two:ACTIVE']);
  await scene.completeNext('begun-1');
  await scene.completeNext('begun-2');
  await scene.completeNext('begun-2');
  t.is(await scene.state(key), 'COMPLETED');
});

test('elements of an ad-hoc sub-process may be begun at, all in one inner instance', async (t) => {
  const content = [
    start(),
    adHoc('adhoc', {}, serviceTask('a', 'adhocBegun'), serviceTask('b', 'adhocBegun')),
    end(),
    path('start', 'adhoc', 'end'),
  ];
  await scene.deploy({ 'adhocBegun.bpmn': model('adhocBegun', content) });
  const key = await create('adhocBegun', { startInstructions: [{ elementId: 'a' }, { elementId: 'b' }] });
  t.deepEqual(await scene.history(key), ['adhoc:ACTIVE', 'adhoc#innerInstance:ACTIVE', 'a:ACTIVE', 'b:ACTIVE']);
  await scene.completeNext('adhocBegun');
  await scene.completeNext('adhocBegun');
  t.is(await scene.state(key), 'COMPLETED');
});

test('where an instance cannot begin is said in the words of Zeebe', async (t) => {
  const gateway = [
    element('eventBasedGateway', 'choice'),
    element(
      'intermediateCatchEvent',
      'timer',
      '<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>',
    ),
    element(
      'intermediateCatchEvent',
      'other',
      '<bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>',
    ),
  ];
  const many = element(
    'subProcess',
    'many',
    loop({ inputCollection: '=[1]' }) + [start('s'), serviceTask('in-many', 'x'), path('s', 'in-many')].join(''),
  );
  const content = [start(), ...gateway, many, path('start', 'choice', 'timer', 'many'), path('choice', 'other')];
  await scene.deploy({ 'nowhere.bpmn': model('nowhere', content) });
  const refused = async (elementId: string, what: string) => {
    const answer = await scene.engine.request('POST', '/v2/process-instances', {
      processDefinitionId: 'nowhere',
      startInstructions: [{ elementId }],
    });
    t.is(answer.status, 400);
    t.is(
      answer.body.detail,
      "Command 'CREATE' rejected with code 'INVALID_ARGUMENT': " +
        `Expected to create instance of process with start instructions but ${what}`,
    );
  };
  await refused('absent', "no element found with id 'absent'.");
  await refused(
    'timer',
    "the element with id 'timer' belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.",
  );
  await refused(
    'in-many',
    "the element with id 'in-many' is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.",
  );
  const supported =
    'SUB_PROCESS, EVENT_SUB_PROCESS, AD_HOC_SUB_PROCESS, AD_HOC_SUB_PROCESS_INNER_INSTANCE, INTERMEDIATE_CATCH_EVENT, ' +
    'INTERMEDIATE_THROW_EVENT, END_EVENT, SERVICE_TASK, RECEIVE_TASK, USER_TASK, MANUAL_TASK, TASK, EXCLUSIVE_GATEWAY, ' +
    'PARALLEL_GATEWAY, EVENT_BASED_GATEWAY, INCLUSIVE_GATEWAY, MULTI_INSTANCE_BODY, CALL_ACTIVITY, BUSINESS_RULE_TASK, ' +
    'SCRIPT_TASK, SEND_TASK';
  await refused(
    'start',
    `the element with id 'start' targets unsupported element type 'START_EVENT'. Supported element types are: [${supported}]`,
  );
});

test('a business id is handed on to called instances, found by a search, and need not be the only one', async (t) => {
  const called = model('businessChild', [
    start(),
    serviceTask('work', 'business'),
    end(),
    path('start', 'work', 'end'),
  ]);
  const calling = model('businessParent', [
    start(),
    callActivity('call', 'businessChild'),
    end(),
    path('start', 'call', 'end'),
  ]);
  await scene.deploy({ 'businessChild.bpmn': called, 'businessParent.bpmn': calling });
  const answer = await scene.client.createProcessInstance({
    processDefinitionId: 'businessParent',
    businessId: 'order-1',
  } as never);
  t.is(answer.businessId as string | null, 'order-1');
  const again = await create('businessParent', { businessId: 'order-1' });
  await create('businessParent', { businessId: 'order-2' });
  const ofOrder = { filter: { businessId: 'order-1' } } as never;
  const { items } = await scene.client.searchProcessInstances(ofOrder, scene.now);
  t.deepEqual(items.map(({ processDefinitionId }) => String(processDefinitionId)).sort(), [
    'businessChild',
    'businessChild',
    'businessParent',
    'businessParent',
  ]);
  t.true(items.every(({ businessId }) => (businessId as string | null) === 'order-1'));
  const one = await scene.client.getProcessInstance({ processInstanceKey: again } as never, scene.now);
  t.is(one.businessId as string | null, 'order-1');
});

test('where business ids are unique, an instance is refused while another of its process runs with its id', async (t) => {
  const unique = await Scene.open({ businessIdUniqueness: 1 });
  t.teardown(() => unique.close());
  const xml = model('onlyOne', [start(), serviceTask('work', 'onlyOne'), end(), path('start', 'work', 'end')]);
  await unique.deploy({ 'onlyOne.bpmn': xml });
  const wish = { processDefinitionId: 'onlyOne', businessId: 'order-1' };
  const first = await unique.client.createProcessInstance(wish as never);
  const { status, body } = await unique.engine.request('POST', '/v2/process-instances', wish);
  t.is(status, 409);
  t.is(body.title, 'ALREADY_EXISTS');
  t.is(
    body.detail,
    `Command 'CREATE' rejected with code 'ALREADY_EXISTS': Expected to create instance of process with business id 'order-1', but an instance with this business id already exists for process definition 'onlyOne'`,
  );
  await unique.create('onlyOne');
  await unique.client.createProcessInstance({ ...wish, businessId: 'order-2' } as never);
  await unique.client.cancelProcessInstance({ processInstanceKey: first.processInstanceKey } as never);
  await unique.client.createProcessInstance(wish as never);
  await unique.deploy({ 'onlyOne.bpmn': xml.replace('onlyOne" retries', 'changed" retries') });
  t.is((await unique.engine.request('POST', '/v2/process-instances', wish)).status, 409, 'of another version');
  // a called instance has the id too, but stands in nobody's way
  await unique.deploy({
    'caller.bpmn': model('caller', [start(), callActivity('call', 'onlyOne'), end(), path('start', 'call', 'end')]),
  });
  await unique.client.createProcessInstance({ processDefinitionId: 'caller', businessId: 'order-3' } as never);
  await t.notThrowsAsync(unique.client.createProcessInstance({ ...wish, businessId: 'order-3' } as never));
});
