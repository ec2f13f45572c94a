import type { Binding, ElementSpec, ListenerSpec, LoopSpec, Mapping, UserTaskSpec } from './element-spec.ts';
import { extension, extensionsOf, type Moddle } from './moddle.ts';
import { readAdHoc } from './read-ad-hoc.ts';
import { readEvent } from './read-event.ts';
import { readHeaders, readJob, readMessage } from './read-parts.ts';
import { identifierOf, type Problem } from './complaint.ts';

const jobTypes = new Set(['SERVICE_TASK', 'SEND_TASK', 'USER_TASK', 'BUSINESS_RULE_TASK', 'SCRIPT_TASK']);
const eventTypes = new Set([
  'START_EVENT',
  'END_EVENT',
  'BOUNDARY_EVENT',
  'INTERMEDIATE_CATCH_EVENT',
  'INTERMEDIATE_THROW_EVENT',
]);

/** Reads what a BPMN node says by itself; links between nodes are made by the process's reader. */
export function readElement(node: Moddle, spec: ElementSpec): Problem[] {
  const problems: Problem[] = [];
  readMappings(node, spec);
  if (node.loopCharacteristics) problems.push(...readLoop(node, spec));
  if (jobTypes.has(spec.type)) readTask(node, spec);
  if (eventTypes.has(spec.type)) problems.push(...readEvent(node, spec));
  if (spec.type === 'RECEIVE_TASK') readReceiveTask(node, spec);
  if (spec.type === 'SEQUENCE_FLOW' && node.conditionExpression) {
    spec.condition = (node.conditionExpression.body ?? '').trim();
  }
  if (spec.type === 'CALL_ACTIVITY') readCalledElement(node, spec);
  if (spec.type === 'AD_HOC_SUB_PROCESS') readAdHoc(node, spec);
  readExecutionListeners(node, spec);
  if (node.isForCompensation) spec.forCompensation = true;
  return problems;
}

function readMappings(node: Moddle, spec: ElementSpec): void {
  const mapping = extension(node, 'zeebe:IoMapping');
  const read = (parameters: Moddle[] | undefined, otherwise: string): Mapping[] | undefined =>
    parameters?.length
      ? parameters.map(({ source, target }) => ({ source: source || otherwise, target: target ?? '' }))
      : undefined;
  // an input without a source hides what is further out (Camunda 8.8)
  spec.inputs = read(mapping?.inputParameters, '=null');
  spec.outputs = read(mapping?.outputParameters, '');
}

function readTask(node: Moddle, spec: ElementSpec): void {
  spec.job = readJob(node);
  const script = extension(node, 'zeebe:Script');
  if (script) spec.script = { expression: script.expression ?? '', resultVariable: script.resultVariable ?? '' };
  const decision = extension(node, 'zeebe:CalledDecision');
  if (decision) {
    spec.decision = {
      decisionId: decision.decisionId ?? '',
      resultVariable: decision.resultVariable ?? '',
      binding: (decision.bindingType ?? 'latest') as Binding,
      versionTag: decision.versionTag ?? null,
    };
  }
  if (spec.type === 'USER_TASK') readUserTask(node, spec);
}

function readUserTask(node: Moddle, spec: ElementSpec): void {
  const assignment = extension(node, 'zeebe:AssignmentDefinition');
  const schedule = extension(node, 'zeebe:TaskSchedule');
  const form = extension(node, 'zeebe:FormDefinition');
  const userTask: UserTaskSpec = {
    assignee: assignment?.assignee ?? null,
    candidateGroups: assignment?.candidateGroups ?? null,
    candidateUsers: assignment?.candidateUsers ?? null,
    dueDate: schedule?.dueDate ?? null,
    followUpDate: schedule?.followUpDate ?? null,
    priority: extension(node, 'zeebe:PriorityDefinition')?.priority ?? null,
    formId: form?.formId ?? null,
    formBinding: (form?.bindingType ?? 'latest') as Binding,
    formVersionTag: form?.versionTag ?? null,
    externalReference: form?.externalReference ?? null,
    headers: readHeaders(node),
  };
  spec.userTask = userTask;
  if (extension(node, 'zeebe:UserTask')) {
    spec.taskListeners = readListeners(extension(node, 'zeebe:TaskListeners'));
    return;
  }
  // A job-worker user task: the attributes travel as headers (docs: "User tasks > Job worker implementation")
  spec.job = { type: 'io.camunda.zeebe:userTask', retries: spec.job?.retries ?? '1', headers: readHeaders(node) };
  if (form?.formKey) spec.job.headers['io.camunda.zeebe:formKey'] = form.formKey;
}

function readListeners(listeners: Moddle | undefined): ListenerSpec[] | undefined {
  const values = (listeners?.listeners ?? []) as Moddle[];
  if (values.length === 0) return undefined;
  return values.map((listener) => ({
    event: listenerEvent(listener.eventType ?? ''),
    type: listener.type ?? '',
    retries: listener.retries || '3',
    headers: Object.fromEntries(
      ((listener.headers?.values ?? []) as { key: string; value?: string }[]).map(({ key, value }) => [
        key,
        value ?? '',
      ]),
    ),
  }));
}

/** The deprecated names of 8.7 still come from older modelers. */
const olderNames: Record<string, string> = {
  create: 'creating',
  assignment: 'assigning',
  update: 'updating',
  complete: 'completing',
  cancel: 'canceling',
};

function listenerEvent(name: string): ListenerSpec['event'] {
  return (olderNames[name] ?? name).toUpperCase() as ListenerSpec['event'];
}

function readExecutionListeners(node: Moddle, spec: ElementSpec): void {
  spec.executionListeners = readListeners(extension(node, 'zeebe:ExecutionListeners'));
}

function readReceiveTask(node: Moddle, spec: ElementSpec): void {
  const message = node.messageRef as Moddle | undefined;
  spec.event = { kind: 'message' };
  if (message) spec.event.message = readMessage(message);
}

function readCalledElement(node: Moddle, spec: ElementSpec): void {
  const called = extension(node, 'zeebe:CalledElement');
  if (!called) return;
  spec.called = {
    processId: called.processId ?? '',
    propagateAllChildVariables: called.propagateAllChildVariables ?? true,
    propagateAllParentVariables: called.propagateAllParentVariables ?? true,
    binding: (called.bindingType ?? 'latest') as Binding,
    versionTag: called.versionTag ?? null,
  };
}

function readLoop(node: Moddle, spec: ElementSpec): Problem[] {
  const loop = node.loopCharacteristics as Moddle;
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    return [{ elementId: spec.id, message: 'Elements with standard loop characteristics are not supported' }];
  }
  const characteristics = extension(loop, 'zeebe:LoopCharacteristics');
  if (!characteristics || extensionsOf(loop, 'zeebe:LoopCharacteristics').length > 1) {
    const message = "Must have exactly one 'zeebe:loopCharacteristics' extension element";
    return [{ elementId: identifierOf(loop), message }];
  }
  const read: LoopSpec = {
    sequential: loop.isSequential === true,
    inputCollection: characteristics.inputCollection ?? '',
    inputElement: characteristics.inputElement ?? null,
    outputCollection: characteristics.outputCollection ?? null,
    outputElement: characteristics.outputElement ?? null,
    completionCondition: loop.completionCondition?.body ?? null,
  };
  spec.loop = read;
  return [];
}
