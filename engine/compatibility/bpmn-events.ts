import { boundary, catchEvent, element, end, eventSubProcess, path, start, subProcess } from '../testing/model.ts';
import { notInCamunda, type ElementRow, type ElementTable } from './element-row.ts';
import { between, eventDefinitions, file, job, jobTypes } from './model.ts';
import type { State } from './row.ts';

type Kind = keyof typeof eventDefinitions;

const throwEvent = (id: string, inside: string) => element('intermediateThrowEvent', id, inside);
const escalate = (id: string) => throwEvent(id, eventDefinitions.escalation);
const asJob = `<bpmn:extensionElements><zeebe:taskDefinition type="${jobTypes.work}" /></bpmn:extensionElements>`;

/** What happens in a scope until the event of the kind stops it: a job that stays open, or the cause of the event itself. */
function scopeContent(kind: Kind): { content: string; first: string; last: string } {
  if (kind === 'error') return { content: job('host', jobTypes.fail), first: 'host', last: 'host' };
  if (kind === 'escalation') {
    const content = escalate('raise') + job('host', jobTypes.late) + path('raise', 'host');
    return { content, first: 'raise', last: 'host' };
  }
  return { content: job('host', jobTypes.late), first: 'host', last: 'host' };
}

const startModel = (kind: Kind) => (id: string) => {
  const definition =
    kind === 'timer' ? eventDefinitions.timer.replaceAll('timeDuration', 'timeDate') : eventDefinitions[kind];
  const due = definition.replace('PT1H', '=now() + duration("PT1H")');
  return file(id, start('event', due), end('done'), path('event', 'done'));
};

const eventSubProcessModel = (kind: Kind, interrupting: boolean) => (id: string) => {
  const { content, first, last } = scopeContent(kind);
  const trigger = start('event', eventDefinitions[kind], `isInterrupting="${interrupting}"`);
  const sub = eventSubProcess('handler', trigger, end('handled'), path('event', 'handled'));
  return file(id, start(), content, sub, end('done'), path('start', first), path(last, 'done'));
};

const boundaryModel = (kind: Kind, interrupting: boolean) => (id: string) => {
  const event = boundary('event', kind === 'escalation' ? 'scope' : 'host', eventDefinitions[kind], interrupting);
  const { content, first, last } = scopeContent(kind);
  const scoped = subProcess('scope', start('in'), content, end('out'), path('in', first), path(last, 'out'));
  const [host, id2] = kind === 'escalation' ? [scoped, 'scope'] : [content, 'host'];
  return file(
    id,
    start(),
    host!,
    event,
    end('done'),
    end('other'),
    path('start', id2!, 'done'),
    path('event', 'other'),
  );
};

const catchModel = (kind: Kind) => (id: string) => between(id, ['event'], catchEvent('event', eventDefinitions[kind]));

/** Compensation is thrown for the activity before it, an error or escalation into the scope around it. */
function thrown(type: 'endEvent' | 'intermediateThrowEvent', kind: Kind | 'none') {
  const definition = kind === 'none' ? '' : eventDefinitions[kind];
  const event = element(type, 'event', kind === 'message' ? asJob + definition : definition);
  return (id: string) => {
    if (kind === 'compensation') return compensated(id, event, type === 'endEvent');
    const tail = type === 'endEvent' ? '' : end('out') + path('event', 'out');
    const scope = subProcess('scope', start('in'), event, tail, path('in', 'event'));
    const catcher =
      kind === 'error' || kind === 'escalation'
        ? boundary('caught', 'scope', definition) + end('other') + path('caught', 'other')
        : '';
    return file(id, start(), scope, catcher, end('done'), path('start', 'scope', 'done'));
  };
}

function compensated(id: string, event: string, isEnd: boolean) {
  const undo = job('undo', jobTypes.work, 'isForCompensation="true"');
  const link = '<bpmn:association id="toUndo" associationDirection="One" sourceRef="handler" targetRef="undo" />';
  const tail = isEnd ? '' : end('done') + path('event', 'done');
  return file(
    id,
    start(),
    job('booked', jobTypes.work),
    boundary('handler', 'booked', eventDefinitions.compensation),
    undo + link,
    event + tail,
    path('start', 'booked', 'event'),
  );
}

const linkModel = (id: string) => {
  const link = '<bpmn:linkEventDefinition name="there" />';
  return file(
    id,
    start(),
    throwEvent('leaves', link),
    catchEvent('event', link),
    end('done'),
    path('start', 'leaves') + path('event', 'done'),
  );
};

const done = { event: 'COMPLETED' } as const;
const interrupted = { event: 'COMPLETED', host: 'TERMINATED' } as const;
/** The thrower is ended before its flow is taken. */
const escalated = { event: 'COMPLETED', raise: 'TERMINATED' } as const;
const both = { event: 'COMPLETED', host: 'COMPLETED' } as const;

const row = (
  name: string,
  model: ElementRow['model'],
  ends: ElementRow['ends'],
  state: State = 'full',
  note?: string,
) => ({
  name,
  state,
  note,
  model,
  ends,
});

const position = {
  start: (kind: Kind, ...rest: [State?, string?]) => row('start', startModel(kind), done, ...rest),
  eventSubProcess: (kind: Kind, ...rest: [State?, string?]) =>
    row('start of an event sub-process, interrupting', eventSubProcessModel(kind, true), interrupted, ...rest),
  eventSubProcessBeside: (kind: Kind, ...rest: [State?, string?]) =>
    row('start of an event sub-process, non-interrupting', eventSubProcessModel(kind, false), both, ...rest),
  catch: (kind: Kind, ...rest: [State?, string?]) => row('intermediate, caught', catchModel(kind), done, ...rest),
  boundary: (kind: Kind, ...rest: [State?, string?]) =>
    row('boundary, interrupting', boundaryModel(kind, true), interrupted, ...rest),
  boundaryBeside: (kind: Kind, ...rest: [State?, string?]) =>
    row('boundary, non-interrupting', boundaryModel(kind, false), both, ...rest),
  throw: (kind: Kind | 'none', ...rest: [State?, string?]) =>
    row('intermediate, thrown', thrown('intermediateThrowEvent', kind), done, ...rest),
  end: (kind: Kind | 'none', ...rest: [State?, string?]) => row('end', thrown('endEvent', kind), done, ...rest),
};

const everywhere = (kind: Kind, ...rest: [State?, string?]): ElementRow[] => [
  position.start(kind, ...rest),
  position.eventSubProcess(kind, ...rest),
  position.eventSubProcessBeside(kind, ...rest),
  position.catch(kind, ...rest),
  position.boundary(kind, ...rest),
  position.boundaryBeside(kind, ...rest),
];

const undo = { undo: 'COMPLETED', event: 'COMPLETED' } as const;
const multiple = (parallel: boolean) => (id: string) => {
  const event = eventDefinitions.message + eventDefinitions.signal;
  return between(
    id,
    ['event'],
    element('intermediateCatchEvent', 'event', event, parallel ? 'parallelMultiple="true"' : ''),
  );
};

/** Events as Camunda's list "BPMN coverage" has them: a table for each kind, a row for each position. */
export const eventTables: ElementTable[] = [
  {
    title: 'None events',
    rows: [row('start', (id) => between(id, []), { start: 'COMPLETED' }), position.throw('none'), position.end('none')],
  },
  { title: 'Message events', rows: [...everywhere('message'), position.throw('message'), position.end('message')] },
  { title: 'Timer events', rows: everywhere('timer') },
  {
    title: 'Error events',
    rows: [
      position.eventSubProcess('error'),
      position.boundary('error'),
      row('end', thrown('endEvent', 'error'), { caught: 'COMPLETED' }),
    ],
  },
  {
    title: 'Signal events',
    rows: [...everywhere('signal'), position.throw('signal'), position.end('signal')],
  },
  { title: 'Conditional events', rows: everywhere('conditional') },
  {
    title: 'Escalation events',
    rows: [
      row('start of an event sub-process, interrupting', eventSubProcessModel('escalation', true), escalated),
      position.eventSubProcessBeside('escalation'),
      row('boundary, interrupting', boundaryModel('escalation', true), escalated),
      position.boundaryBeside('escalation'),
      row('intermediate, thrown', thrown('intermediateThrowEvent', 'escalation'), { caught: 'COMPLETED' }),
      row('end', thrown('endEvent', 'escalation'), { caught: 'COMPLETED' }),
    ],
  },
  {
    title: 'Compensation events',
    rows: [
      row('boundary', (id) => thrown('intermediateThrowEvent', 'compensation')(id), undo),
      row('intermediate, thrown', (id) => thrown('intermediateThrowEvent', 'compensation')(id), undo),
      row('end', (id) => thrown('endEvent', 'compensation')(id), undo),
    ],
  },
  { title: 'Terminate events', rows: [position.end('terminate')] },
  {
    title: 'Link events',
    rows: [
      row('intermediate, thrown', linkModel, { leaves: 'COMPLETED' }),
      row('intermediate, caught', linkModel, done),
    ],
  },
  {
    title: 'Cancel, multiple and parallel multiple events',
    rows: [
      row('cancel, end', thrown('endEvent', 'cancel'), done, 'none', notInCamunda),
      row('multiple, caught', multiple(false), done, 'none', notInCamunda),
      row('parallel multiple, caught', multiple(true), done, 'none', notInCamunda),
    ],
  },
];
