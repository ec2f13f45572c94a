import test from 'ava';
import {
  boundary,
  catchEvent,
  compensate,
  element,
  end,
  eventSubProcess,
  extensions,
  forCompensation,
  link,
  model,
  onError,
  onEscalation,
  onSignal,
  path,
  serviceTask,
  start,
  subProcess,
  throwEvent,
  undo,
} from '../testing/model.ts';
import { parseProcesses } from './parse-process.ts';

const options = { signals: ['one', '', '=a +'], escalations: ['HIGH', '', '=code'], errors: ['E', '=code'] };

async function problems(content: string[]): Promise<string[]> {
  const parsed = await parseProcesses(model('rules', content, options));
  return parsed.problems.map(({ elementId, message }) => `${elementId}: ${message}`);
}

const straight = (...content: string[]) => [start(), end(), path('start', 'end'), ...content];
const inScope = (...content: string[]) =>
  straight(subProcess('scope', start('s0'), end('s1'), path('s0', 's1'), ...content));
const handler = (id: string) => forCompensation(serviceTask(id, 'undo'));
const work = serviceTask('work', 'work');
const triggered = (id: string, event: string, attributes = '') =>
  eventSubProcess(id, start(`${id}0`, event, attributes), end(`${id}1`), path(`${id}0`, `${id}1`));

const rules: [title: string, content: string[], expected: string[]][] = [
  [
    'a signal event names its signal',
    straight(throwEvent('a', '<bpmn:signalEventDefinition />')),
    ['a > signalEventDefinition: Must reference a signal'],
  ],
  ['a signal has a name', straight(catchEvent('a', onSignal(''))), ['signal_: Name must be present and not empty']],
  [
    'two start events of one signal can not be told apart',
    straight(start('a', onSignal('one')), start('b', onSignal('one'))),
    ["rules: Multiple signal event definitions with the same name 'one' are not allowed."],
  ],
  [
    'two boundary events of one signal can not be told apart',
    straight(work, boundary('a', 'work', onSignal('one')), boundary('b', 'work', onSignal('one'), false)),
    ["work: Multiple signal event definitions with the same name 'one' are not allowed."],
  ],
  [
    'an escalation that is thrown has a code',
    straight(throwEvent('a', onEscalation()), end('b', onEscalation(''))),
    [
      'a > escalationEventDefinition: Must reference an escalation',
      'escalation_: EscalationCode must be present and not empty',
    ],
  ],
  [
    'an escalation is caught by a static code',
    inScope(triggered('a', onEscalation('=code'), 'isInterrupting="false"')),
    [
      'a0 > escalationEventDefinition: The escalationCode of the escalation catch event is not allowed to be an expression',
    ],
  ],
  [
    'an error is caught by a static code',
    straight(work, boundary('a', 'work', onError('=code'))),
    ['a > errorEventDefinition: The errorCode of the error catch event is not allowed to be an expression'],
  ],
  [
    'escalations are caught at sub-processes and call activities only',
    straight(work, boundary('a', 'work', onEscalation('HIGH'))),
    ['a: An escalation boundary event should only be attached to a subprocess, or a call activity.'],
  ],
  [
    'no two catchers of one escalation code, nor two that catch all',
    inScope(
      triggered('a', onEscalation('HIGH')),
      triggered('b', onEscalation('HIGH')),
      triggered('c', onEscalation()),
      triggered('d', onEscalation('')),
    ),
    [
      "scope: Multiple escalation catch events with the same escalation code 'HIGH' are not supported on the same scope.",
      'scope: The same scope can not contain more than one escalation catch event without escalation code. An escalation catch event without escalation code catches all escalations.',
    ],
  ],
  [
    'no two catchers of one error code',
    straight(work, boundary('a', 'work', onError('E')), boundary('b', 'work', onError('E'))),
    ["work: Multiple error catch events with the same error code 'E' are not supported on the same scope."],
  ],
  [
    'errors always interrupt',
    straight(work, boundary('a', 'work', onError('E'), false), triggered('b', onError(), 'isInterrupting="false"')),
    ['a: Non-Interrupting event of this type is not allowed', 'b: Non-Interrupting event of this type is not allowed'],
  ],
  [
    'an escalation is not caught in the flow, and starts no process',
    straight(catchEvent('a', onEscalation('HIGH')), start('b', onEscalation('HIGH'))),
    ['a: Event definition must be one of: message, timer, signal, link, or conditional'],
  ],
  [
    'a link has a name',
    straight(throwEvent('a', link(''))),
    ['a > linkEventDefinition: Link name must be present and not empty.'],
  ],
  [
    'a link leads somewhere in its own scope',
    [...inScope(catchEvent('b', link('away'))), throwEvent('a', link('away'))],
    ["rules: Can't find an catch link event for the throw link event with the name 'away'."],
  ],
  [
    'a link leads to one place',
    straight(catchEvent('a', link('x')), catchEvent('b', link('x')), throwEvent('c', link('x'))),
    ["rules: Multiple intermediate catch link event definitions with the same name 'x' are not allowed."],
  ],
  [
    'an event-based gateway waits for no link',
    straight(
      element('eventBasedGateway', 'g'),
      catchEvent('a', link('x')),
      catchEvent('b', onSignal('one')),
      path('g', 'a') + path('g', 'b'),
    ),
    [
      'g: Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal/conditional intermediate catch events.',
    ],
  ],
  [
    'a compensation boundary event has its handler, and no flow',
    straight(work, boundary('a', 'work', compensate())),
    ['a: Compensation boundary events must have a compensation association and no outgoing sequence flows'],
  ],
  [
    'a handler stands alone',
    straight(work, undo('work', handler('h')), boundary('b', 'h', onSignal('one')), path('work', 'h', 'end')),
    [
      'h: A compensation handler should have no incoming sequence flows',
      'h: A compensation handler should have no outgoing sequence flows',
      'h: A compensation handler should have no boundary events',
    ],
  ],
  [
    'a decision is no handler',
    straight(
      work,
      undo('work', forCompensation(element('businessRuleTask', 'h', extensions('<zeebe:taskDefinition type="x" />')))),
    ),
    [
      'h: Compensation task must be one of: service task, user task, send task, script task, manual task, or undefined task.',
    ],
  ],
  [
    'who throws a compensation waits for it',
    straight(
      throwEvent('a', compensate('waitForCompletion="false"')),
      end('b', compensate('waitForCompletion="false"')),
    ),
    [
      'a: A compensation intermediate throwing event waitForCompletion attribute must be true or not present',
      'b: A compensation end event waitForCompletion attribute must be true or not present',
    ],
  ],
  [
    'what is to be undone is there',
    straight(throwEvent('a', compensate('activityRef="gone"'))),
    ["a > compensateEventDefinition: The referenced compensation activity 'gone' doesn't exist"],
  ],
  [
    'what is to be undone can be undone',
    straight(work, throwEvent('a', compensate('activityRef="work"'))),
    [
      "a > compensateEventDefinition: The referenced compensation activity 'work' must have either a compensation boundary event or be a subprocess",
    ],
  ],
  [
    'what is to be undone is in the same scope',
    inScope(work, undo('work', handler('h'))).concat(throwEvent('a', compensate('activityRef="work"'))),
    [
      "a > compensateEventDefinition: The referenced compensation activity 'work' must be in the same scope as the compensation throw event",
    ],
  ],
  [
    'no event sub-process begins with a compensation',
    [...straight(triggered('a', compensate())), ...inScope(triggered('b', compensate())).slice(3)],
    [
      'a: A compensation event subprocess is not allowed on the process level',
      'a: Start events in event subprocesses must be one of: message, timer, error, signal, escalation or conditional',
      'b: Start events in event subprocesses must be one of: message, timer, error, signal, escalation or conditional',
    ],
  ],
  [
    'listeners stand where they can be called',
    straight(
      work,
      undo('work', handler('h')),
      ...['start', 'end'].map((event) =>
        end(
          `e_${event}`,
          extensions(
            `<zeebe:executionListeners><zeebe:executionListener eventType="${event}" type="x" /></zeebe:executionListeners>`,
          ) + onError('E'),
        ),
      ),
    ),
    ["e_end: Execution listeners of type 'end' are not supported by [error] end events"],
  ],
  [
    'a transaction is not executed',
    straight(element('transaction', 'a', start('s0') + end('s1') + path('s0', 's1'))),
    [
      "a: Elements of type 'Transaction' are currently not supported. Please refer to the documentation for a list of supported elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/",
    ],
  ],
];

for (const [title, content, expected] of rules) {
  test(title, async (t) => {
    const found = await problems(content);
    t.deepEqual(found, expected);
  });
}

test('what is sound is deployed', async (t) => {
  const content = straight(
    start('s', onSignal('one')),
    work,
    undo('work', handler('h')),
    throwEvent('a', compensate('activityRef="work"')),
    triggered('b', onEscalation(), 'isInterrupting="false"'),
    eventSubProcess('c', start('c0', onError()), end('c1', compensate('activityRef="work"')), path('c0', 'c1')),
  );
  t.deepEqual(await problems(content), []);
});
