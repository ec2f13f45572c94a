import test from 'ava';
import {
  adHoc,
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
  onError,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  taskDefinition,
  taskListeners,
  throwEvent,
} from '../testing/model.ts';
import { parseProcesses } from './parse-process.ts';

async function problems(content: string[]): Promise<string[]> {
  const options = { messages: { m: '=key', '': '=key' }, signals: ['s'] };
  const { problems: found } = await parseProcesses(
    model('it', [start(), end(), path('start', 'end'), ...content], options),
  );
  return found.map(({ elementId, message }) => `${elementId}: ${message}`);
}

const twice = 'Please check process definition XML and retain only one extension element.';
const form = (attributes: string, ...more: string[]) =>
  element('userTask', 'a', extensions(...more, `<zeebe:formDefinition ${attributes} />`));
const camunda = '<zeebe:userTask />';
const headers = '<zeebe:taskHeaders><zeebe:header key="a" value="1" /></zeebe:taskHeaders>';
const listeners = (event: string) =>
  `<zeebe:executionListeners><zeebe:executionListener eventType="${event}" type="x" /></zeebe:executionListeners>`;

const rules: [title: string, content: string[], expected: string[]][] = [
  [
    'a timer whose time is left empty has a time that can not be read',
    [
      element(
        'intermediateCatchEvent',
        'a',
        '<bpmn:timerEventDefinition id="t"><bpmn:timeDuration /></bpmn:timerEventDefinition>',
      ),
    ],
    ["a: Invalid timer duration expression (Invalid duration format '' for expression ''.)"],
  ],
  [
    'an extension is told by the way to it',
    [element('serviceTask', 'a', extensions(taskDefinition('')))],
    [
      "a > extensionElements > taskDefinition: Attribute 'type' must be present and not empty",
      'a > extensionElements > taskDefinition: Expected expression but not found.',
    ],
  ],
  [
    'a mapping is told by the way to it',
    [serviceTask('a', 'x', mapping({ b: '=1 +' }))],
    ["a > extensionElements > ioMapping > input: failed to parse expression '1 +': unexpected end at position 4"],
  ],
  [
    'a condition is told as the file calls it',
    [element('exclusiveGateway', 'a'), end('b'), end('c'), flow('a', 'b', 'x'), flow('a', 'c', '=true')],
    [
      "a_b > conditionExpression: Expected expression but found static value 'x'. An expression must start with '=' (e.g. '=x').",
    ],
  ],
  [
    'a condition without text is one that says nothing',
    [
      element('exclusiveGateway', 'a'),
      end('b'),
      '<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"><bpmn:conditionExpression /></bpmn:sequenceFlow>',
    ],
    [
      "f > conditionExpression: Expected expression but found static value ''. An expression must start with '=' (e.g. '=').",
    ],
  ],
  [
    'a loop is told by the way to it',
    [element('serviceTask', 'a', extensions(taskDefinition('x')) + loop({ inputCollection: 'b' }))],
    [
      "a > multiInstanceLoopCharacteristics > extensionElements > loopCharacteristics: Expected expression but found static value 'b'. An expression must start with '=' (e.g. '=b').",
    ],
  ],
  [
    'an inclusive gateway asks for conditions in words of its own',
    [element('inclusiveGateway', 'a'), end('b'), end('c'), flow('a', 'b'), flow('a', 'c', '=true')],
    ['a_b: Must have a condition'],
  ],
  [
    'who sends a message publishes it or has a job',
    [element('sendTask', 'a'), throwEvent('b', '<bpmn:messageEventDefinition />')],
    ['a', 'b'].map(
      (id) => `${id}: Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element`,
    ),
  ],
  [
    'a message that is sent has a name',
    [throwEvent('a', extensions(taskDefinition('x')) + onMessage(''))],
    ['message_: Name must be present and not empty'],
  ],
  [
    'a script task has one thing to do',
    [
      element(
        'scriptTask',
        'a',
        extensions('<zeebe:script expression="=1" resultVariable="b" />', taskDefinition('x')),
      ),
    ],
    ["a: Must have either one 'zeebe:script' or one 'zeebe:taskDefinition' extension element"],
  ],
  [
    'a service task has one job',
    [element('serviceTask', 'a', extensions(taskDefinition('x'), taskDefinition('y')))],
    ["a: Must have exactly one 'zeebe:taskDefinition' extension element"],
  ],
  [
    'what counts once is written once',
    [
      serviceTask('a', 'x', headers, headers),
      element('task', 'b', extensions(mapping({ b: '=1' }), mapping({ c: '=1' }))),
      element('userTask', 'c', extensions(camunda, camunda)),
    ],
    [
      `a: Must have exactly one 'zeebe:taskHeaders' extension element when exists. ${twice}`,
      `b: Must have exactly one 'zeebe:ioMapping' extension element when exists. ${twice}`,
      `c: Must have exactly one 'zeebe:userTask' extension element when exists. ${twice}`,
    ],
  ],
  [
    'a version tag goes with its binding, and a binding with its tag',
    [
      callActivity('a', 'p', 'bindingType="versionTag" versionTag=" "'),
      callActivity('b', 'p', 'bindingType="deployment" versionTag="v1"'),
      callActivity('c', 'p', 'versionTag="v1"'),
      callActivity('d', 'p', 'bindingType="versionTag" versionTag="v1"'),
    ],
    [
      "a > extensionElements > calledElement: Attribute 'versionTag' must be present and not empty if 'bindingType' is 'versionTag'",
      "b > extensionElements > calledElement: Attribute 'versionTag' may only be used if 'bindingType' is 'versionTag'",
      "c > extensionElements > calledElement: Attribute 'versionTag' may only be used if 'bindingType' is 'versionTag'",
    ],
  ],
  [
    'a job worker’s task names its form by id or by key',
    [form('formId="f" formKey="k"')],
    [
      "a > extensionElements > formDefinition: Exactly one of the attributes 'formId, formKey' must be present and not blank",
    ],
  ],
  [
    'a task of Camunda’s own names its form by id or by a reference',
    [form('formKey="k"', camunda)],
    [
      "a > extensionElements > formDefinition: Exactly one of the attributes 'formId, externalReference' must be present and not blank for native user tasks",
    ],
  ],
  ['what the other kind of task would read does not count', [form('formId="f" formKey="k"', camunda)], []],
  [
    'task listeners listen to tasks of Camunda’s own',
    [element('userTask', 'a', extensions(taskListeners('x', 'creating')))],
    ['a > extensionElements > taskListeners: Task listeners are only allowed on Camunda user tasks.'],
  ],
  [
    'a listener says when it is called',
    [element('task', 'a', extensions(listeners('')))],
    [
      "a > extensionElements > executionListeners > executionListener: Attribute 'eventType' must be present and not empty",
    ],
  ],
  [
    'an error that is thrown is one',
    [end('a', '<bpmn:errorEventDefinition id="thrown" />')],
    ['thrown: Must reference an error'],
  ],
  [
    'a timer is of one type',
    [
      serviceTask('w', 'x'),
      boundary(
        'a',
        'w',
        onTimer('PT1H').replace(
          '</bpmn:timerEventDefinition>',
          '<bpmn:timeDate>2030-01-01T00:00:00Z</bpmn:timeDate>$&',
        ),
      ),
    ],
    ['a > timerEventDefinition: Must be exactly one type of timer: timeDuration, timeDate or timeCycle'],
  ],
  [
    'a receive task does not wait for what its boundary event waits for',
    [element('receiveTask', 'a', '', 'messageRef="message_m"'), boundary('b', 'a', onMessage('m'))],
    ['a: Cannot reference the same message name as a boundary event'],
  ],
  [
    'an event sub-process interrupts no ad-hoc sub-process',
    [
      adHoc(
        'a',
        {},
        serviceTask('w', 'x'),
        eventSubProcess('b', start('b0', onSignal('s')), end('b1'), path('b0', 'b1')),
        eventSubProcess('c', start('c0', onTimer('PT1H'), 'isInterrupting="false"'), end('c1'), path('c0', 'c1')),
      ),
    ],
    ['b: An interrupting event subprocess is not allowed inside an ad-hoc subprocess'],
  ],
  [
    'a list of candidates has no gaps',
    [element('userTask', 'a', extensions('<zeebe:assignmentDefinition candidateGroups="1,," />'))],
    [
      "a > extensionElements > assignmentDefinition: Expected static value to be a list of comma-separated values, e.g. 'a,b,c', but found '1,,'.",
    ],
  ],
  ['an element has an id', ['<bpmn:task />'], ['it > task: Link id must be present and not empty.']],
  [
    'the default flow may have a condition, though it is not asked for',
    [
      element('exclusiveGateway', 'a', '', 'default="a_b"'),
      end('b'),
      end('c'),
      flow('a', 'b', '=true'),
      flow('a', 'c', '=true'),
    ],
    [],
  ],
  ['an error that is caught may be any', [serviceTask('w', 'x'), boundary('a', 'w', onError())], []],
];

for (const [title, content, expected] of rules) {
  test(title, async (t) => t.deepEqual(await problems(content), expected));
}
