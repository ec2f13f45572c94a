import test from 'ava';
import {
  boundary,
  compensate,
  element,
  end,
  eventSubProcess,
  extensions,
  forCompensation,
  loop,
  model,
  onError,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  throwEvent,
  undo,
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
    serviceTask('ask', 'oftenAsk'),
    element('exclusiveGateway', 'more', '', 'default="more_undoing"'),
    throwEvent('undoing', compensate()),
    end(),
    path('start', 'in', 'count', 'ask', 'more', 'undoing', 'end'),
    '<bpmn:sequenceFlow id="again" sourceRef="more" targetRef="in"><bpmn:conditionExpression>=n &lt; 3</bpmn:conditionExpression></bpmn:sequenceFlow>',
  ]);
  const key = await scene.run('often', xml, { n: 0 });
  for (let n = 0; n < 3; n++) await scene.completeNext('oftenAsk');
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

test('an instance that is canceled while it undoes leaves nothing behind', async (t) => {
  const key = await book('canceled', throwEvent('undoing', compensate()));
  await scene.job('canceledUndoFlight');
  await scene.client.cancelProcessInstance({ processInstanceKey: key } as never);
  t.is(await scene.state(key), 'TERMINATED');
  await scene.noJob(t, 'canceledUndoHotel');
});
