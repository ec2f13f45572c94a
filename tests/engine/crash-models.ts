import {
  callActivity,
  catchEvent,
  element,
  end,
  eventSubProcess,
  extensions,
  loop,
  model,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  taskDefinition,
  userTask,
} from '../../engine/testing/model.ts';

const messages = { go: '=n', begin: null };

/** Something of everything that waits: jobs, a task, a message, timers, children, a called process. */
export const mixed = model(
  'mixed',
  [
    start(),
    serviceTask('first', 'first'),
    element('parallelGateway', 'fork'),
    userTask('approve'),
    catchEvent('hear', onMessage('go')),
    catchEvent('wake', onSignal('wake')),
    catchEvent('sleep', onTimer('PT0.4S')),
    element(
      'serviceTask',
      'each',
      extensions(taskDefinition('each')) + loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' }),
    ),
    // its variables would overwrite what was set meanwhile
    callActivity('call', 'called', 'propagateAllChildVariables="false"'),
    element('parallelGateway', 'join'),
    serviceTask('last', 'last'),
    end(),
    path('start', 'first', 'fork', 'approve', 'join', 'last', 'end'),
    path('fork', 'hear', 'join'),
    path('fork', 'wake', 'join'),
    path('fork', 'sleep', 'join'),
    path('fork', 'each', 'join'),
    path('fork', 'call', 'join'),
    eventSubProcess(
      'ticking',
      start('tick', onTimer('R3/PT0.2S'), 'isInterrupting="false"'),
      end('ticked'),
      path('tick', 'ticked'),
    ),
  ],
  { messages, signals: ['wake'] },
);

export const called = model('called', [
  start(),
  catchEvent('nap', onTimer('PT0.1S')),
  serviceTask('inside', 'inside'),
  end(),
  path('start', 'nap', 'inside', 'end'),
]);

export const begun = model(
  'begun',
  [start('begin', onMessage('begin')), serviceTask('work', 'first'), end(), path('begin', 'work', 'end')],
  { messages },
);

/** Deployed again and again while everything else goes on. */
export const versioned = (version: number) =>
  model('versioned', [start(), element('task', `step${version}`), end(), path('start', `step${version}`, 'end')]);

/** How often each element of a completed `mixed` is entered. */
export const stepsOfMixed: Record<string, number> = {
  start: 1,
  first: 1,
  fork: 1,
  approve: 1,
  hear: 1,
  wake: 1,
  sleep: 1,
  // the body and its three
  each: 4,
  call: 1,
  join: 1,
  last: 1,
  end: 1,
};

/** A variable of up to 1 MB that can be told from `n` and its size. */
export const blobOf = (n: string, size: number) => n.repeat(Math.ceil(size / n.length)).slice(0, size);
