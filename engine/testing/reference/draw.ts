import * as m from '../model.ts';
import { outputsOf, secondsOf, watchedBy, type Flow, type Part } from './plan.ts';

export const errorCode = 'oops';
export const escalationCode = 'up';
export const signalName = 'go';

/** A planned process as BPMN, with the messages that it waits for. */
export function draw(process: Part): string {
  const content = own(drawListeners(process)) + inside(process);
  const names = [...content.matchAll(/messageRef="message_(\w+)"/g)].map(([, name]) => [name!, '="k"']);
  return m.definitions(m.process(process.id, content), {
    messages: Object.fromEntries(names),
    errors: [errorCode],
    signals: [signalName],
    escalations: [escalationCode],
  });
}

function inside(scope: Part): string {
  const flows = scope.inside.flatMap(({ outs }) => outs).map(drawFlow);
  const undone = scope.inside.flatMap(({ undo }) => undo ?? []);
  const parts = scope.inside.filter((part) => !undone.includes(part));
  return parts.map(drawPart).join('') + flows.join('');
}

function drawFlow({ from, to, taken, usual }: Flow): string {
  const isChoice = from.type === 'xor' || from.type === 'or';
  return m.flow(from.id, to.id, isChoice && from.outs.length > 1 && !usual ? `=${taken}` : undefined);
}

function drawPart(part: Part): string {
  const own = drawAlone(part);
  if (!part.undo) return own;
  return own + m.undo(part.id, m.forCompensation(m.serviceTask(part.undo.id, part.undo.id)));
}

function drawAlone(part: Part): string {
  const { id, type } = part;
  const listeners = drawListeners(part);
  switch (type) {
    case 'scope':
      return m.element('subProcess', id, own(listeners) + inside(part) + drawLoop(part));
    case 'handler':
      return m.eventSubProcess(id, own(listeners), inside(part));
    case 'adhoc':
      return drawAdHoc(part);
    case 'call': {
      const given = `propagateAllParentVariables="${part.down}" propagateAllChildVariables="${part.up}"`;
      return m.callActivity(id, 'c', given, listeners);
    }
    case 'job':
      return m.element(
        'serviceTask',
        id,
        m.extensions(m.taskDefinition(id), drawMappings(part), listeners) + drawLoop(part),
      );
    case 'task':
      return m.userTask(id, part.assigned ? '<zeebe:assignmentDefinition assignee="model" />' : '', listeners);
    case 'start':
      return m.start(id, drawEvent(part), part.on === 'none' ? '' : `isInterrupting="${part.interrupting}"`);
    case 'end':
      return m.end(id, own(listeners) + drawEvent(part));
    case 'throw':
      return m.throwEvent(id, own(listeners) + drawEvent(part));
    case 'catch':
      return m.catchEvent(id, own(listeners) + drawEvent(part));
    case 'boundary': {
      const host = part.around!.inside.find(({ events }) => events.includes(part))!;
      return m.boundary(id, host.id, drawEvent(part), part.interrupting);
    }
    default:
      return drawGateway(part);
  }
}

function drawGateway({ id, type, outs }: Part): string {
  const types = { xor: 'exclusiveGateway', and: 'parallelGateway', or: 'inclusiveGateway', race: 'eventBasedGateway' };
  const usual = outs.find((flow) => flow.usual);
  return m.element(types[type as keyof typeof types], id, '', usual ? `default="${id}_${usual.to.id}"` : '');
}

function drawMappings(part: Part): string {
  const { id, mapped } = part;
  if (!mapped) return '';
  const outputs = outputsOf(part).map((name): [string, string] => [name, `=v_${id}`]);
  return m.mapping({ [`in_${id}`]: '=base + 1' }, Object.fromEntries(outputs));
}

function drawLoop({ id, type, mapped, loop }: Part): string {
  if (!loop) return '';
  const items = Array.from({ length: loop.items }, (_, at) => at + 10);
  return m.loop({
    inputCollection: `=[${items.join(', ')}]`,
    inputElement: 'item',
    outputCollection: `list_${id}`,
    outputElement: type === 'job' && !mapped ? `=v_${id}` : '=item',
    sequential: loop.sequential,
    ...(loop.until && { completionCondition: `=numberOfCompletedInstances >= ${loop.until}` }),
  });
}

function drawAdHoc(part: Part): string {
  const {
    id,
    inside: [inner],
    chosen,
    until,
    cancels,
  } = part;
  const active = `=[${chosen.map((part) => `"${part.id}"`).join(', ')}]`;
  const condition = until === null ? undefined : `=count(done_${id}) >= ${until}`;
  return m.adHoc(
    id,
    { active, condition, cancels, output: [`done_${id}`, '=any'], more: drawListeners(part) },
    inside(inner!),
  );
}

const own = (listeners: string): string => (listeners ? m.extensions(listeners) : '');

/** Each has a job type of its own, so that jobs show where a process is. */
function drawListeners({ id, listens, hears }: Part): string {
  const named = (counts: object) =>
    Object.entries(counts).flatMap(([event, count]) =>
      Array.from({ length: count as number }, (_, at): [string, string] => [event, `${id}_${event}${at}`]),
    );
  return m.listeners('execution', named(listens ?? {})) + m.listeners('task', named(hears ?? {}));
}

function drawEvent(part: Part): string {
  const { id, on, link } = part;
  switch (on) {
    case 'timer':
      return m.onTimer(`PT${secondsOf(id)}S`);
    case 'message':
      return m.onMessage(id);
    case 'error':
      return m.onError(errorCode);
    case 'signal':
      return m.onSignal(signalName);
    case 'escalation':
      return m.onEscalation(escalationCode);
    case 'condition':
      return m.onCondition(`=${watchedBy(part)} > 0`);
    case 'compensation':
      return m.compensate();
    case 'terminate':
      return m.terminating;
    case 'link':
      return m.link(link ? id : id.slice(0, -2));
    default:
      return '';
  }
}
