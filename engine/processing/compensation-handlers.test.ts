import test from 'ava';
import {
  boundary,
  callActivity,
  compensate,
  definitions,
  element,
  end,
  eventSubProcess,
  extensions,
  forCompensation,
  mapping,
  model,
  onError,
  onSignal,
  path,
  process,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  throwEvent,
  undo,
  userTask,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const handler = (id: string, type: string) => forCompensation(serviceTask(id, type));
const passed = (id: string) => element('task', id);

test('handlers may be user tasks, scripts, sub-processes and called processes', async (t) => {
  const child = process('undoer', start('x0'), serviceTask('x', 'undoerWork'), end('x1'), path('x0', 'x', 'x1'));
  const kinds = ['a', 'b', 'c', 'd'];
  const handlers = [
    userTask('undoA'),
    element('scriptTask', 'undoB', extensions('<zeebe:script expression="=1" resultVariable="undone" />')),
    subProcess('undoC', start('u0'), serviceTask('u', 'undoC'), end('u1'), path('u0', 'u', 'u1')),
    callActivity('undoD', 'undoer'),
  ];
  const main = process(
    'kinds',
    start(),
    ...kinds.map(passed),
    ...kinds.map((id, index) => undo(id, forCompensation(handlers[index]!))),
    throwEvent('undoing', compensate()),
    end(),
    path('start', ...kinds, 'undoing', 'end'),
  );
  const key = await scene.run('kinds', definitions(main + child));
  const task = await scene.task(key);
  await scene.client.completeUserTask({ userTaskKey: task.userTaskKey } as never);
  await scene.completeNext('undoC');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('undoerWork');
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.variables(key)).undone, 1);
});

test('a called process undoes nothing of its caller, and its own is not undone from there', async (t) => {
  const child = process(
    'calledOne',
    start('c0'),
    passed('c'),
    undo('c', handler('undoC', 'calledUndo')),
    end('c1'),
    path('c0', 'c', 'c1'),
  );
  const main = process(
    'caller',
    start(),
    callActivity('call', 'calledOne'),
    undo('call', handler('undoCall', 'callerUndo')),
    end('end', compensate()),
    path('start', 'call', 'end'),
  );
  const key = await scene.run('caller', definitions(main + child));
  await scene.noJob(t, 'calledUndo');
  await scene.completeNext('callerUndo');
  t.is(await scene.state(key), 'COMPLETED');
});

test('mappings of a handler decide what it sees and leaves; one that fails is an incident that can be mended', async (t) => {
  const mapped = forCompensation(
    element(
      'serviceTask',
      'undoHotel',
      extensions(taskDefinition('mappedUndo'), mapping({ room: '=rooms' }, { freed: '=room' })),
    ),
  );
  const xml = model('mappedUndo', [
    start(),
    passed('hotel'),
    undo('hotel', mapped),
    end('end', compensate()),
    path('start', 'hotel', 'end'),
  ]);
  const key = await scene.run('mappedUndo', xml, { rooms: 2 });
  const job = await scene.job('mappedUndo');
  t.is(job.variables.room, 2);
  await scene.client.failJob({ jobKey: job.jobKey, retries: 0 } as never);
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'JOB_NO_RETRIES');
  await scene.client.updateJob({ jobKey: job.jobKey, changeset: { retries: 1 } } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  await scene.completeNext('mappedUndo');
  t.is(await scene.state(key), 'COMPLETED');
  t.deepEqual(await scene.variables(key), { rooms: 2, freed: 2 });
});

test('an error of a handler ends the compensation; what was triggered once is not triggered again', async (t) => {
  const xml = model(
    'broken',
    [
      start(),
      passed('done'),
      undo('done', handler('undoDone', 'brokenUndo')),
      throwEvent('undoing', compensate()),
      end(),
      path('start', 'done', 'undoing', 'end'),
      eventSubProcess('mend', start('m0', onError()), end('m1', compensate()), path('m0', 'm1')),
    ],
    { errors: [] },
  );
  const key = await scene.run('broken', xml);
  const { jobKey } = await scene.job('brokenUndo');
  await scene.client.throwJobError({ jobKey, errorCode: 'any' } as never);
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('undoing:TERMINATED'));
  await scene.noJob(t, 'brokenUndo');
});

test('a terminate end event, or an event around it, ends a compensation under way', async (t) => {
  const inside = subProcess(
    'inside',
    start('i0'),
    passed('done'),
    undo('done', handler('undoDone', 'stoppedUndo')),
    end('undoing', compensate()),
    path('i0', 'done', 'undoing'),
  );
  const xml = model(
    'stopped',
    [
      start(),
      inside,
      boundary('stop', 'inside', onSignal('stopUndo')),
      end(),
      end('after', compensate()),
      path('start', 'inside', 'end') + path('stop', 'after'),
    ],
    { signals: ['stopUndo'] },
  );
  const key = await scene.run('stopped', xml);
  await scene.job('stoppedUndo');
  await scene.client.broadcastSignal({ signalName: 'stopUndo' } as never);
  t.is(await scene.state(key), 'COMPLETED');
});

test('after a migration what had completed is undone as the new process says, or not at all', async (t) => {
  const version = (n: string, ids: [string, string]) =>
    model('moved', [
      start(),
      passed(ids[0]),
      undo(ids[0], handler(`undo${n}`, `moved${n}`)),
      passed(ids[1]),
      undo(ids[1], handler(`undoOther${n}`, `movedOther${n}`)),
      serviceTask('wait', 'movedWait'),
      end('end', compensate()),
      path('start', ...ids, 'wait', 'end'),
    ]);
  const key = await scene.run('moved', version('Old', ['a', 'b']));
  const { processes } = await scene.deploy({ 'moved.bpmn': version('New', ['c', 'd']) });
  const migrate = (mapping: Record<string, string>) =>
    scene.client.migrateProcessInstance({
      processInstanceKey: key,
      targetProcessDefinitionKey: processes[0]!.processDefinitionKey,
      mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({
        sourceElementId,
        targetElementId,
      })),
    } as never);
  await t.throwsAsync(() => migrate({ wait: 'wait', undo_a: 'wait' }), {
    message: /compensation boundary event 'undo_a' is mapped to a target boundary event 'wait'/,
  });
  await migrate({ wait: 'wait', undo_a: 'undo_c' });
  await scene.completeNext('movedWait');
  await scene.completeNext('movedNew');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a person may take a handler away: the compensation goes on without it', async (t) => {
  const xml = model('taken', [
    start(),
    passed('done'),
    undo('done', handler('undoDone', 'takenUndo')),
    throwEvent('undoing', compensate()),
    serviceTask('after', 'takenAfter'),
    end(),
    path('start', 'done', 'undoing', 'after', 'end'),
  ]);
  const key = await scene.run('taken', xml);
  await scene.job('takenUndo');
  await scene.client.modifyProcessInstance({
    processInstanceKey: key,
    terminateInstructions: [{ elementId: 'undoDone' }],
  } as never);
  await scene.completeNext('takenAfter');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a token may be moved away from who waits for its handlers, and to a handler', async (t) => {
  const xml = model('movedOn', [
    start(),
    passed('done'),
    undo('done', handler('undoDone', 'movedOnUndo')),
    throwEvent('undoing', compensate()),
    serviceTask('after', 'movedOnAfter'),
    end(),
    path('start', 'done', 'undoing', 'after', 'end'),
  ]);
  const key = await scene.run('movedOn', xml);
  const undoing = await scene.job('movedOnUndo');
  await scene.client.modifyProcessInstance({
    processInstanceKey: key,
    activateInstructions: [{ elementId: 'after' }, { elementId: 'undoDone' }],
    terminateInstructions: [{ elementId: 'undoing' }],
  } as never);
  await scene.complete(undoing);
  await scene.completeNext('movedOnUndo');
  await scene.completeNext('movedOnAfter');
  t.is(await scene.state(key), 'COMPLETED');
});

test('what was ended while it was undone is not undone again from outside', async (t) => {
  const inside = subProcess(
    'inside',
    start('i0'),
    passed('done'),
    undo('done', handler('undoDone', 'begunUndo')),
    throwEvent('undoing', compensate()),
    end('i1'),
    path('i0', 'done', 'undoing', 'i1'),
    eventSubProcess('mend', start('m0', onError()), end('m1'), path('m0', 'm1')),
  );
  const xml = model('begun', [start(), inside, end('end', compensate()), path('start', 'inside', 'end')]);
  const key = await scene.run('begun', xml);
  const { jobKey } = await scene.job('begunUndo');
  await scene.client.throwJobError({ jobKey, errorCode: 'any' } as never);
  await scene.noJob(t, 'begunUndo');
  t.is(await scene.state(key), 'COMPLETED');
});

test('execution listeners are called around a compensation event and its handler', async (t) => {
  const listeners = ['start', 'end']
    .map((event) => `<zeebe:executionListener eventType="${event}" type="heard${event}" />`)
    .join('');
  const heard = `<zeebe:executionListeners>${listeners}</zeebe:executionListeners>`;
  const xml = model('heard', [
    start(),
    passed('done'),
    undo('done', forCompensation(serviceTask('undoDone', 'heardUndo', heard))),
    throwEvent('undoing', extensions(heard) + compensate()),
    end(),
    path('start', 'done', 'undoing', 'end'),
  ]);
  const key = await scene.run('heard', xml);
  t.is((await scene.completeNext('heardstart')).elementId, 'undoing');
  t.is((await scene.completeNext('heardstart')).elementId, 'undoDone');
  await scene.completeNext('heardUndo');
  t.is((await scene.completeNext('heardend')).elementId, 'undoDone');
  t.is((await scene.completeNext('heardend')).elementId, 'undoing');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a compensation under way is not migrated, as in Zeebe, and goes on', async (t) => {
  const version = (n: string) =>
    model('underWay', [
      start(),
      passed('done'),
      undo('done', handler(`undo${n}`, 'underWayUndo')),
      throwEvent(`undoing${n}`, compensate()),
      serviceTask('after', `underWay${n}`),
      end(),
      path('start', 'done', `undoing${n}`, 'after', 'end'),
    ]);
  const key = await scene.run('underWay', version('Old'));
  const { processes } = await scene.deploy({ 'underWay.bpmn': version('New') });
  const mapping = { undo_done: 'undo_done', undoOld: 'undoNew', undoingOld: 'undoingNew' };
  const migration = scene.client.migrateProcessInstance({
    processInstanceKey: key,
    targetProcessDefinitionKey: processes[0]!.processDefinitionKey,
    mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({
      sourceElementId,
      targetElementId,
    })),
  } as never);
  await t.throwsAsync(migration, { message: /INTERMEDIATE_THROW_EVENT is not supported/ });
  await scene.completeNext('underWayUndo');
  await scene.completeNext('underWayOld');
  t.is(await scene.state(key), 'COMPLETED');
});

test('what a person sees of a compensation are its elements, counted and of their types', async (t) => {
  const xml = model('seen', [
    start(),
    passed('done'),
    undo('done', handler('undoDone', 'seenUndo')),
    throwEvent('undoing', compensate()),
    end(),
    path('start', 'done', 'undoing', 'end'),
  ]);
  const key = await scene.run('seen', xml);
  const found = await scene.client.searchElementInstances({ filter: { processInstanceKey: key } } as never, scene.now);
  const undoing = found.items.filter(({ elementId }) => String(elementId).startsWith('undo'));
  t.deepEqual(undoing.map(({ elementId, type, state }) => `${elementId} ${type} ${state}`).sort(), [
    'undoDone SERVICE_TASK ACTIVE',
    'undo_done BOUNDARY_EVENT COMPLETED',
    'undoing INTERMEDIATE_THROW_EVENT ACTIVE',
  ]);
  const statistics = await scene.engine.request('GET', `/v2/process-instances/${key}/statistics/element-instances`);
  const active = (statistics.body.items as { elementId: string; active: number }[]).filter((item) => item.active > 0);
  t.deepEqual(active.map(({ elementId }) => elementId).sort(), ['undoDone', 'undoing']);
});
