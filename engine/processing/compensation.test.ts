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
  loop,
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

/** Two compensable tasks one after the other, then what is given, from `undoing` to `end`. */
const booked = (id: string, undoing: string) =>
  model(id, [
    start(),
    serviceTask('flight', `${id}Flight`),
    serviceTask('hotel', `${id}Hotel`),
    undo('flight', handler('undoFlight', `${id}UndoFlight`)),
    undo('hotel', handler('undoHotel', `${id}UndoHotel`)),
    undoing,
    end(),
    path('start', 'flight', 'hotel', 'undoing', 'end'),
  ]);

async function book(id: string, undoing: string, variables = {}) {
  const key = await scene.run(id, booked(id, undoing), variables);
  await scene.completeNext(`${id}Flight`, { flight: 'F1' });
  await scene.completeNext(`${id}Hotel`);
  return key;
}

test('a compensation event invokes the handlers of all that has completed at once, and waits for them', async (t) => {
  const key = await book('all', throwEvent('undoing', compensate()));
  const flight = await scene.job('allUndoFlight');
  const hotel = await scene.job('allUndoHotel');
  t.is(flight.variables.flight, 'F1');
  t.is(flight.elementId, 'undoFlight');
  await scene.complete(hotel, { hotelGone: true });
  t.true((await scene.history(key)).includes('undoing:ACTIVE'));
  await scene.complete(flight);
  t.is(await scene.state(key), 'COMPLETED');
  t.is((await scene.variables(key)).hotelGone, true);
  t.deepEqual((await scene.history(key)).slice(3), [
    'undoing:COMPLETED',
    'undo_flight:COMPLETED',
    'undo_hotel:COMPLETED',
    'undoFlight:COMPLETED',
    'undoHotel:COMPLETED',
    'end:COMPLETED',
  ]);
});

test('with an activity named only that one is undone, and each once', async (t) => {
  const key = await scene.run(
    'named',
    model('named', [
      start(),
      passed('flight'),
      passed('hotel'),
      undo('flight', handler('undoFlight', 'namedFlight')),
      undo('hotel', handler('undoHotel', 'namedHotel')),
      throwEvent('first', compensate('activityRef="hotel"')),
      throwEvent('twice', compensate('activityRef="hotel"')),
      end('end', compensate()),
      path('start', 'flight', 'hotel', 'first', 'twice', 'end'),
    ]),
  );
  await scene.noJob(t, 'namedFlight');
  await scene.completeNext('namedHotel');
  await scene.noJob(t, 'namedHotel');
  t.true((await scene.history(key)).includes('end:ACTIVE'));
  await scene.completeNext('namedFlight');
  t.is(await scene.state(key), 'COMPLETED');
});

test('without anything to undo, or with what has not completed, the event is passed by', async (t) => {
  const xml = model('nothing', [
    start(),
    element('parallelGateway', 'fork'),
    serviceTask('slow', 'nothingSlow'),
    undo('slow', handler('undoSlow', 'nothingUndo')),
    throwEvent('undoing', compensate()),
    end(),
    end('other'),
    path('start', 'fork', 'undoing', 'end') + path('fork', 'slow', 'other'),
  ]);
  const key = await scene.run('nothing', xml);
  t.true((await scene.history(key)).includes('undoing:COMPLETED'));
  await scene.completeNext('nothingSlow');
  t.is(await scene.state(key), 'COMPLETED');
  await scene.noJob(t, 'nothingUndo');
});

test('what was done several times is undone as often', async (t) => {
  const xml = model('often', [
    start(),
    element('exclusiveGateway', 'in'),
    element('scriptTask', 'count', extensions('<zeebe:script expression="=n + 1" resultVariable="n" />')),
    undo('count', handler('uncount', 'uncount')),
    element('exclusiveGateway', 'more', '', 'default="more_undoing"'),
    throwEvent('undoing', compensate()),
    end(),
    path('start', 'in', 'count', 'more', 'undoing', 'end'),
    '<bpmn:sequenceFlow id="again" sourceRef="more" targetRef="in"><bpmn:conditionExpression>=n &lt; 3</bpmn:conditionExpression></bpmn:sequenceFlow>',
  ]);
  const key = await scene.run('often', xml, { n: 0 });
  const jobs = await scene.jobs('uncount');
  t.is(jobs.length, 3);
  for (const job of jobs) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

test('what was done inside of completed sub-processes is undone from outside, at every depth', async (t) => {
  const inner = subProcess(
    'inner',
    start('i0'),
    passed('deep'),
    undo('deep', handler('undoDeep', 'nestedDeep')),
    end('i1'),
    path('i0', 'deep', 'i1'),
  );
  const outer = subProcess(
    'outer',
    start('o0'),
    passed('shallow'),
    undo('shallow', handler('undoShallow', 'nestedShallow')),
    inner,
    end('o1'),
    path('o0', 'shallow', 'inner', 'o1'),
  );
  const xml = model('nested', [
    start(),
    outer,
    undo('outer', handler('undoOuter', 'nestedOuter')),
    end('end', compensate('activityRef="outer"')),
    path('start', 'outer', 'end'),
  ]);
  const key = await scene.run('nested', xml);
  await scene.completeNext('nestedOuter');
  await scene.completeNext('nestedDeep');
  t.is(await scene.state(key), 'ACTIVE');
  await scene.completeNext('nestedShallow');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a compensation inside of a sub-process undoes only what was done there', async (t) => {
  const inside = subProcess(
    'inside',
    start('i0'),
    passed('near'),
    undo('near', handler('undoNear', 'scopedNear')),
    throwEvent('undoing', compensate()),
    end('i1'),
    path('i0', 'near', 'undoing', 'i1'),
  );
  const xml = model('scoped', [
    start(),
    passed('far'),
    undo('far', handler('undoFar', 'scopedFar')),
    inside,
    end('end', compensate()),
    path('start', 'far', 'inside', 'end'),
  ]);
  const key = await scene.run('scoped', xml);
  await scene.noJob(t, 'scopedFar');
  await scene.completeNext('scopedNear');
  await scene.completeNext('scopedFar');
  await scene.noJob(t, 'scopedNear');
  t.is(await scene.state(key), 'COMPLETED');
});

test('what was done inside of a sub-process that was ended is not undone', async (t) => {
  const inside = subProcess(
    'inside',
    start('i0'),
    passed('done'),
    undo('done', handler('undoDone', 'endedUndo')),
    serviceTask('fails', 'endedFails'),
    end('i1'),
    path('i0', 'done', 'fails', 'i1'),
  );
  const xml = model(
    'ended',
    [
      start(),
      inside,
      boundary('failed', 'inside', onError('oops')),
      end(),
      end('undoing', compensate()),
      path('start', 'inside', 'end') + path('failed', 'undoing'),
    ],
    { errors: ['oops'] },
  );
  const key = await scene.run('ended', xml);
  const { jobKey } = await scene.job('endedFails');
  await scene.client.throwJobError({ jobKey, errorCode: 'oops' } as never);
  t.is(await scene.state(key), 'COMPLETED');
  await scene.noJob(t, 'endedUndo');
});

test('an event sub-process undoes what was done around it', async (t) => {
  const xml = model(
    'caught',
    [
      start(),
      passed('done'),
      undo('done', handler('undoDone', 'caughtUndo')),
      passed('other'),
      undo('other', handler('undoOther', 'caughtOther')),
      serviceTask('fails', 'caughtFails'),
      end(),
      path('start', 'done', 'other', 'fails', 'end'),
      eventSubProcess(
        'mend',
        start('m0', onError('oops')),
        throwEvent('undoOne', compensate('activityRef="done"')),
        end('undoRest', compensate()),
        path('m0', 'undoOne', 'undoRest'),
      ),
    ],
    { errors: ['oops'] },
  );
  const key = await scene.run('caught', xml);
  const { jobKey } = await scene.job('caughtFails');
  await scene.client.throwJobError({ jobKey, errorCode: 'oops' } as never);
  await scene.noJob(t, 'caughtOther');
  await scene.completeNext('caughtUndo');
  await scene.completeNext('caughtOther');
  t.is(await scene.state(key), 'COMPLETED');
});

test('a loop is undone once, by a handler that may be a loop itself; sub-processes in a loop each', async (t) => {
  const items = loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' });
  const xml = model('looped', [
    start(),
    element('scriptTask', 'each', extensions('<zeebe:script expression="=item" resultVariable="r" />') + items),
    undo(
      'each',
      forCompensation(element('serviceTask', 'undoEach', extensions(taskDefinition('loopedUndoEach')) + items)),
    ),
    element(
      'subProcess',
      'scopes',
      items +
        start('s0') +
        passed('inner') +
        undo('inner', handler('undoInner', 'loopedUndoInner')) +
        end('s1') +
        path('s0', 'inner', 's1'),
    ),
    end('end', compensate()),
    path('start', 'each', 'scopes', 'end'),
  ]);
  const key = await scene.run('looped', xml);
  const each = await scene.jobs('loopedUndoEach');
  t.deepEqual(
    each.map((job) => job.variables.item),
    [1, 2, 3],
  );
  const inner = await scene.jobs('loopedUndoInner');
  t.is(inner.length, 3);
  for (const job of [...each, ...inner]) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

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

test('an instance that is canceled while it undoes leaves nothing behind', async (t) => {
  const key = await book('canceled', throwEvent('undoing', compensate()));
  await scene.job('canceledUndoFlight');
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  t.is(await scene.state(key), 'TERMINATED');
  await scene.noJob(t, 'canceledUndoHotel');
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
