import test from 'ava';
import {
  boundary,
  callActivity,
  catchEvent,
  definitions,
  element,
  end,
  eventSubProcess,
  extensions,
  link,
  mapping,
  model,
  onError,
  onMessage,
  onTimer,
  path,
  process,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  terminating,
  throwEvent,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

test('an error of a worker goes to the boundary event of its code, through scopes and call activities', async (t) => {
  const failing = process('failing', start('f0'), serviceTask('work', 'fail'), end('f1'), path('f0', 'work', 'f1'));
  const inside = subProcess(
    'inside',
    start('i0'),
    callActivity('call', 'failing'),
    end('i1'),
    path('i0', 'call', 'i1'),
  );
  const main = process(
    'catching',
    start(),
    inside,
    boundary('known', 'inside', onError('KNOWN')),
    boundary('any', 'inside', onError()),
    end('fine'),
    end('endKnown'),
    end('endAny'),
    path('start', 'inside', 'fine') + path('known', 'endKnown') + path('any', 'endAny'),
  );
  const xml = definitions(main + failing, { errors: ['KNOWN'] });
  const known = await scene.run('catching', xml);
  await scene.client.throwJobError({
    jobKey: (await scene.job('fail')).jobKey,
    errorCode: 'KNOWN',
    variables: { why: 'because' },
  } as never);
  t.true((await scene.history(known)).includes('endKnown:COMPLETED'));
  t.deepEqual(await scene.variables(known), {}, 'what came with the error stays in the event without a mapping');
  const any = await scene.create('catching');
  await scene.client.throwJobError({ jobKey: (await scene.job('fail')).jobKey, errorCode: 'OTHER' } as never);
  t.true((await scene.history(any)).includes('endAny:COMPLETED'));
});

test('an error that nobody catches is an incident; its job can be tried again', async (t) => {
  const key = await scene.run(
    'uncaught',
    model('uncaught', [start(), serviceTask('work', 'uncaught'), end(), path('start', 'work', 'end')]),
  );
  await scene.client.throwJobError({
    jobKey: (await scene.job('uncaught')).jobKey,
    errorCode: 'E1',
    errorMessage: 'no',
  } as never);
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'UNHANDLED_ERROR_EVENT');
  t.is(
    incident?.errorMessage,
    "Expected to throw an error event with the code 'E1' with message 'no', but it was not caught. " +
      'No error events are available in the scope.',
  );
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('uncaught');
  t.is(await scene.state(key), 'COMPLETED');
});

test('an error end event is caught outside of its scope, by an event sub-process too', async (t) => {
  const xml = model(
    'errorEnd',
    [
      start(),
      subProcess('inside', start('i0'), end('failed', onError('BAD')), path('i0', 'failed')),
      end(),
      path('start', 'inside', 'end'),
      eventSubProcess(
        'handler',
        start('h0', onError('BAD')),
        serviceTask('mend', 'mend'),
        end('h1'),
        path('h0', 'mend', 'h1'),
      ),
    ],
    { errors: ['BAD'] },
  );
  const key = await scene.run('errorEnd', xml);
  await scene.completeNext('mend');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.history(key), [
    'start:COMPLETED',
    'inside:TERMINATED',
    'i0:COMPLETED',
    'failed:TERMINATED',
    'handler:COMPLETED',
    'h0:COMPLETED',
    'mend:COMPLETED',
    'h1:COMPLETED',
  ]);
});

test('a terminate end event ends all that runs in its scope, and only there', async (t) => {
  const xml = model('terminate', [
    start(),
    subProcess(
      'inside',
      start('i0'),
      element('parallelGateway', 'fork'),
      serviceTask('long', 'long'),
      serviceTask('short', 'short'),
      end('i1'),
      end('stop', terminating),
      path('i0', 'fork', 'long', 'i1') + path('fork', 'short', 'stop'),
    ),
    serviceTask('after', 'after'),
    end(),
    path('start', 'inside', 'after', 'end'),
  ]);
  const key = await scene.run('terminate', xml);
  await scene.completeNext('short');
  await scene.noJob(t, 'long');
  await scene.completeNext('after');
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('long:TERMINATED'));
  t.true((await scene.history(key)).includes('inside:COMPLETED'));
});

test('a non-interrupting message event runs beside the work, as often as the message comes', async (t) => {
  const xml = model(
    'urged',
    [
      start(),
      serviceTask('work', 'urgedWork'),
      boundary('urge', 'work', onMessage('urge'), false),
      serviceTask('note', 'note'),
      end(),
      end('noted'),
      path('start', 'work', 'end') + path('urge', 'note', 'noted'),
    ],
    { messages: { urge: '=no' } },
  );
  const key = await scene.run('urged', xml, { no: 'U-1' });
  await scene.publish('urge', 'U-1', { n: 1 });
  await scene.publish('urge', 'U-1', { n: 2 });
  const notes = await scene.jobs('note');
  t.is(notes.length, 2);
  await scene.completeNext('urgedWork');
  t.is(await scene.state(key), 'ACTIVE');
  for (const job of notes) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

test('event sub-processes: a non-interrupting one runs beside, an interrupting one ends the rest', async (t) => {
  const xml = model(
    'requests',
    [
      start(),
      serviceTask('work', 'requestsWork'),
      end(),
      path('start', 'work', 'end'),
      eventSubProcess(
        'extension',
        start('x0', onMessage('extension'), 'isInterrupting="false"'),
        serviceTask('ask', 'ask'),
        end('x1'),
        path('x0', 'ask', 'x1'),
      ),
      eventSubProcess(
        'withdrawn',
        start('w0', onMessage('withdrawn')),
        serviceTask('record', 'recordIt'),
        end('w1'),
        path('w0', 'record', 'w1'),
      ),
    ],
    { messages: { extension: '=no', withdrawn: '=no' } },
  );
  const key = await scene.run('requests', xml, { no: 'R-1' });
  await scene.publish('extension', 'R-1');
  await scene.completeNext('ask');
  await scene.publish('extension', 'R-1');
  t.is((await scene.jobs('ask')).length, 1);
  await scene.publish('withdrawn', 'R-1');
  await scene.noJob(t, 'requestsWork');
  const { status } = await scene.engine.request('POST', '/v2/messages/correlation', {
    name: 'extension',
    correlationKey: 'R-1',
  });
  t.is(status, 404, 'nothing else can happen any more');
  await scene.completeNext('recordIt');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.history(key)).filter((entry) => entry === 'extension:TERMINATED').length, 1);
});

test('a call activity with both switches off gives and takes only what its mappings name', async (t) => {
  const child = process(
    'child',
    start('c0'),
    serviceTask('childWork', 'childWork'),
    end('c1'),
    path('c0', 'childWork', 'c1'),
  );
  const call = callActivity(
    'call',
    'child',
    'bindingType="deployment" propagateAllParentVariables="false" propagateAllChildVariables="false"',
    mapping({ given: '=secret + 1' }, { outcome: '=result' }),
  );
  const xml = definitions(process('parent', start(), call, end(), path('start', 'call', 'end')) + child);
  const key = await scene.run('parent', xml, { secret: 1 });
  const job = await scene.job('childWork');
  t.deepEqual(job.variables, { given: 2 });
  const hierarchy = await scene.client.getProcessInstanceCallHierarchy(
    { processInstanceKey: job.processInstanceKey } as never,
    scene.now,
  );
  t.deepEqual(
    (hierarchy as unknown as { processInstanceKey: string }[]).map((entry) => entry.processInstanceKey),
    [key, job.processInstanceKey],
  );
  await scene.complete(job, { result: 'yes', other: 'stays' });
  t.deepEqual(await scene.variables(key), { secret: 1, outcome: 'yes' });
  t.is(await scene.state(key), 'COMPLETED');
});

test('with the switches on all variables go down and come back', async (t) => {
  const child = process(
    'open',
    start('c0'),
    serviceTask('openWork', 'openWork'),
    end('c1'),
    path('c0', 'openWork', 'c1'),
  );
  const xml = definitions(
    process('opens', start(), callActivity('call', 'open'), end(), path('start', 'call', 'end')) + child,
  );
  const key = await scene.run('opens', xml, { a: 1 });
  await scene.completeNext('openWork', { b: 2 });
  t.deepEqual(await scene.variables(key), { a: 1, b: 2 });
});

test('a running instance calls the child that it was deployed with, a new one the new child', async (t) => {
  const parent = (binding: string) =>
    process(
      'bound',
      start(),
      serviceTask('before', 'before'),
      callActivity('call', 'called', `bindingType="${binding}"`),
      end(),
      path('start', 'before', 'call', 'end'),
    );
  const child = (type: string) =>
    process('called', start('c0'), serviceTask('c', type), end('c1'), path('c0', 'c', 'c1'));
  await scene.deploy({ 'bound.bpmn': definitions(parent('deployment')), 'called.bpmn': definitions(child('old')) });
  await scene.create('bound');
  await scene.deploy({ 'bound.bpmn': definitions(parent('deployment')), 'called.bpmn': definitions(child('new')) });
  await scene.create('bound');
  for (const job of await scene.jobs('before')) await scene.complete(job);
  t.is((await scene.jobs('old')).length, 1);
  t.is((await scene.jobs('new')).length, 1);
});

test('every token at a throwing link goes on at the catching one, which gets no variables of its own', async (t) => {
  const caught = mapping({ local: '=1' }, { result: '=local' });
  const key = await scene.run(
    'linking',
    model('linking', [
      start(),
      element('parallelGateway', 'fork'),
      throwEvent('one', link('there')),
      throwEvent('two', link('there')),
      path('start', 'fork', 'one') + path('fork', 'two'),
      catchEvent('there', extensions(caught) + link('there')),
      throwEvent('further', link('away')),
      path('there', 'further'),
      catchEvent('away', link('away')),
      end(),
      path('away', 'end'),
    ]),
  );
  t.is(await scene.state(key), 'COMPLETED');
  const went = ['one', 'two', 'there', 'there', 'further', 'further', 'away', 'away', 'end', 'end'];
  t.deepEqual(
    (await scene.history(key)).slice(2),
    went.map((id) => `${id}:COMPLETED`),
  );
  const asked = { filter: { processInstanceKey: key } } as never;
  const variables = (await scene.client.searchVariables(asked, scene.now)).items;
  t.deepEqual(
    variables.map(({ name, value }) => [name, value]),
    [['result', 'null']],
  );
});

test('canceling an instance takes its children, jobs, timers and subscriptions along', async (t) => {
  const child = process('cancelChild', start('c0'), serviceTask('w', 'cancelWork'), end('c1'), path('c0', 'w', 'c1'));
  const main = process(
    'cancelParent',
    start(),
    element('parallelGateway', 'fork'),
    callActivity('call', 'cancelChild'),
    catchEvent('message', onMessage('never')),
    catchEvent('timer', onTimer('PT1H')),
    path('start', 'fork', 'call') + path('fork', 'message') + path('fork', 'timer'),
  );
  const key = await scene.run('cancelParent', definitions(main + child, { messages: { never: '="k"' } }));
  const job = await scene.job('cancelWork');
  await t.throwsAsync(
    () => scene.client.cancelProcessInstance({ processInstanceKey: job.processInstanceKey } as never),
    {
      message: /created by a parent process instance/,
    },
  );
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  t.is(await scene.state(key), 'TERMINATED');
  t.is(await scene.state(job.processInstanceKey), 'TERMINATED');
  await t.throwsAsync(() => scene.complete(job), { message: /no such job was found/ });
  t.is(
    (await scene.engine.request('POST', '/v2/messages/correlation', { name: 'never', correlationKey: 'k' })).status,
    404,
  );
  await t.throwsAsync(() => scene.client.cancelProcessInstance({ processInstanceKey: key } as never), {
    message: /no such process was found/,
  });
});

test('a job-worker message end event and a task definition end an instance once the job is done', async (t) => {
  const xml = model('jobEnd', [start(), end('end', extensions(taskDefinition('jobEnd'))), path('start', 'end')]);
  const key = await scene.run('jobEnd', xml);
  await scene.completeNext('jobEnd');
  t.is(await scene.state(key), 'COMPLETED');
});
