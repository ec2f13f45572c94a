/** Small BPMN models for tests, written as the text that they are. */

export interface ModelOptions {
  /** Message name to correlation key expression; null for messages that only start processes. */
  messages?: Record<string, string | null>;
  /** Error codes that events refer to. */
  errors?: string[];
  /** Signal names; the id of `=…` is `signal_` with what follows. */
  signals?: string[];
  /** Escalation codes; ids as with signals. */
  escalations?: string[];
}

export function definitions(
  content: string,
  { messages = {}, errors = [], signals = [], escalations = [] }: ModelOptions = {},
): string {
  const declared = Object.entries(messages).map(([name, key]) => {
    const subscription = key === null ? '' : extensions(`<zeebe:subscription correlationKey="${escape(key)}" />`);
    return `<bpmn:message id="message_${name}" name="${name}">${subscription}</bpmn:message>`;
  });
  const codes = errors.map((code) => `<bpmn:error id="error_${idOf(code)}" errorCode="${escape(code)}" />`);
  const named = [
    ...signals.map((name) => `<bpmn:signal id="signal_${idOf(name)}" name="${escape(name)}" />`),
    ...escalations.map((code) => `<bpmn:escalation id="escalation_${idOf(code)}" escalationCode="${escape(code)}" />`),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://example.org">
${[...declared, ...codes, ...named].join('\n')}
${content}
</bpmn:definitions>`;
}

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const process = (id: string, ...content: string[]): string =>
  `<bpmn:process id="${id}" isExecutable="true">${content.join('\n')}</bpmn:process>`;

/** One process in a file of its own. */
export const model = (id: string, content: string[], options?: ModelOptions): string =>
  definitions(process(id, ...content), options);

export const element = (type: string, id: string, inside = '', attributes = ''): string =>
  `<bpmn:${type} id="${id}" ${attributes}>${inside}</bpmn:${type}>`;

export const extensions = (...inside: string[]): string =>
  `<bpmn:extensionElements>${inside.join('')}</bpmn:extensionElements>`;

/** Sequence flows along the named elements; a flow's id is `from_to`. */
export const path = (...ids: string[]): string =>
  ids
    .slice(1)
    .map((to, index) => flow(ids[index]!, to))
    .join('');

export function flow(from: string, to: string, condition?: string): string {
  const inside = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:conditionExpression>`
    : '';
  return `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inside}</bpmn:sequenceFlow>`;
}

export const start = (id = 'start', inside = '', attributes = ''): string =>
  element('startEvent', id, inside, attributes);
export const end = (id = 'end', inside = ''): string => element('endEvent', id, inside);

export const taskDefinition = (type: string, retries = '3'): string =>
  `<zeebe:taskDefinition type="${type}" retries="${retries}" />`;

export const serviceTask = (id: string, type: string, ...more: string[]): string =>
  element('serviceTask', id, extensions(taskDefinition(type), ...more));

export const userTask = (id: string, ...more: string[]): string =>
  element('userTask', id, extensions('<zeebe:userTask />', ...more));

export const mapping = (inputs: Record<string, string>, outputs: Record<string, string> = {}): string => {
  const list = (kind: string, entries: Record<string, string>) =>
    Object.entries(entries).map(
      ([target, source]) => `<zeebe:${kind} source="${escape(source)}" target="${target}" />`,
    );
  return `<zeebe:ioMapping>${[...list('input', inputs), ...list('output', outputs)].join('')}</zeebe:ioMapping>`;
};

export const taskListeners = (type: string, ...events: string[]): string =>
  listeners(
    'task',
    events.map((event) => [event, type]),
  );

/** Listeners of one kind with a job type each. */
export function listeners(kind: 'execution' | 'task', list: [event: string, type: string][]): string {
  if (list.length === 0) return '';
  const each = list.map(([event, type]) => `<zeebe:${kind}Listener eventType="${event}" type="${type}" />`);
  return `<zeebe:${kind}Listeners>${each.join('')}</zeebe:${kind}Listeners>`;
}

export const onMessage = (name: string): string => `<bpmn:messageEventDefinition messageRef="message_${name}" />`;
export const onError = (code?: string): string =>
  code === undefined ? '<bpmn:errorEventDefinition />' : `<bpmn:errorEventDefinition errorRef="error_${idOf(code)}" />`;
const idOf = (name: string): string => name.replaceAll(/[^a-zA-Z0-9]/g, '');
export const onSignal = (name: string): string => `<bpmn:signalEventDefinition signalRef="signal_${idOf(name)}" />`;
export const onEscalation = (code?: string): string =>
  code === undefined
    ? '<bpmn:escalationEventDefinition />'
    : `<bpmn:escalationEventDefinition escalationRef="escalation_${idOf(code)}" />`;
export const link = (name: string): string => `<bpmn:linkEventDefinition name="${name}" />`;
export const compensate = (attributes = ''): string => `<bpmn:compensateEventDefinition ${attributes} />`;
export const terminating = '<bpmn:terminateEventDefinition />';

export function onCondition(condition: string, filter = ''): string {
  const body = `<bpmn:condition xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:condition>`;
  const filtered = filter ? extensions(`<zeebe:conditionalFilter ${filter} />`) : '';
  return `<bpmn:conditionalEventDefinition>${filtered}${body}</bpmn:conditionalEventDefinition>`;
}

/** A duration, date or cycle, told apart by how it begins. */
export function onTimer(expression: string, kind?: 'timeDate' | 'timeDuration' | 'timeCycle'): string {
  const found =
    kind ?? (expression.startsWith('R') ? 'timeCycle' : expression.startsWith('P') ? 'timeDuration' : 'timeDate');
  const body = escape(expression);
  return `<bpmn:timerEventDefinition><bpmn:${found} xsi:type="bpmn:tFormalExpression">${body}</bpmn:${found}></bpmn:timerEventDefinition>`;
}

export const catchEvent = (id: string, inside: string): string => element('intermediateCatchEvent', id, inside);

export const throwEvent = (id: string, inside: string): string => element('intermediateThrowEvent', id, inside);

/** Attaches a handler to an activity by a compensation event and its association. */
export const undo = (host: string, handler: string): string =>
  `${boundary(`undo_${host}`, host, compensate())}${handler}` +
  `<bpmn:association id="undo_${host}_by" sourceRef="undo_${host}" targetRef="${idIn(handler)}" associationDirection="One" />`;
const idIn = (xml: string): string => / id="([^"]+)"/.exec(xml)![1]!;

/** Marks an activity as one that only compensation invokes. */
export const forCompensation = (xml: string): string => xml.replace(' id=', ' isForCompensation="true" id=');

export const boundary = (id: string, host: string, inside: string, cancels = true): string =>
  element('boundaryEvent', id, inside, `attachedToRef="${host}" cancelActivity="${cancels}"`);

export const subProcess = (id: string, ...content: string[]): string => element('subProcess', id, content.join(''));

export const eventSubProcess = (id: string, ...content: string[]): string =>
  element('subProcess', id, content.join(''), 'triggeredByEvent="true"');

export const callActivity = (id: string, processId: string, attributes = '', ...more: string[]): string =>
  element('callActivity', id, extensions(`<zeebe:calledElement processId="${processId}" ${attributes} />`, ...more));

export interface Loop {
  inputCollection: string;
  inputElement?: string;
  outputCollection?: string;
  outputElement?: string;
  sequential?: boolean;
  completionCondition?: string;
}

export function loop({ sequential = false, completionCondition, ...attributes }: Loop): string {
  const given = Object.entries(attributes).map(([name, value]) => `${name}="${escape(value)}"`);
  const condition = completionCondition
    ? `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(completionCondition)}</bpmn:completionCondition>`
    : '';
  return `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}">${extensions(
    `<zeebe:loopCharacteristics ${given.join(' ')} />`,
  )}${condition}</bpmn:multiInstanceLoopCharacteristics>`;
}

export interface AdHoc {
  active?: string;
  condition?: string;
  cancels?: boolean;
  output?: [collection: string, element: string];
  job?: string;
  more?: string;
}

export function adHoc(
  id: string,
  { active, condition, cancels, output, job, more = '' }: AdHoc,
  ...content: string[]
): string {
  const given = {
    ...(active && { activeElementsCollection: active }),
    ...(output && { outputCollection: output[0], outputElement: output[1] }),
  };
  const attributes = Object.entries(given).map(([name, value]) => `${name}="${escape(value)}"`);
  const ends = condition
    ? `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:completionCondition>`
    : '';
  const described = extensions(`<zeebe:adHoc ${attributes.join(' ')} />`, job ? taskDefinition(job) : '', more);
  const cancel = cancels === undefined ? '' : `cancelRemainingInstances="${cancels}"`;
  return element('adHocSubProcess', id, [described, ...content, ends].join(''), cancel);
}
