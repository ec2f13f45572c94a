import anyTest, { type TestFn } from 'ava';
import {
  adHoc,
  boundary,
  catchEvent,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  mapping,
  model,
  onMessage,
  onTimer,
  path,
  serviceTask,
  start,
  taskDefinition,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const test = anyTest as TestFn<Scene>;
let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

const around = (...content: string[]): string[] => [start(), ...content, end(), path('start', 'adhoc', 'end')];

async function keyOf(instance: string, elementId: string): Promise<string> {
  const filter = { processInstanceKey: instance, elementId, state: 'ACTIVE' };
  const { items } = await scene.client.searchElementInstances({ filter } as never, scene.now);
  if (items.length !== 1) throw new Error(`${items.length} instances of ${elementId}`);
  return items[0]!.elementInstanceKey;
}

const activate = (adHocSubProcessInstanceKey: string, elements: object[], more: object = {}) =>
  scene.client.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey, elements, ...more } as never);

test('a worker is told what there is, begins elements and ends the sub-process', async (t) => {
  const tool = (id: string, inputs: Record<string, string>) =>
    element(
      'serviceTask',
      id,
      `<bpmn:documentation>What ${id} does</bpmn:documentation>` +
        extensions(
          taskDefinition(`agent-${id}`),
          mapping(inputs),
          '<zeebe:properties><zeebe:property name="kind" value="tool" /><zeebe:property name="none" value="" /></zeebe:properties>',
        ),
      `name="Tool ${id}"`,
    );
  const content = around(
    adHoc(
      'adhoc',
      { job: 'agent', output: ['answers', '={id: toolCall.id, answer: answer}'] },
      tool('a', {
        city: '=fromAi(toolCall.city, "The city", "string", {enum: ["Bonn", "Beijing"]}, {required: true})',
        both: '={one: fromAi(toolCall.one), two: fromAi(value: toolCall.two, type: "number")}',
      }),
      tool('b', {}),
      catchEvent('wait', onTimer('PT1H')),
    ),
  );
  const key = await scene.run('agent', model('agent', content));
  const first = await scene.job('agent');
  t.is(first.kind, 'AD_HOC_SUB_PROCESS');
  t.deepEqual(first.variables.adHocSubProcessElements, [
    {
      elementId: 'a',
      elementName: 'Tool a',
      documentation: 'What a does',
      properties: { kind: 'tool', none: null },
      parameters: [
        {
          name: 'toolCall.city',
          description: 'The city',
          type: 'string',
          schema: { enum: ['Bonn', 'Beijing'] },
          options: { required: true },
        },
        { name: 'toolCall.one' },
        { name: 'toolCall.two', type: 'number' },
      ],
    },
    { elementId: 'b', elementName: 'Tool b', documentation: 'What b does', properties: { kind: 'tool', none: null } },
    { elementId: 'wait' },
  ]);
  const call = (elementId: string, id: number) => ({
    elementId,
    variables: { toolCall: { id, city: 'Bonn' }, answer: null },
  });
  await scene.complete(
    first,
    { memory: [1] },
    {
      type: 'adHocSubProcess',
      activateElements: [call('a', 1), call('b', 2)],
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: false,
    },
  );
  await scene.noJob(t, 'agent');
  const a = await scene.job('agent-a');
  t.is(a.variables.city, 'Bonn');
  await scene.complete(a, { answer: 'sunny' });
  const second = await scene.job('agent');
  t.deepEqual(second.variables.answers, [{ id: 1, answer: 'sunny' }]);
  t.deepEqual(second.variables.memory, [1]);
  // the job is made anew by what completes, whoever holds it
  await scene.completeNext('agent-b', { answer: 'dry' });
  await t.throwsAsync(() => scene.complete(second));
  const third = await scene.job('agent');
  await scene.complete(third, {}, { type: 'adHocSubProcess', activateElements: [call('wait', 3)] });
  await scene.noJob(t, 'agent');
  await activate(await keyOf(key, 'adhoc'), [{ elementId: 'b', variables: { toolCall: { id: 4 }, answer: null } }]);
  await scene.completeNext('agent-b', { answer: 'late' });
  await scene.complete(
    await scene.job('agent'),
    {},
    {
      type: 'adHocSubProcess',
      activateElements: [],
      isCompletionConditionFulfilled: true,
      isCancelRemainingInstances: true,
    },
  );
  t.is(await scene.state(key), 'COMPLETED');
  const { answers, memory } = await scene.variables(key);
  t.deepEqual(memory, [1]);
  t.deepEqual(answers, [
    { id: 1, answer: 'sunny' },
    { id: 2, answer: 'dry' },
    { id: 4, answer: 'late' },
  ]);
});

test('a worker’s result is refused when it makes no sense; its failure is an incident of its own type', async (t) => {
  const content = around(adHoc('adhoc', { job: 'judge' }, serviceTask('a', 'judge-a')));
  const key = await scene.run('judge', model('judge', content));
  const job = await scene.job('judge');
  const answer = (result: object) =>
    scene.engine.request('POST', `/v2/jobs/${job.jobKey}/completion`, {
      result: { type: 'adHocSubProcess', ...result },
    });
  const both = await answer({ activateElements: [{ elementId: 'a' }], isCompletionConditionFulfilled: true });
  t.is(both.status, 400);
  t.regex(
    both.body.detail as string,
    /No elements can be activated for ad-hoc sub-process with key '\d+' because the completion condition is fulfilled\.$/,
  );
  const unknown = await answer({ activateElements: [{ elementId: 'x' }] });
  t.is(unknown.status, 404);
  t.regex(unknown.body.detail as string, /but the given elements \[x\] do not exist\./);
  await scene.client.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'no idea' } as never);
  const [incident] = await scene.incidents(key);
  t.is(incident!.errorType, 'AD_HOC_SUB_PROCESS_NO_RETRIES');
  await scene.client.updateJob({ jobKey: job.jobKey, changeset: { retries: 1 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.complete(await scene.job('judge'), {}, { type: 'adHocSubProcess', isCompletionConditionFulfilled: true });
  t.is(await scene.state(key), 'COMPLETED');
});

test('a worker may let the rest finish: then nobody is asked again', async (t) => {
  const content = around(adHoc('adhoc', { job: 'finish' }, serviceTask('a', 'finish-a'), serviceTask('b', 'finish-b')));
  const key = await scene.run('finish', model('finish', content));
  const activateElements = [{ elementId: 'a' }, { elementId: 'b' }, { elementId: 'b' }];
  await scene.complete(await scene.job('finish'), {}, { type: 'adHocSubProcess', activateElements });
  await scene.completeNext('finish-a');
  await scene.complete(
    await scene.job('finish'),
    {},
    {
      type: 'adHocSubProcess',
      isCompletionConditionFulfilled: true,
      isCancelRemainingInstances: false,
    },
  );
  await scene.completeNext('finish-b');
  await scene.noJob(t, 'finish');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('finish-b');
  t.is(await scene.state(key), 'COMPLETED');
});

test('events at its boundary and event sub-processes inside reach it', async (t) => {
  const content = [
    start(),
    adHoc(
      'adhoc',
      { job: 'events' },
      serviceTask('a', 'events-a'),
      eventSubProcess(
        'aside',
        start('asideStart', onMessage('aside'), 'isInterrupting="false"'),
        serviceTask('b', 'events-b'),
        end('asideEnd'),
        path('asideStart', 'b', 'asideEnd'),
      ),
    ),
    boundary('stopped', 'adhoc', onMessage('stop')),
    end(),
    end('end2'),
    path('start', 'adhoc', 'end'),
    flow('stopped', 'end2'),
  ];
  const messages = { aside: '=id', stop: '=id' };
  const xml = model('events', content, { messages });
  const stopped = await scene.run('events', xml, { id: '1' });
  await scene.complete(
    await scene.job('events'),
    {},
    { type: 'adHocSubProcess', activateElements: [{ elementId: 'a' }] },
  );
  await scene.publish('stop', '1');
  t.is(await scene.state(stopped), 'COMPLETED');
  const ended = await scene.history(stopped);
  for (const gone of ['adhoc', 'adhoc#innerInstance', 'a']) t.true(ended.includes(`${gone}:TERMINATED`));
  const asked = await scene.create('events', { id: '2' });
  await scene.complete(
    await scene.job('events'),
    {},
    { type: 'adHocSubProcess', activateElements: [{ elementId: 'a' }] },
  );
  await scene.publish('aside', '2');
  await scene.completeNext('events-b');
  // the event sub-process hands back to the worker
  const job = await scene.job('events');
  t.is(job.processInstanceKey, asked);
  await scene.publish('stop', '2');
  await t.throwsAsync(() => scene.complete(job));
  t.is(await scene.state(asked), 'COMPLETED');
  await scene.noJob(t, 'events-a');
});

test('the end of an event sub-process is gathered as that of an element; a worker may begin others instead of what runs', async (t) => {
  const aside = eventSubProcess(
    'aside',
    start('asideStart', onMessage('told'), 'isInterrupting="false"'),
    end('asideEnd'),
    path('asideStart', 'asideEnd'),
  );
  const content = around(
    adHoc('adhoc', { job: 'instead', output: ['results', '=result.is'] }, serviceTask('a', 'instead-a'), aside),
  );
  const key = await scene.run('instead', model('instead', content, { messages: { told: '="instead"' } }));
  const result = { type: 'adHocSubProcess', activateElements: [{ elementId: 'a' }] };
  await scene.complete(await scene.job('instead'), {}, result);
  const first = await scene.job('instead-a');
  await scene.publish('told', 'instead', { result: { is: 'told' } });
  await scene.complete(await scene.job('instead'), {}, { ...result, isCancelRemainingInstances: true });
  await t.throwsAsync(() => scene.complete(first), { message: /no such job was found/ });
  await scene.completeNext('instead-a', { result: { is: 'done' } });
  const last = await scene.job('instead');
  t.deepEqual(last.variables.results, ['told', 'done']);
  await scene.complete(last, {}, { type: 'adHocSubProcess', isCompletionConditionFulfilled: true });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { result: { is: 'told' }, results: ['told', 'done'] });
});
