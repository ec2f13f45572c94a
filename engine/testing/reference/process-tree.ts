import fc from 'fast-check';

export type Cause = 'timer' | 'message' | 'error' | 'signal' | 'escalation' | 'condition';

/** What ends an activity early or runs beside it. Errors always interrupt. */
export interface Trigger {
  on: Cause;
  interrupting: boolean;
  /** At a boundary: only the event leads on, the activity itself to an end. */
  alone?: boolean;
}

/** An event sub-process of one job, which can perhaps be undone; `undoes`: its end throws a compensation. */
export interface Handler extends Trigger, Heard {
  undo?: boolean;
  undoes?: boolean;
}

/** `until`: as many have to be done before the rest is left; null: all. */
export interface Loop {
  items: number;
  sequential: boolean;
  until: number | null;
}

/** How many execution listeners are told of its start and of its end. */
export interface Listens {
  start: number;
  end: number;
}

/** How many task listeners are told of each change. */
export interface Hears {
  creating: number;
  assigning: number;
  completing: number;
  canceling: number;
}

/** Most things have no listeners. */
interface Heard {
  listens?: Listens | null;
}

export type Finish = 'terminate' | 'error' | 'escalation' | 'signal' | 'compensation';

/** A process as a tree: whatever opens is closed, but for branches that end on their own where a join can bear it. */
export type Node =
  | ({ kind: 'job'; mapped: boolean; loop: Loop | null; boundary: Trigger | null; undo: boolean } & Heard)
  | ({ kind: 'task'; boundary: Trigger | null; hears?: Hears | null; assigned?: boolean } & Heard)
  | ({ kind: 'timer' | 'message' | 'signal' | 'condition' } & Heard)
  | ({ kind: 'throw'; what: 'signal' | 'escalation' | 'compensation' | 'link' } & Heard)
  | { kind: 'race' }
  | { kind: 'fork'; branches: Node[][] }
  | { kind: 'some'; taken: boolean[]; ends: Finish | 'none' | null; branches: Node[][] }
  | { kind: 'choice'; first: boolean; branches: Node[][] }
  | ({ kind: 'scope'; loop: Loop | null; boundary: Trigger | null; undo: boolean } & Tree)
  | ({
      kind: 'adhoc';
      chosen: boolean[];
      until: number | null;
      cancels: boolean;
      body: Node[];
      boundary: Trigger | null;
    } & Heard)
  | ({ kind: 'call'; down: boolean; up: boolean; boundary: Trigger | null } & Heard);

export interface Tree extends Heard {
  body: Node[];
  handler: Handler | null;
  finish: Finish | null;
  /** The listeners of its end event. */
  last?: Listens | null;
}

export const deeds = [
  'job',
  'error',
  'fail',
  'resolve',
  'task',
  'message',
  'signal',
  'time',
  'set',
  'adhoc',
  'take-away',
  'put',
  'assign',
  'deny',
  'move',
] as const;
export type Deed = (typeof deeds)[number];

/** `pick` chooses among what is possible when its turn comes. */
export interface Action {
  kind: Deed;
  pick: number;
}

export interface Story {
  main: Tree;
  called: Tree;
  actions: Action[];
}

/** What is done when it is asked for, and never instead of something else. */
export const onlyWished: Deed[] = ['take-away', 'put', 'assign', 'deny', 'move'];

const is = <const T extends string>(...values: T[]) => fc.constantFrom(...values);
const trigger = (...more: Cause[]): fc.Arbitrary<Trigger> =>
  fc.record({
    on: is<Cause>('timer', 'message', 'error', 'signal', 'condition', ...more),
    interrupting: fc.boolean(),
    alone: fc.constantFrom(false, false, true),
  });
const boundary = fc.option(trigger(), { freq: 2 });
// only what has an inside can be left by an escalation
const outer = fc.option(trigger('escalation', 'escalation'), { freq: 2 });
const few = fc.integer({ min: 0, max: 2 });
// most things have no listeners: a half of a half
const listens = fc.option(fc.option(fc.record({ start: few, end: few }), { freq: 2 }), { freq: 2 });
const hears = fc.option(fc.record({ creating: few, assigning: few, completing: few, canceling: few }), { freq: 2 });
const handler = fc.option(
  fc.record({
    on: is<Cause>('timer', 'message', 'error', 'signal', 'escalation', 'condition'),
    interrupting: fc.boolean(),
    undo: fc.boolean(),
    undoes: fc.boolean(),
    listens,
  }),
  { freq: 2 },
);
const loop = fc.option(
  fc.record({
    items: fc.constantFrom(0, 1, 2, 3, 3),
    sequential: fc.boolean(),
    until: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 2 }),
  }),
  { freq: 2 },
);
const finishes = ['terminate', 'error', 'escalation', 'signal', 'compensation'] as const;
const finish = fc.option(is(...finishes), { freq: 2 });
const mostlyJobs = { mapped: fc.boolean(), loop, boundary, undo: fc.boolean(), listens };

const branches = (branch: fc.Arbitrary<Node[]>, minLength: number, maxLength: number) =>
  fc.array(branch, { minLength, maxLength });

const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: is('job'), ...mostlyJobs }) },
  { weight: 2, arbitrary: fc.record({ kind: is('task'), boundary, hears, assigned: fc.boolean(), listens }) },
  { weight: 2, arbitrary: fc.record({ kind: is('timer', 'message', 'signal', 'condition'), listens }) },
  fc.record({ kind: is('race') }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: is('throw'), what: is('signal', 'escalation', 'compensation', 'link'), listens }),
  },
);

const { body } = fc.letrec<{ node: Node; body: Node[] }>((tie) => ({
  body: fc.array(tie('node'), { minLength: 1, maxLength: 3, depthIdentifier: 'tree' }),
  node: fc.oneof(
    { depthIdentifier: 'tree', depthSize: 'small', maxDepth: 4 },
    { weight: 10, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ kind: is('fork'), branches: branches(tie('body'), 2, 3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: is('some'),
        taken: fc.array(fc.constantFrom(true, true, false), { minLength: 3, maxLength: 3 }),
        ends: fc.option(is('none', ...finishes), { freq: 2 }),
        // the first is the default: only beside it can there be two tokens
        branches: branches(tie('body'), 3, 4),
      }),
    },
    fc.record({ kind: is('choice'), first: fc.boolean(), branches: branches(tie('body'), 2, 2) }),
    {
      weight: 3,
      arbitrary: fc.record({
        kind: is('scope'),
        body: tie('body'),
        loop,
        boundary: outer,
        handler,
        undo: fc.boolean(),
        finish,
        listens,
        last: listens,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: is('adhoc'),
        chosen: fc.array(fc.constantFrom(true, true, false), { minLength: 3, maxLength: 3 }),
        until: fc.option(fc.constantFrom(1, 1, 2, 3), { freq: 2 }),
        cancels: fc.boolean(),
        body: fc.array(tie('node'), { minLength: 2, maxLength: 3, depthIdentifier: 'tree' }),
        boundary: outer,
        listens,
      }),
    },
    fc.record({ kind: is('call'), down: fc.boolean(), up: fc.boolean(), boundary: outer, listens }),
  ),
}));

const tree = fc.record({ body, handler, finish, listens, last: listens });

export const stories: fc.Arbitrary<Story> = fc.record({
  main: tree,
  called: tree,
  actions: fc.array(fc.record({ kind: is('job', 'job', 'job', 'job', 'job', ...deeds), pick: fc.nat(100) }), {
    minLength: 5,
    maxLength: 40,
    size: 'max',
  }),
});
