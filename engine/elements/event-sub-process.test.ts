import test from 'ava';
import {
  boundary,
  callActivity,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  loop,
  mapping,
  model,
  onCondition,
  onError,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  terminating,
  throwEvent,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

/** An event sub-process with one task; its ids and job type begin with the same name. */
const handler = (name: string, event: string, interrupting = false) =>
  eventSubProcess(
    name,
    start(`${name}-start`, event, `isInterrupting="${interrupting}"`),
    serviceTask(`${name}-work`, name),
    end(`${name}-end`),
    path(`${name}-start`, `${name}-work`, `${name}-end`),
  );

const set = (key: string, variables: object) =>
  scene.client.createElementInstanceVariables({ elementInstanceKey: key, variables } as never);

const pin = (ms: number) => scene.client.pinClock({ timestamp: ms } as never);

test.serial('each trigger begins as many beside the work as it comes, an interrupting one ends them all', async (t) => {
  const at = Date.now();
  await pin(at);
  const inside = subProcess(
    'inside',
    start('i0'),
    serviceTask('work', 'inside'),
    end('i1'),
    path('i0', 'work', 'i1'),
    handler('heard', onMessage('told')),
    handler('called', onSignal('call')),
    handler('rung', onTimer('R2/PT10S')),
    handler('held', onCondition('=go')),
    handler('failed', onError('BAD'), true),
  );
  const xml = model('beside', [start(), inside, end(), path('start', 'inside', 'end')], {
    messages: { told: '="k"' },
    signals: ['call'],
    errors: ['BAD'],
  });
  const key = await scene.run('beside', xml, { go: false });
  for (const v of [1, 2]) await scene.publish('told', 'k', { v });
  for (const s of [1, 2]) await scene.client.broadcastSignal({ signalName: 'call', variables: { s } } as never);
  for (const go of [true, false, true]) await set(key, { go });
  for (const seconds of [10, 20, 30]) {
    await pin(at + seconds * 1000);
    await scene.noJob(t, 'nobody');
  }
  const begun = (await scene.history(key)).filter((entry) => /^(heard|called|rung|held):/.test(entry)).toSorted();
  t.deepEqual(
    begun,
    ['called', 'heard', 'held', 'rung'].flatMap((id) => [`${id}:ACTIVE`, `${id}:ACTIVE`]),
  );
  t.deepEqual(await scene.variables(key), { go: true, v: 2, s: 2 });
  const { jobKey } = await scene.job('inside');
  await scene.client.throwJobError({ jobKey, errorCode: 'BAD', variables: { why: 1 } } as never);
  t.false((await scene.history(key)).some((entry) => /^(heard|called|rung|held):ACTIVE/.test(entry)));
  t.is((await scene.variables(key)).why, 1);
  await scene.publish('told', 'k', { v: 3 });
  t.is((await scene.variables(key)).v, 2, 'an interrupted scope hears nothing any more');
  await scene.completeNext('failed');
  t.is(await scene.state(key), 'COMPLETED');
  await scene.client.resetClock();
});

test.serial(
  'what the event of the start brings goes where its mapping says, the rest stays in the start',
  async (t) => {
    const start0 = extensions(mapping({}, { mapped: '=v' })) + onMessage('mapping');
    const xml = model(
      'mapping',
      [start(), serviceTask('work', 'mapping'), path('start', 'work'), handler('mapped', start0, true)],
      {
        messages: { mapping: '="m"' },
      },
    );
    const key = await scene.run('mapping', xml);
    await scene.publish('mapping', 'm', { v: 5, w: 6 });
    t.deepEqual((await scene.job('mapped')).variables, { mapped: 5 });
    t.deepEqual(await scene.variables(key), { mapped: 5 });
  },
);

test.serial('of an event sub-process and a boundary event the one that names the code catches it', async (t) => {
  const inside = subProcess(
    'inside',
    start('i0'),
    serviceTask('work', 'named'),
    path('i0', 'work'),
    handler('any', onError(), true),
  );
  const xml = model(
    'named',
    [
      start(),
      inside,
      boundary('known', 'inside', onError('KNOWN')),
      end(),
      path('start', 'inside', 'end'),
      path('known', 'end'),
    ],
    { errors: ['KNOWN'] },
  );
  const key = await scene.run('named', xml);
  await scene.client.throwJobError({ jobKey: (await scene.job('named')).jobKey, errorCode: 'KNOWN' } as never);
  t.true((await scene.history(key)).includes('known:COMPLETED'));
  const other = await scene.create('named');
  await scene.client.throwJobError({ jobKey: (await scene.job('named')).jobKey, errorCode: 'OTHER' } as never);
  await scene.completeNext('any');
  t.is(await scene.state(other), 'COMPLETED');
});

test.serial('a terminate end event ends the sub-process around it, not the other items of the loop', async (t) => {
  const inner = subProcess(
    'inner',
    start('i0'),
    element('parallelGateway', 'both'),
    serviceTask('first', 'first'),
    serviceTask('second', 'second'),
    end('stop', terminating),
    path('i0', 'both', 'first', 'stop') + flow('both', 'second'),
  );
  const content = [start('o0'), inner, serviceTask('after', 'after'), path('o0', 'inner', 'after')];
  const outer = element('subProcess', 'outer', content.join('') + loop({ inputCollection: '=[1,2]' }));
  const key = await scene.run('enough', model('enough', [start(), outer, end(), path('start', 'outer', 'end')]));
  const jobs = await scene.jobs('first');
  await scene.complete(jobs[0]!);
  t.deepEqual(
    (await scene.history(key)).filter((entry) => /^(inner|second|after):/.test(entry)),
    ['inner:COMPLETED', 'inner:ACTIVE', 'second:TERMINATED', 'second:ACTIVE', 'after:ACTIVE'],
  );
  await scene.complete(jobs[1]!);
  for (const job of await scene.jobs('after')) await scene.complete(job);
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial(
  'an error leaves a scope that an event sub-process has interrupted only to the caller of the process',
  async (t) => {
    const content = [
      start(),
      subProcess(
        'scope',
        start('s0'),
        serviceTask('work', 'interruptedWork'),
        serviceTask('more', 'interruptedMore'),
        end('s1'),
        path('s0', 'work', 'more', 's1'),
        handler('heard', onError('first'), true),
      ),
      boundary('caught', 'scope', onError()),
      end(),
      end('told'),
      path('start', 'scope', 'end') + path('caught', 'told'),
    ];
    const errors = ['first', 'second'];
    const fail = async (type: string, errorCode: string) => {
      const { jobKey } = await scene.job(type);
      await scene.client.throwJobError({ jobKey, errorCode } as never);
    };
    const key = await scene.run('interruptedOnce', model('interruptedOnce', content, { errors }));
    await fail('interruptedWork', 'first');
    await fail('heard', 'second');
    const [incident] = await scene.incidents(key);
    t.is(
      incident?.errorMessage,
      "Expected to throw an error event with the code 'second', but it was not caught. No error events are available in the scope.",
    );
    // what a modification begins there is no part of the interruption
    await scene.client.modifyProcessInstance({
      processInstanceKey: key,
      activateInstructions: [{ elementId: 'more' }],
    } as never);
    await fail('interruptedMore', 'second');
    t.is(await scene.state(key), 'COMPLETED');
    t.true((await scene.history(key)).includes('told:COMPLETED'));

    const calling = [
      start(),
      callActivity('call', 'interruptedOnce'),
      boundary('caught', 'call', onError('second')),
      end(),
      end('told'),
      path('start', 'call', 'end') + path('caught', 'told'),
    ];
    const caller = await scene.run('interruptedCaller', model('interruptedCaller', calling, { errors }));
    await fail('interruptedWork', 'first');
    await fail('heard', 'second');
    t.true((await scene.history(caller)).includes('told:COMPLETED'));
  },
);

test.serial(
  'what throws the signal that starts an interrupting event sub-process is terminated, not completed',
  async (t) => {
    const xml = model(
      'interrupting',
      [
        start(),
        throwEvent('call', onSignal('now')),
        end(),
        path('start', 'call', 'end'),
        eventSubProcess('instead', start('i0', onSignal('now')), end('i1'), path('i0', 'i1')),
      ],
      { signals: ['now'] },
    );
    const key = await scene.run('interrupting', xml);
    t.deepEqual((await scene.history(key)).sort(), [
      'call:TERMINATED',
      'i0:COMPLETED',
      'i1:COMPLETED',
      'instead:COMPLETED',
      'start:COMPLETED',
    ]);
  },
);
