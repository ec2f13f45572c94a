import fc from 'fast-check';

/** What ends an activity early or runs beside it. Errors always interrupt. */
export interface Trigger {
  on: 'timer' | 'message' | 'error';
  interrupting: boolean;
}

/** A process as a tree: whatever opens is closed, so that its meaning is as plain as that of nested brackets. */
export type Node =
  | { kind: 'job'; mapped: boolean; items: number; sequential: boolean; boundary: Trigger | null }
  | { kind: 'task'; boundary: Trigger | null }
  | { kind: 'timer' }
  | { kind: 'message' }
  | { kind: 'race' }
  | { kind: 'fork'; branches: Node[][] }
  | { kind: 'some'; taken: boolean[]; branches: Node[][] }
  | { kind: 'choice'; first: boolean; branches: Node[][] }
  | { kind: 'scope'; body: Node[]; boundary: Trigger | null; handler: Trigger | null }
  | { kind: 'call'; boundary: Trigger | null };

export interface Tree {
  body: Node[];
  handler: Trigger | null;
}

/** `pick` chooses among what is possible when its turn comes. */
export interface Action {
  kind: 'job' | 'error' | 'task' | 'message' | 'time';
  pick: number;
}

export interface Story {
  main: Tree;
  called: Tree;
  actions: Action[];
}

const trigger = fc.record({
  on: fc.constantFrom('timer' as const, 'message' as const, 'error' as const),
  interrupting: fc.boolean(),
});
const boundary = fc.option(trigger, { freq: 2 });
const mostlyJobs = { kind: fc.constant('job' as const), mapped: fc.boolean(), sequential: fc.boolean(), boundary };

const { body } = fc.letrec<{ node: Node; body: Node[] }>((tie) => ({
  body: fc.array(tie('node'), { minLength: 1, maxLength: 3, depthIdentifier: 'tree' }),
  node: fc.oneof(
    { depthIdentifier: 'tree', depthSize: 'small', maxDepth: 4 },
    fc.record({ ...mostlyJobs, items: fc.constantFrom(0, 0, 1, 2, 3) }),
    fc.record({ kind: fc.constant('task' as const), boundary }),
    fc.record({ kind: fc.constantFrom('timer' as const, 'message' as const, 'race' as const) }),
    fc.record({ kind: fc.constant('fork' as const), branches: fc.array(tie('body'), { minLength: 2, maxLength: 3 }) }),
    fc.record({
      kind: fc.constant('some' as const),
      taken: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      branches: fc.array(tie('body'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('choice' as const),
      first: fc.boolean(),
      branches: fc.array(tie('body'), { minLength: 2, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('scope' as const),
      body: tie('body'),
      boundary,
      handler: fc.option(trigger, { freq: 2 }),
    }),
    fc.record({ kind: fc.constant('call' as const), boundary }),
  ),
}));

const tree = fc.record({ body, handler: fc.option(trigger, { freq: 2 }) });
const kinds = ['job', 'job', 'job', 'error', 'task', 'message', 'time'] as const;

export const stories: fc.Arbitrary<Story> = fc.record({
  main: tree,
  called: tree,
  actions: fc.array(fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(100) }), { minLength: 5, maxLength: 40 }),
});

/** The tree with the names of its elements: what the drawing and the interpreter agree on. */
export type Named = { id: string } & (
  | Exclude<Node, { branches: Node[][] } | { body: Node[] }>
  | { kind: 'fork'; branches: Named[][] }
  | { kind: 'some'; taken: boolean[]; branches: Named[][] }
  | { kind: 'choice'; first: boolean; branches: Named[][] }
  | { kind: 'scope'; body: Named[]; boundary: Trigger | null; handler: Trigger | null }
);

export interface NamedTree {
  id: string;
  body: Named[];
  handler: Trigger | null;
}

/** Only the first call is one: two at a time would have elements of the same names. Called processes call nothing. */
export function named(id: string, { body: nodes, handler }: Tree, mayCall: boolean): NamedTree {
  let count = 0;
  let calls = mayCall ? 1 : 0;
  const name = (node: Node): Named => {
    const own = `${id}${++count}`;
    if (node.kind === 'call' && calls-- <= 0) return { kind: 'task', boundary: node.boundary, id: own };
    if ('branches' in node) return { ...node, id: own, branches: node.branches.map((branch) => branch.map(name)) };
    if (node.kind === 'scope') return { ...node, id: own, body: node.body.map(name) };
    return { ...node, id: own };
  };
  return { id, body: nodes.map(name), handler };
}

/** Seconds that no other timer of the story has. */
export const secondsOf = (elementId: string): number => {
  let hash = 7;
  for (const letter of elementId) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return 1000 + hash;
};

export const interrupts = ({ on, interrupting }: Trigger): boolean => on === 'error' || interrupting;
