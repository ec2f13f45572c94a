import test from 'ava';
import {
  boundary,
  element,
  end,
  flow,
  model,
  onTimer,
  path,
  serviceTask,
  start,
  throwEvent,
} from '../testing/model.ts';
import { parseProcesses } from './parse-process.ts';

const parse = (...content: string[]) =>
  parseProcesses(model('it', [start(), serviceTask('a', 'work'), end(), path('start', 'a', 'end'), ...content]));

async function problems(...content: string[]): Promise<string[]> {
  return (await parse(...content)).problems.map(({ elementId, message }) => `${elementId}: ${message}`);
}

const drawing = (of: string) =>
  `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane bpmnElement="${of}" /></bpmndi:BPMNDiagram>`;

test('a drawing of what is no longer there is deployed: no token follows it', async (t) => {
  const xml = model('it', [start(), end(), path('start', 'end')]);
  const { problems: found } = await parseProcesses(
    xml.replace('</bpmn:definitions>', `${drawing('gone')}</bpmn:definitions>`),
  );
  t.deepEqual(found, []);
});

test('associations to what is gone, incoming flows and types that are not declared are left alone', async (t) => {
  const association = '<bpmn:association id="note" sourceRef="a" targetRef="gone" />';
  const task = element('task', 'b', '<bpmn:incoming>gone</bpmn:incoming>');
  const property = '<bpmn:property id="p" itemSubjectRef="xsd:string" />';
  const looked = element('userTask', 'c', property, 'xmlns:xsd="http://www.w3.org/2001/XMLSchema"');
  t.deepEqual(await problems(association, task, looked, path('a', 'b', 'c')), []);
});

test('an outgoing flow that is not there fails the file in the words of Camunda’s model API', async (t) => {
  const failure = { message: 'Unable to find a model element instance for id gone' };
  const leaving = element('task', 'b', '<bpmn:outgoing>gone</bpmn:outgoing>');
  await t.throwsAsync(parse(leaving, path('a', 'b')), failure);
  const entered = boundary('b', 'a', `<bpmn:incoming>gone</bpmn:incoming>${onTimer('PT1S')}`);
  await t.throwsAsync(parse(entered, flow('b', 'end')), failure);
});

test('an event that refers to nothing is as one that refers to none', async (t) => {
  const caught = element('intermediateCatchEvent', 'b', '<bpmn:messageEventDefinition id="m" messageRef="gone" />');
  const thrown = throwEvent('c', '<bpmn:signalEventDefinition id="s" signalRef="gone" />');
  t.deepEqual(await problems(caught, thrown, path('a', 'b', 'c')), [
    'm: Must reference a message',
    's: Must reference a signal',
  ]);
  const lost = element('boundaryEvent', 'd', onTimer('PT1S'), 'attachedToRef="gone"');
  t.deepEqual(await problems(lost, flow('d', 'end')), ['d: Must be attached to an activity']);
});

test('a default flow and a lane that name what is not there are refused', async (t) => {
  const gateway = element('exclusiveGateway', 'g', '', 'default="gone"');
  const lane =
    '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>gone</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
  t.deepEqual(await problems(gateway, lane, path('a', 'g')), [
    "g: Unresolved reference 'gone' in 'default'",
    "lane: Unresolved reference 'gone' in 'flowNodeRef'",
  ]);
});

test('a flow is told once where it leads nowhere, says no end, or leads to what is refused itself', async (t) => {
  const lost = '<bpmn:sequenceFlow id="lost" sourceRef="a" targetRef="gone" />';
  t.deepEqual(await problems(lost), ["lost: SequenceFlow has targetRef 'gone' which cannot be resolved"]);
  t.deepEqual(await problems('<bpmn:sequenceFlow id="f" />'), [
    'f: SequenceFlow is missing required attribute sourceRef',
    'f: SequenceFlow is missing required attribute targetRef',
  ]);
  const [first, ...more] = await problems(element('complexGateway', 'g'), path('a', 'g', 'end'));
  t.regex(first!, /^g: Elements of type 'ComplexGateway' are currently not supported/);
  t.deepEqual(more, []);
});
