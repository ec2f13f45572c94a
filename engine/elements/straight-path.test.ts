import test from 'ava';
import {
  boundary,
  callActivity,
  catchEvent,
  definitions,
  element,
  end,
  eventSubProcess,
  flow,
  loop,
  mapping,
  model,
  onMessage,
  onTimer,
  path,
  process,
  serviceTask,
  start,
  subProcess,
  taskListeners,
  terminating,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

test('a service task waits for its worker, then the instance ends', async (t) => {
  const key = await scene.run(
    'ship',
    model('ship', [start(), serviceTask('work', 'ship'), end(), path('start', 'work', 'end')]),
  );
  const job = await scene.job('ship');
  t.is(job.elementId, 'work');
  await scene.complete(job, { shipped: true });
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.history(key), ['start:COMPLETED', 'work:COMPLETED', 'end:COMPLETED']);
  t.deepEqual(await scene.variables(key), { shipped: true });
});

test('a message starts an instance, once for each correlation key while it runs', async (t) => {
  const xml = model(
    'request',
    [start('start', onMessage('requested')), serviceTask('work', 'request'), end(), path('start', 'work', 'end')],
    { messages: { requested: null } },
  );
  await scene.deploy({ 'request.bpmn': xml });
  await scene.publish('requested', 'T-1', { ticketNo: 'T-1' }, { messageId: 'm1', timeToLive: 60_000 });
  await t.throwsAsync(() => scene.publish('requested', 'T-1', {}, { messageId: 'm1', timeToLive: 60_000 }), {
    message: /already published/,
  });
  const jobs = await scene.jobs('request');
  t.is(jobs.length, 1);
  t.deepEqual(jobs[0]!.variables, { ticketNo: 'T-1' });
});

test('the first of a message and a timer goes on from an event-based gateway', async (t) => {
  const xml = model(
    'wait',
    [
      start(),
      element('eventBasedGateway', 'gateway'),
      catchEvent('adjusted', onMessage('adjusted')),
      catchEvent('due', onTimer('=alarmAt', 'timeDate')),
      end('endAdjusted'),
      end('endDue'),
      path('start', 'gateway', 'adjusted', 'endAdjusted') + path('gateway', 'due', 'endDue'),
    ],
    { messages: { adjusted: '=ticketNo' } },
  );
  const waiting = await scene.run('wait', xml, { ticketNo: 'W-1', alarmAt: '2999-01-01T00:00:00+08:00' });
  const past = await scene.create('wait', { ticketNo: 'W-2', alarmAt: '2001-01-01T00:00:00Z' });
  await scene.publish('adjusted', 'W-1', { by: 'admin' });
  t.deepEqual(await scene.history(waiting), [
    'start:COMPLETED',
    'gateway:COMPLETED',
    'adjusted:COMPLETED',
    'endAdjusted:COMPLETED',
  ]);
  t.is((await scene.variables(waiting)).by, 'admin');
  t.true((await scene.history(past)).includes('endDue:COMPLETED'));
});

test('a round of co-hosts is a multi-instance sub-process with watches beside the work, closed from outside', async (t) => {
  const watch = process('watch', start('w0'), serviceTask('plan', 'plan'), end('w1'), path('w0', 'plan', 'w1'));
  const round = subProcess(
    'round',
    loop({
      inputCollection: '=units',
      inputElement: 'unit',
      outputCollection: 'answers',
      outputElement: '=answer',
    }),
    start('r0'),
    element('parallelGateway', 'fork'),
    callActivity(
      'supervise',
      'watch',
      'bindingType="deployment" propagateAllParentVariables="false" propagateAllChildVariables="false"',
      mapping({ unit: '=unit' }),
    ),
    end('r1'),
    userTask(
      'handle',
      '<zeebe:assignmentDefinition candidateGroups="=[unit]" />',
      taskListeners('listen', 'creating', 'assigning', 'completing', 'canceling'),
    ),
    boundary('waived', 'handle', onMessage('waived')),
    end('r2', terminating),
    path('r0', 'fork', 'supervise', 'r1') + path('fork', 'handle', 'r2') + path('waived', 'r2'),
  );
  const closing = eventSubProcess(
    'closing',
    start('c0', onMessage('closed')),
    serviceTask('record', 'record'),
    end('c1'),
    path('c0', 'record', 'c1'),
  );
  const xml = definitions(process('ticket', start(), round, closing, end(), path('start', 'round', 'end')) + watch, {
    messages: { waived: '=unit', closed: '=ticketNo' },
  });
  const key = await scene.run('ticket', xml, { ticketNo: 'X-1', units: ['a', 'b'] });
  const plans = await scene.jobs('plan');
  t.deepEqual(
    plans.map((job) => job.variables),
    [{ unit: 'a' }, { unit: 'b' }],
  );
  const creating = await scene.jobs('listen');
  t.deepEqual(
    creating.map((job) => [job.listenerEventType, job.userTask?.candidateGroups]),
    [
      ['CREATING', ['a']],
      ['CREATING', ['b']],
    ],
  );
  for (const job of creating) await scene.complete(job);
  // unit a completes its task: the listener sees the completion before it is written
  const completion = scene.client.completeUserTask({
    userTaskKey: creating[0]!.userTask!.userTaskKey,
    variables: { answer: 'done by a' },
  } as never);
  const completing = await scene.job('listen');
  t.is(completing.listenerEventType, 'COMPLETING');
  t.is(completing.variables.answer, 'done by a');
  await scene.complete(completing);
  await completion;
  // unit b is waived: the task's canceling listener runs, then the boundary event goes on
  await scene.publish('waived', 'b');
  const canceling = await scene.job('listen');
  t.is(canceling.listenerEventType, 'CANCELING');
  await scene.complete(canceling);
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual((await scene.variables(key)).answers, ['done by a', null]);
  // the case of another ticket is closed from outside while the units work
  const other = await scene.create('ticket', { ticketNo: 'X-2', units: ['c'] });
  await scene.complete(await scene.job('listen'));
  await scene.publish('closed', 'X-2');
  await scene.complete(await scene.job('listen'));
  await scene.completeNext('record');
  t.is(await scene.state(other), 'COMPLETED');
  t.true((await scene.history(other)).includes('round:TERMINATED'));
});

test('conditions choose at an exclusive gateway, else the default flow', async (t) => {
  const xml = model('choose', [
    start(),
    element('exclusiveGateway', 'gateway', '', 'default="gateway_small"'),
    element('task', 'large'),
    element('manualTask', 'small'),
    end(),
    path('start', 'gateway') + flow('gateway', 'large', '=amount > 10') + flow('gateway', 'small'),
    path('large', 'end') + path('small', 'end'),
  ]);
  const large = await scene.run('choose', xml, { amount: 11 });
  const small = await scene.create('choose', { amount: 10 });
  t.true((await scene.history(large)).includes('large:COMPLETED'));
  t.true((await scene.history(small)).includes('small:COMPLETED'));
});
