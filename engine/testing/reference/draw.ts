import * as m from '../model.ts';
import { interrupts, secondsOf, type Named, type NamedTree, type Trigger } from './process-tree.ts';

interface Drawn {
  xml: string;
  first: string;
  last: string;
}

export const errorCode = 'oops';
export const calledId = 'c';

const timerOf = (elementId: string) => m.onTimer(`PT${secondsOf(elementId)}S`);

function eventOf(elementId: string, { on }: Trigger): string {
  if (on === 'timer') return timerOf(elementId);
  return on === 'message' ? m.onMessage(elementId) : m.onError(errorCode);
}

/** The tree as BPMN, and the messages that it waits for. */
export function draw(tree: NamedTree): string {
  const messages: Record<string, string> = {};
  const content = drawScope(tree.id, tree.body, tree.handler);
  for (const [, name] of content.matchAll(/messageRef="message_(\w+)"/g)) messages[name!] = '="k"';
  return m.definitions(m.process(tree.id, content), { messages, errors: [errorCode] });
}

function drawScope(id: string, body: Named[], handler: Trigger | null): string {
  const inside = drawSequence(body);
  const [start, end] = [`${id}_s`, `${id}_t`];
  const frame = m.start(start) + inside.xml + m.end(end) + m.path(start, inside.first) + m.path(inside.last, end);
  return handler ? frame + drawHandler(`${id}_h`, handler) : frame;
}

function drawHandler(id: string, handler: Trigger): string {
  const [start, job, end] = [`${id}s`, `${id}j`, `${id}e`];
  const on = m.start(start, eventOf(start, handler), `isInterrupting="${interrupts(handler)}"`);
  return m.eventSubProcess(id, on, m.serviceTask(job, job), m.end(end), m.path(start, job, end));
}

function drawSequence(nodes: Named[]): Drawn {
  const drawn = nodes.map(drawNode);
  const links = drawn.slice(1).map((next, index) => m.path(drawn[index]!.last, next.first));
  return {
    xml: drawn.map(({ xml }) => xml).join('') + links.join(''),
    first: drawn[0]!.first,
    last: drawn.at(-1)!.last,
  };
}

const simple = (id: string, xml: string): Drawn => ({ xml, first: id, last: id });

function drawNode(node: Named): Drawn {
  const { id } = node;
  switch (node.kind) {
    case 'job':
      return watched(id, drawJob(node), node.boundary);
    case 'task':
      return watched(id, m.userTask(id), node.boundary);
    case 'timer':
      return simple(id, m.catchEvent(id, timerOf(id)));
    case 'message':
      return simple(id, m.catchEvent(id, m.onMessage(id)));
    case 'race':
      return drawRace(id);
    case 'fork':
      return drawBranches(id, 'parallelGateway', node.branches, () => undefined);
    case 'some':
      return drawBranches(id, 'inclusiveGateway', node.branches, (at) => (at === 0 ? undefined : `=${node.taken[at]}`));
    case 'choice':
      return drawBranches(id, 'exclusiveGateway', node.branches, (at) => (at === 0 ? undefined : `=${!node.first}`));
    case 'scope':
      return watched(id, m.subProcess(id, drawScope(id, node.body, node.handler)), node.boundary);
    case 'call':
      return watched(id, m.callActivity(id, calledId), node.boundary);
  }
}

function drawJob({ id, mapped, items, sequential }: Extract<Named, { kind: 'job' }>): string {
  const io = mapped ? m.mapping({ [`in_${id}`]: '=base + 1' }, { [`out_${id}`]: `=v_${id}` }) : '';
  const list = items === 0 ? '' : drawLoop(id, items, sequential);
  return m.element('serviceTask', id, m.extensions(m.taskDefinition(id), io) + list);
}

const drawLoop = (id: string, items: number, sequential: boolean) =>
  m.loop({
    inputCollection: `=[${Array.from({ length: items }, (_, at) => at + 10).join(', ')}]`,
    inputElement: 'item',
    outputCollection: `list_${id}`,
    outputElement: '=item',
    sequential,
  });

function drawRace(id: string): Drawn {
  const [timer, message, join] = [`${id}_tm`, `${id}_ms`, `${id}_j`];
  const events = m.catchEvent(timer, timerOf(timer)) + m.catchEvent(message, m.onMessage(message));
  const flows = m.path(id, timer, join) + m.path(id, message, join);
  return {
    xml: m.element('eventBasedGateway', id) + events + m.element('exclusiveGateway', join) + flows,
    first: id,
    last: join,
  };
}

/** Without a condition the first branch is the default, where the gateway has one. */
function drawBranches(
  id: string,
  type: string,
  branches: Named[][],
  condition: (at: number) => string | undefined,
): Drawn {
  const join = `${id}_j`;
  const drawn = branches.map(drawSequence);
  const usual = type === 'parallelGateway' ? '' : `default="${id}_${drawn[0]!.first}"`;
  const flows = drawn.map(({ first, last }, at) => m.flow(id, first, condition(at)) + m.path(last, join));
  const xml = m.element(type, id, '', usual) + m.element(type, join) + drawn.map((each) => each.xml).join('');
  return { xml: xml + flows.join(''), first: id, last: join };
}

/** An interrupting event leads to where the activity would have led, another one to a job of its own. */
function watched(id: string, xml: string, boundary: Trigger | null): Drawn {
  if (!boundary) return simple(id, xml);
  const event = `${id}_b`;
  const on = xml + m.boundary(event, id, eventOf(event, boundary), interrupts(boundary));
  if (interrupts(boundary)) {
    const join = `${id}_j`;
    return {
      xml: on + m.element('exclusiveGateway', join) + m.path(id, join) + m.path(event, join),
      first: id,
      last: join,
    };
  }
  const [aside, end] = [`${id}_a`, `${id}_e`];
  return simple(id, on + m.serviceTask(aside, aside) + m.end(end) + m.path(event, aside, end));
}
