import { definitions, end, extensions, path, process, start, taskDefinition } from '../testing/model.ts';

/** Names that the rows' models use: the driver knows what to do with each. */
export const jobTypes = {
  /** Completed at once. */
  work: 'compatibility-work',
  /** Answered with the BPMN error CODE. */
  fail: 'compatibility-fail',
  /** Completed when everything else has had its chance. */
  late: 'compatibility-late',
};

export const messageName = (id: string): string => `message-${id}`;
export const signalName = (id: string): string => `signal-${id}`;

/** A file with the process and everything that its events may refer to. */
export function file(id: string, ...content: string[]): string {
  const subscription = extensions('<zeebe:subscription correlationKey="=&quot;key&quot;" />');
  return definitions(
    `<bpmn:message id="message" name="${messageName(id)}">${subscription}</bpmn:message>
<bpmn:error id="error" errorCode="CODE" /><bpmn:escalation id="escalation" escalationCode="CODE" />
<bpmn:signal id="signal" name="${signalName(id)}" />
${process(id, ...content)}`,
  );
}

/** start → the named elements → done. */
export const between = (id: string, ids: string[], ...content: string[]): string =>
  file(id, start(), ...content, end('done'), path('start', ...ids, 'done'));

export const job = (id: string, type: string, attributes = '', more = ''): string =>
  `<bpmn:serviceTask id="${id}" ${attributes}>${extensions(taskDefinition(type))}${more}</bpmn:serviceTask>`;

/** Event definitions by the word that heads their row in Camunda's list. */
export const eventDefinitions = {
  message: '<bpmn:messageEventDefinition messageRef="message" />',
  timer:
    '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>',
  error: '<bpmn:errorEventDefinition errorRef="error" />',
  signal: '<bpmn:signalEventDefinition signalRef="signal" />',
  conditional:
    '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=go = true</bpmn:condition></bpmn:conditionalEventDefinition>',
  escalation: '<bpmn:escalationEventDefinition escalationRef="escalation" />',
  compensation: '<bpmn:compensateEventDefinition />',
  cancel: '<bpmn:cancelEventDefinition />',
  terminate: '<bpmn:terminateEventDefinition />',
};
