import test from 'ava';
import {
  element,
  end,
  extensions,
  flow,
  loop,
  mapping,
  model,
  path,
  start,
  taskDefinition,
  userTask,
} from '../testing/model.ts';
import { parseProcesses } from './parse-process.ts';

async function messages(...content: string[]): Promise<string[]> {
  const { problems } = await parseProcesses(model('checked', [start(), ...content, end(), path('start', 'it', 'end')]));
  return problems.map(({ message }) => message);
}

const listeners = (...events: string[]) =>
  `<zeebe:executionListeners>${events
    .map((event) => `<zeebe:executionListener eventType="${event}" type="same" />`)
    .join('')}</zeebe:executionListeners>`;
const task = (...inside: string[]) => element('serviceTask', 'it', extensions(taskDefinition('work'), ...inside));

const headers = (...keys: string[]) =>
  `<zeebe:taskHeaders>${keys.map((key) => `<zeebe:header key="${key}" value="1" />`).join('')}</zeebe:taskHeaders>`;

const cases: [title: string, content: string, message: string][] = [
  [
    'an output that is no expression',
    task(mapping({}, { a: 'text' })),
    "Expected expression but found static value 'text'. An expression must start with '=' (e.g. '=text').",
  ],
  ['an output without source', task(mapping({}, { a: '' })), 'Expected expression but not found.'],
  [
    'a target that is no path',
    task(mapping({ 'a b': '=1' })),
    "Expected path expression 'a b' but doesn't match the pattern '[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*'.",
  ],
  [
    'a target that is a word of FEEL',
    task(mapping({ null: '=1' })),
    "Expected path expression 'null' but is one of the reserved words (null, true, false, function, if, then, else, for, between, instance, of).",
  ],
  [
    'the same listener twice',
    task(listeners('start', 'start')),
    "Found '2' duplicates based on eventType[start] and type[same], these combinations should be unique.",
  ],
  [
    'an end listener of a gateway',
    element('exclusiveGateway', 'it', extensions(listeners('end'))),
    "Execution listeners of type 'end' are not supported by gateway element",
  ],
  [
    'an unknown binding',
    element('callActivity', 'it', extensions('<zeebe:calledElement processId="p" bindingType="newest" />')),
    "Attribute 'bindingType' must be one of: deployment, latest, versionTag",
  ],
  [
    'a due date that is none',
    userTask('it', '<zeebe:taskSchedule dueDate="soon" />'),
    "Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found 'soon'.",
  ],
  [
    'a priority that is no number',
    userTask('it', '<zeebe:priorityDefinition priority="high" />'),
    "Expected static value to be a valid Number between 0 and 100, but found 'high'.",
  ],
  [
    'a priority that is too high',
    userTask('it', '<zeebe:priorityDefinition priority="101" />'),
    "Priority must be a number between 0 and 100, but was '101'",
  ],
  [
    'a header of a reserved name',
    task(headers('io.camunda.zeebe:a')),
    "Attribute 'key' contains 'io.camunda.zeebe:a', but header keys starting with 'io.camunda.zeebe:' are reserved for internal use.",
  ],
  ['the same header twice', task(headers('a', 'b', 'a')), "Headers contain duplicate entries for key 'a'"],
  [
    'a very long id',
    `${task()}${element('task', 'x'.repeat(32_768))}`,
    'IDs must not be longer than the configured max-id-length of 32767 characters.',
  ],
  [
    'a very long name',
    element('task', 'it', '', `name="${'x'.repeat(32_768)}"`),
    'Names must not be longer than the configured max-name-length of 32767 characters.',
  ],
  [
    'a very long job type',
    element('serviceTask', 'it', extensions(taskDefinition('x'.repeat(32_768)))),
    'Worker types must not be longer than the configured max-worker-type-length of 32767 characters.',
  ],
];

for (const [title, content, message] of cases) {
  test(`${title} is refused in Zeebe’s words`, async (t) => t.deepEqual(await messages(content), [message]));
}

test('what is as it should be passes', async (t) => {
  const good = task(mapping({ 'a.b': '=1', c: 'text' }, { d: '=a' }), listeners('start', 'end'));
  t.deepEqual(await messages(good), []);
  const looped = element('serviceTask', 'it', extensions(taskDefinition('work')) + loop({ inputCollection: '=[1]' }));
  t.deepEqual(await messages(looped), []);
});

test('a flow to or from what is no flow node is refused, for no token could ever be there', async (t) => {
  const data = '<bpmn:dataObject id="data" />';
  const lane = '<bpmn:laneSet id="lanes"><bpmn:lane id="lane" /></bpmn:laneSet>';
  const itself = '<bpmn:sequenceFlow id="itself" sourceRef="start" targetRef="itself" />';
  for (const id of ['checked', 'start_it', 'data', 'lane', 'itself', 'nowhere']) {
    const to = flow('it', id);
    t.true(
      (await messages(task(), data, lane, itself, to)).includes(
        `SequenceFlow has targetRef '${id}' which cannot be resolved`,
      ),
      id,
    );
    const from = flow(id, 'it');
    t.true(
      (await messages(task(), data, lane, itself, from)).includes(
        `SequenceFlow has sourceRef '${id}' which cannot be resolved`,
      ),
      id,
    );
  }
});
