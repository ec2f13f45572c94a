import test from 'ava';
import {
  boundary,
  catchEvent,
  element,
  end,
  eventSubProcess,
  mapping,
  model,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

// every test moves the one clock of its engine: one after the other
const scene = await Scene.open();
test.after.always(() => scene.close());

const monday = Date.UTC(2030, 0, 7, 1);
const minute = 60_000;
const hour = 60 * minute;
const pin = (timestamp: number) => scene.client.pinClock({ timestamp } as never);

/** @returns how many jobs were there; none is left to time out when the clock moves on */
async function completeAll(type: string) {
  const jobs = await scene.jobs(type, -1);
  for (const job of jobs) await scene.complete(job);
  return jobs.length;
}

test.beforeEach(() => pin(monday));

test.serial('a timer waits for its duration or its date, and not a moment less', async (t) => {
  const xml = (id: string, timer: string) =>
    model(id, [start(), catchEvent('wait', timer), end(), path('start', 'wait', 'end')]);
  const duration = await scene.run('duration', xml('duration', onTimer('PT1H30M')));
  const date = await scene.run('date', xml('date', onTimer('=at', 'timeDate')), { at: '2030-01-07T10:30:00+08:00' });
  await pin(monday + 90 * minute - 1);
  t.is(await scene.state(duration), 'ACTIVE');
  t.is(await scene.state(date), 'ACTIVE');
  await pin(monday + 90 * minute);
  t.is(await scene.state(duration), 'COMPLETED');
  t.is(await scene.state(date), 'COMPLETED');
});

test.serial('a timer far beyond 24.8 days, and hundreds of timers at the same instant, fire', async (t) => {
  const xml = model('far', [start(), catchEvent('wait', onTimer('P400D')), end(), path('start', 'wait', 'end')]);
  await scene.deploy({ 'far.bpmn': xml });
  const keys = await Promise.all(Array.from({ length: 450 }, () => scene.create('far')));
  await pin(monday + 401 * 24 * hour);
  // swept in bounded batches: the last ones after a few turns of the loop
  for (let turn = 0; turn < 200 && (await scene.state(keys.at(-1)!)) === 'ACTIVE'; turn++);
  const states = await scene.client.searchProcessInstances(
    { filter: { processDefinitionId: 'far', state: 'ACTIVE' } } as never,
    scene.now,
  );
  t.is(states.page.totalItems, 0);
});

test.serial('a null date is an incident, a date in the past fires at once', async (t) => {
  const xml = model('nullDate', [
    start(),
    catchEvent('wait', onTimer('=at', 'timeDate')),
    end(),
    path('start', 'wait', 'end'),
  ]);
  const key = await scene.run('nullDate', xml, { at: null });
  const [incident] = await scene.incidents(key);
  t.is(incident?.errorType, 'EXTRACT_VALUE_ERROR');
  t.regex(incident!.errorMessage, /Expected result of the expression 'at' to be/);
  await scene.client.createElementInstanceVariables({
    elementInstanceKey: key,
    variables: { at: '2029-01-01T00:00:00Z' },
  } as never);
  await scene.client.resolveIncident({ incidentKey: incident!.incidentKey } as never);
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial('what is no timer at run time is an incident in Zeebe’s words', async (t) => {
  const said = async (id: string, timer: string, variables: object) => {
    const xml = model(id, [start(), catchEvent('wait', timer), end(), path('start', 'wait', 'end')]);
    const key = await scene.run(id, xml, variables as Record<string, unknown>);
    const [incident] = await scene.incidents(key);
    return incident!.errorMessage;
  };
  const missing =
    "The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'later'\n";
  t.is(
    await said('noDuration', onTimer('=duration(later)', 'timeDuration'), {}),
    `Expected result of the expression 'duration(later)' to be one of '[DURATION, PERIOD, STRING]', but was 'NULL'. ${missing}` +
      "[FUNCTION_INVOCATION_FAILURE] Failed to invoke function 'duration': Illegal arguments: 'null'",
  );
  t.is(
    await said('noDate', onTimer('=date and time(later)', 'timeDate'), {}),
    `Expected result of the expression 'date and time(later)' to be one of '[DATE_TIME, STRING]', but was 'NULL'. ${missing}` +
      "[FUNCTION_INVOCATION_FAILURE] Failed to invoke function 'date and time': Illegal arguments: 'null'",
  );
  t.is(
    await said('soon', onTimer('=later', 'timeDuration'), { later: 'soon' }),
    "Invalid duration format 'soon' for expression 'later'.",
  );
});

test.serial('an interrupting timer at the boundary ends the work, a repeating one urges beside it', async (t) => {
  const xml = model('limits', [
    start(),
    serviceTask('work', 'limited'),
    boundary('urge', 'work', onTimer('R3/PT1H'), false),
    boundary('limit', 'work', onTimer('PT10H')),
    serviceTask('urging', 'urging'),
    end(),
    end('urged'),
    end('late'),
    path('start', 'work', 'end') + path('urge', 'urging', 'urged') + path('limit', 'late'),
  ]);
  const key = await scene.run('limits', xml);
  for (let hours = 1; hours <= 3; hours++) {
    await pin(monday + hours * hour);
    t.is(await completeAll('urging'), 1, `urge ${hours}`);
  }
  await pin(monday + 5 * hour);
  await scene.noJob(t, 'urging');
  await pin(monday + 10 * hour);
  t.true((await scene.history(key)).includes('late:COMPLETED'));
  await scene.noJob(t, 'limited');
});

test.serial(
  'events at the boundary read what the input mappings made; a correlation key is read around it',
  async (t) => {
    const xml = model(
      'inner',
      [
        start(),
        serviceTask('work', 'innerWork', mapping({ rhythm: '="R2/PT1H"', news: '="inner"', no: '="inner"' })),
        boundary('urge', 'work', onTimer('=rhythm', 'timeCycle'), false),
        boundary('told', 'work', onSignal('=news'), false),
        boundary('asked', 'work', onMessage('innerAsked'), false),
        end(),
        end('urged'),
        path('start', 'work', 'end') + path('urge', 'urged') + path('told', 'urged') + path('asked', 'urged'),
      ],
      { signals: ['=news'], messages: { innerAsked: '=no' } },
    );
    const key = await scene.run('inner', xml, { no: 'outer', news: 'outer' });
    await pin(monday + hour);
    await pin(monday + 2 * hour);
    await scene.client.broadcastSignal({ signalName: 'inner' } as never);
    await scene.publish('innerAsked', 'outer');
    const happened = (await scene.history(key)).filter((entry) => /^(urge|told|asked):/.test(entry));
    t.deepEqual(happened, ['urge:COMPLETED', 'urge:COMPLETED', 'told:COMPLETED', 'asked:COMPLETED']);
  },
);

test.serial('the deadline watch plans anew after each alarm and each adjustment', async (t) => {
  const xml = model(
    'watchLoop',
    [
      start(),
      serviceTask('plan', 'planAlarm'),
      element('exclusiveGateway', 'more', '', 'default="more_stop"'),
      element('eventBasedGateway', 'wait'),
      catchEvent('alarm', onTimer('=alarmAt', 'timeDate')),
      catchEvent('adjusted', onMessage('deadlineAdjusted')),
      end('stop'),
      path('start', 'plan', 'more', 'stop') + path('wait', 'alarm', 'plan') + path('wait', 'adjusted', 'plan'),
      '<bpmn:sequenceFlow id="go" sourceRef="more" targetRef="wait"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=alarmAt != null</bpmn:conditionExpression></bpmn:sequenceFlow>',
    ],
    { messages: { deadlineAdjusted: '=ticketNo' } },
  );
  const key = await scene.run('watchLoop', xml, { ticketNo: 'D-1' });
  const plan = (at: number | null) =>
    scene.completeNext('planAlarm', { alarmAt: at === null ? null : new Date(at).toISOString() });
  await plan(monday + 2 * hour);
  await scene.noJob(t, 'planAlarm');
  await scene.publish('deadlineAdjusted', 'D-1', {}, { timeToLive: hour });
  await plan(monday + 5 * hour);
  await pin(monday + 2 * hour);
  await scene.noJob(t, 'planAlarm');
  await pin(monday + 5 * hour);
  await plan(null);
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial('a timer starts instances of the newest version alone', async (t) => {
  const xml = (type: string) =>
    model('daily', [
      start('start', onTimer('R2/PT1H')),
      serviceTask('work', type),
      end(),
      path('start', 'work', 'end'),
    ]);
  await scene.deploy({ 'daily.bpmn': xml('dailyOld') });
  await pin(monday + hour);
  t.is(await completeAll('dailyOld'), 1);
  await scene.deploy({ 'daily.bpmn': xml('dailyNew') });
  await pin(monday + 2 * hour);
  await scene.noJob(t, 'dailyOld');
  t.is(await completeAll('dailyNew'), 1);
  await pin(monday + 3 * hour);
  t.is(await completeAll('dailyNew'), 1);
  await pin(monday + 9 * hour);
  await scene.noJob(t, 'dailyNew');
});

test.serial('an event sub-process may begin with a timer', async (t) => {
  const xml = model('overdue', [
    start(),
    serviceTask('work', 'overdueWork'),
    end(),
    path('start', 'work', 'end'),
    eventSubProcess('late', start('late0', onTimer('PT2H')), end('late1'), path('late0', 'late1')),
  ]);
  const key = await scene.run('overdue', xml);
  await pin(monday + 2 * hour);
  t.is(await scene.state(key), 'COMPLETED');
  t.true((await scene.history(key)).includes('work:TERMINATED'));
});

test.serial('a job whose worker says nothing in time is given to another', async (t) => {
  const xml = model('silent', [start(), serviceTask('work', 'silent'), end(), path('start', 'work', 'end')]);
  await scene.run('silent', xml);
  const first = await scene.job('silent');
  await scene.noJob(t, 'silent');
  await scene.client.updateJob({ jobKey: first.jobKey, changeset: { timeout: 5 * minute } } as never);
  await pin(monday + 2 * minute);
  await scene.noJob(t, 'silent');
  await pin(monday + 5 * minute);
  const second = await scene.job('silent');
  t.is(second.jobKey, first.jobKey);
  await scene.complete(second);
});

test.serial('a failed job comes back when its back-off is over', async (t) => {
  const xml = model('backOff', [start(), serviceTask('work', 'backOff'), end(), path('start', 'work', 'end')]);
  await scene.run('backOff', xml);
  const job = await scene.job('backOff');
  await scene.client.failJob({ jobKey: job.jobKey, retries: 2, retryBackOff: 10 * minute } as never);
  await pin(monday + 10 * minute - 1);
  await scene.noJob(t, 'backOff');
  await pin(monday + 10 * minute);
  t.is((await scene.job('backOff')).retries, 2);
});

test.serial('a message lives as long as it was told to, and so does its id', async (t) => {
  const xml = model(
    'life',
    [start(), '<bpmn:receiveTask id="wait" messageRef="message_life" />', end(), path('start', 'wait', 'end')],
    {
      messages: { life: '=no' },
    },
  );
  await scene.deploy({ 'life.bpmn': xml });
  await scene.publish('life', 'L-1', {}, { timeToLive: hour, messageId: 'fact' });
  await pin(monday + hour - 1);
  await t.throwsAsync(() => scene.publish('life', 'L-1', {}, { timeToLive: hour, messageId: 'fact' }), {
    message: /ALREADY_EXISTS/,
  });
  await pin(monday + hour);
  const key = await scene.create('life', { no: 'L-1' });
  t.is(await scene.state(key), 'ACTIVE');
  await scene.publish('life', 'L-1', {}, { timeToLive: hour, messageId: 'fact' });
  t.is(await scene.state(key), 'COMPLETED');
});

test.serial('a clock that is set free goes on with real time', async (t) => {
  await scene.client.resetClock();
  const xml = model('real', [
    start(),
    catchEvent('wait', onTimer('PT0.05S')),
    serviceTask('work', 'real'),
    end(),
    path('start', 'wait', 'work', 'end'),
  ]);
  await scene.run('real', xml);
  t.is((await scene.jobs('real', 5000)).length, 1);
});
