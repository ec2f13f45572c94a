import test from 'ava';
import {
  adHoc,
  boundary,
  callActivity,
  catchEvent,
  element,
  end,
  escape,
  eventSubProcess,
  extensions,
  flow,
  link,
  loop,
  model,
  onError,
  onEscalation,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  terminating,
  throwEvent,
  userTask,
  type ModelOptions,
} from '../testing/model.ts';
import { Scene, type ActivatedJob } from '../testing/scene.ts';

let scene: Scene;
test.before(async () => {
  scene = await Scene.open();
});
test.after.always(() => scene.close());

type Wish = 'start' | 'end' | 'both';

/** Two listeners of each kind; all jobs of a case have the same type, so that their order shows. */
function heard(type: string, wish: Wish = 'both'): string {
  const events = wish === 'both' ? ['start', 'end'] : [wish];
  const one = (event: string, name: string) =>
    `<zeebe:executionListener eventType="${event}" type="${escape(name)}" retries="=1+1" />`;
  return `<zeebe:executionListeners>${events
    .flatMap((event) => [one(event, type), one(event, `="${type}"+ "-2"`)])
    .join('')}</zeebe:executionListeners>`;
}

const inside = (content: string) => [start('from'), content, end('to'), path('from', 'inner', 'to')];
const pass = (id: string) => element('task', id);
/** `it` alone between start and end. */
const alone = (content: string) => [start(), content, end(), path('start', 'it', 'end')];

interface Case {
  title: string;
  content(type: string): string[];
  /** What is called at `it`, in this order; `work` stands for a job that is no listener. */
  calls: string[];
  options?: ModelOptions;
  /** Makes the event happen that the model waits for, when no job is left. */
  trigger?(key: string): Promise<unknown>;
}

const around = ['START', 'START', 'END', 'END'];
const withWork = ['START', 'START', 'work', 'END', 'END'];
const task = (type: string, tag: string, ...more: string[]) =>
  element(tag, 'it', extensions(taskDefinition(type), heard(type), ...more));

const cases: Case[] = [
  ...['serviceTask', 'sendTask', 'scriptTask', 'businessRuleTask'].map((tag) => ({
    title: `a ${tag} with a job`,
    content: (type: string) => alone(task(type, tag)),
    calls: withWork,
  })),
  ...['task', 'manualTask'].map((tag) => ({
    title: `a ${tag}`,
    content: (type: string) => alone(element(tag, 'it', extensions(heard(type)))),
    calls: around,
  })),
  {
    title: 'a script of FEEL',
    content: (type) =>
      alone(
        element('scriptTask', 'it', extensions('<zeebe:script expression="=1" resultVariable="r" />', heard(type))),
      ),
    calls: around,
  },
  {
    title: 'a receive task',
    content: (type) => alone(element('receiveTask', 'it', extensions(heard(type)), 'messageRef="message_received"')),
    options: { messages: { received: '="k"' } },
    trigger: () => scene.publish('received', 'k'),
    calls: around,
  },
  {
    title: 'a user task',
    content: (type) => alone(userTask('it', heard(type))),
    trigger: async (key) =>
      scene.client.completeUserTask({ userTaskKey: (await scene.task(key)).userTaskKey } as never),
    calls: around,
  },
  ...['exclusiveGateway', 'inclusiveGateway', 'parallelGateway'].map((tag) => ({
    title: `a ${tag}`,
    content: (type: string) => alone(element(tag, 'it', extensions(heard(type, 'start')))),
    calls: ['START', 'START'],
  })),
  {
    title: 'an event-based gateway',
    content: (type) => [
      start(),
      element('eventBasedGateway', 'it', extensions(heard(type, 'start'))),
      catchEvent('soon', onTimer('PT0S')),
      catchEvent('signalled', onSignal('never')),
      end(),
      path('start', 'it', 'soon', 'end'),
      flow('it', 'signalled'),
    ],
    options: { signals: ['never'] },
    calls: ['START', 'START'],
  },
  {
    title: 'a start event',
    content: (type) => [start('it', extensions(heard(type, 'end'))), end(), path('it', 'end')],
    calls: ['END', 'END'],
  },
  {
    title: 'an intermediate catch event',
    content: (type) => alone(catchEvent('it', extensions(heard(type)) + onTimer('PT0S'))),
    calls: around,
  },
  {
    title: 'a message throw event',
    content: (type) =>
      alone(throwEvent('it', extensions(heard(type), taskDefinition(type)) + '<bpmn:messageEventDefinition />')),
    calls: withWork,
  },
  ...[
    ['a none', ''],
    ['a signal', onSignal('told')],
    ['an escalation', onEscalation('far')],
  ].flatMap(([name, definition]) => [
    {
      title: `${name} throw event`,
      content: (type: string) => alone(throwEvent('it', extensions(heard(type)) + definition)),
      options: { signals: ['told'], escalations: ['far'] },
      calls: around,
    },
  ]),
  {
    title: 'a link throw event and its catch event',
    content: (type) => [
      start(),
      throwEvent('it', extensions(heard(type)) + link('l')),
      catchEvent('caught', link('l')),
      end(),
      path('start', 'it'),
      path('caught', 'end'),
    ],
    calls: around,
  },
  ...[
    ['a none', ''],
    ['a signal', onSignal('told')],
    ['a terminate', terminating],
    ['an escalation', onEscalation('far')],
  ].map(([name, definition]) => ({
    title: `${name} end event`,
    content: (type: string) => [start(), end('it', extensions(heard(type)) + definition), path('start', 'it')],
    options: { signals: ['told'], escalations: ['far'] },
    calls: around,
  })),
  {
    title: 'an escalation end event that an interrupting catcher ends before its end',
    content: (type) => [
      start(),
      subProcess('outer', start('from'), end('it', extensions(heard(type)) + onEscalation('far')), path('from', 'it')),
      boundary('caught', 'outer', onEscalation('far')),
      end(),
      path('start', 'outer'),
      path('caught', 'end'),
    ],
    options: { escalations: ['far'] },
    calls: ['START', 'START'],
  },
  {
    title: 'an error end event and the boundary event that catches it',
    content: (type) => [
      start(),
      subProcess(
        'outer',
        start('from'),
        end('it', extensions(heard(type, 'start')) + onError('bad')),
        path('from', 'it'),
      ),
      boundary('caught', 'outer', extensions(heard(type, 'end')) + onError('bad')),
      end(),
      path('start', 'outer', 'end'),
      path('caught', 'end'),
    ],
    options: { errors: ['bad'] },
    calls: ['START', 'START', 'END', 'END'],
  },
  {
    title: 'a boundary event that interrupts nothing',
    content: (type) => [
      start(),
      userTask('held'),
      boundary('it', 'held', extensions(heard(type, 'end')) + onTimer('PT0S'), false),
      end(),
      path('start', 'held', 'end'),
      path('it', 'end'),
    ],
    trigger: async (key) =>
      scene.client.completeUserTask({ userTaskKey: (await scene.task(key)).userTaskKey } as never),
    calls: ['END', 'END'],
  },
  {
    title: 'an embedded sub-process',
    content: (type) => alone(subProcess('it', extensions(heard(type)), ...inside(serviceTask('inner', type)))),
    calls: withWork,
  },
  {
    title: 'an event sub-process',
    content: (type) => [
      start(),
      pass('it'),
      userTask('held'),
      end(),
      path('start', 'it', 'held', 'end'),
      eventSubProcess(
        'handler',
        extensions(heard(type)),
        start('begun', onTimer('PT0S'), 'isInterrupting="true"'),
        serviceTask('inner', type),
        end('over'),
        path('begun', 'inner', 'over'),
      ),
    ],
    calls: withWork,
  },
  {
    title: 'an ad-hoc sub-process',
    content: (type) => alone(adHoc('it', { active: '=["inner"]', more: heard(type) }, serviceTask('inner', type))),
    calls: withWork,
  },
  {
    title: 'an ad-hoc sub-process with a job',
    content: (type) => alone(adHoc('it', { job: type, more: heard(type) }, pass('inner'))),
    calls: ['START', 'START', 'agent', 'END', 'END'],
  },
  {
    title: 'each item of a sequential multi-instance, and not its body',
    content: (type) =>
      alone(
        element(
          'serviceTask',
          'it',
          extensions(taskDefinition(type), heard(type)) + loop({ inputCollection: '=[1,2]', sequential: true }),
        ),
      ),
    calls: [...withWork, ...withWork],
  },
  {
    title: 'each item of a parallel multi-instance, and not its body',
    content: (type) => alone(element('task', 'it', extensions(heard(type)) + loop({ inputCollection: '=[1,2]' }))),
    calls: ['START', 'START', 'START', 'START', 'END', 'END', 'END', 'END'],
  },
  {
    title: 'a call activity',
    content: (type) => alone(callActivity('it', 'listenedChild', '', heard(type))),
    calls: around,
  },
  {
    title: 'a process',
    content: (type) => [extensions(heard(type)), ...alone(serviceTask('it', type))],
    calls: withWork,
  },
];

const nameOf = ({ kind, listenerEventType }: ActivatedJob) =>
  kind === 'EXECUTION_LISTENER' ? listenerEventType : kind === 'BPMN_ELEMENT' ? 'work' : 'agent';

for (const [index, { title, content, calls, options, trigger }] of cases.entries()) {
  test(`listeners are called around ${title}`, async (t) => {
    const id = `listened${index}`;
    await scene.deploy({ 'listenedChild.bpmn': model('listenedChild', alone(pass('it'))) });
    const key = await scene.run(id, model(id, content(id), options));
    const called: string[] = [];
    for (let done = false; !done; ) {
      const jobs = [...(await scene.jobs(id, -1)), ...(await scene.jobs(`${id}-2`, -1))];
      for (const job of jobs) {
        called.push(nameOf(job));
        if (job.kind === 'EXECUTION_LISTENER') t.is(job.retries, 2);
        await scene.complete(job, {}, job.kind === 'AD_HOC_SUB_PROCESS' ? agentIsDone : undefined);
      }
      if (jobs.length > 0) continue;
      done = (await scene.state(key)) === 'COMPLETED';
      if (!done && trigger) await trigger(key);
      else if (!done) {
        t.fail('stands still');
        done = true;
      }
    }
    t.deepEqual(called, calls);
    t.is(await scene.state(key), 'COMPLETED');
  });
}

const agentIsDone = {
  type: 'adHocSubProcess',
  activateElements: [],
  isCompletionConditionFulfilled: true,
  isCancelRemainingInstances: false,
};
