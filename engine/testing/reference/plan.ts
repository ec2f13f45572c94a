import type { Cause, Finish, Handler, Hears, Listens, Loop, Node, Tree, Trigger } from './process-tree.ts';

export type Event = Cause | Finish | 'link' | 'none';

/** An element of a process with all that the drawing and the interpreter have to agree on. */
export interface Part {
  id: string;
  type:
    | 'process'
    | 'scope'
    | 'handler'
    | 'adhoc'
    | 'inner'
    | 'call'
    | 'job'
    | 'task'
    | 'start'
    | 'end'
    | 'throw'
    | 'catch'
    | 'boundary'
    | 'xor'
    | 'and'
    | 'or'
    | 'race';
  around: Part | null;
  inside: Part[];
  ins: Flow[];
  outs: Flow[];
  on: Event;
  interrupting: boolean;
  /** Events at the boundary, without the one that leads to `undo`. */
  events: Part[];
  loop: Loop | null;
  mapped: boolean;
  listens: Listens | null;
  hears: Hears | null;
  /** A task that the model gives to somebody. */
  assigned: boolean;
  /** The job that undoes it. */
  undo: Part | null;
  /** Where a link leads. */
  link: Part | null;
  /** What an ad-hoc sub-process may begin, and what it begins with. */
  firsts: Part[];
  chosen: Part[];
  until: number | null;
  cancels: boolean;
  down: boolean;
  up: boolean;
}

export interface Flow {
  from: Part;
  to: Part;
  taken: boolean;
  /** Taken where no other one is. */
  usual: boolean;
}

export const calledId = 'c';
export const interrupts = ({ on, interrupting }: { on: Event; interrupting: boolean }): boolean =>
  on === 'error' || interrupting;

/** Where the output mappings write: somewhere new, to what the job has itself, to what a loop around may have. */
export const outputsOf = ({ id }: Part): string[] => [`out_${id}`, `in_${id}`, 'item'];

/** Seconds that no other timer of the story has. */
export const secondsOf = (id: string): number => 1000 + numberOf(id);

/** The variable that a condition looks at: one of its own, or one that others look at too. */
export const watchedBy = ({ id }: Part): string => (numberOf(id) % 2 === 0 ? `c_${id}` : 'c');

function numberOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash;
}

/** The elements of a tree, and how they are connected. Called processes call nothing. */
export function planned(id: string, tree: Tree, mayCall: boolean): Part {
  return new Planner(mayCall).process(id, tree);
}

/** Something with one way in and one way out. */
interface Block {
  first: Part;
  last: Part;
}

class Planner {
  #count = 0;
  #root = '';
  readonly #mayCall: boolean;

  constructor(mayCall: boolean) {
    this.#mayCall = mayCall;
  }

  process(id: string, tree: Tree): Part {
    this.#root = id;
    const process = this.#part(id, 'process', null);
    this.#fill(process, tree);
    return process;
  }

  #part(id: string, type: Part['type'], around: Part | null, more: Partial<Part> = {}): Part {
    const part: Part = {
      id,
      type,
      around,
      inside: [],
      ins: [],
      outs: [],
      on: 'none',
      interrupting: true,
      events: [],
      loop: null,
      mapped: false,
      listens: null,
      hears: null,
      assigned: false,
      undo: null,
      link: null,
      firsts: [],
      chosen: [],
      until: null,
      cancels: true,
      down: true,
      up: true,
      ...more,
    };
    around?.inside.push(part);
    return part;
  }

  #flow(from: Part, to: Part, taken = true, usual = false): void {
    const flow = { from, to, taken, usual };
    from.outs.push(flow);
    to.ins.push(flow);
  }

  #fill(scope: Part, { body, handler, finish, listens = null, last = null }: Tree): void {
    scope.listens = listens;
    const start = this.#part(`${scope.id}_s`, 'start', scope);
    const inside = this.#sequence(body, scope);
    // who throws an error or an escalation is told of no end
    const toldOfEnd = finish !== 'error' && finish !== 'escalation';
    const told = last && { start: last.start, end: toldOfEnd ? last.end : 0 };
    const end = this.#part(`${scope.id}_t`, 'end', scope, { on: finish ?? 'none', listens: told });
    this.#flow(start, inside.first);
    this.#flow(inside.last, end);
    if (handler) this.#handler(`${scope.id}_h`, scope, handler);
  }

  #handler(id: string, scope: Part, given: Handler): void {
    const { on, undo, undoes, listens = null } = given;
    const handler = this.#part(id, 'handler', scope, { listens });
    const start = this.#part(`${id}s`, 'start', handler, { on, interrupting: interrupts(given) });
    const job = this.#part(`${id}j`, 'job', handler);
    if (undo) job.undo = this.#part(`${id}u`, 'job', handler);
    this.#flow(start, job);
    this.#flow(job, this.#part(`${id}e`, 'end', handler, { on: undoes ? 'compensation' : 'none' }));
  }

  #sequence(nodes: Node[], scope: Part): Block {
    const blocks = nodes.map((node) => this.#block(node, scope));
    for (const [index, block] of blocks.slice(1).entries()) this.#flow(blocks[index]!.last, block.first);
    return { first: blocks[0]!.first, last: blocks.at(-1)!.last };
  }

  #block(node: Node, scope: Part): Block {
    const id = `${this.#root}${++this.#count}`;
    const listens = ('listens' in node && node.listens) || null;
    const one = (type: Part['type'], more: Partial<Part> = {}) => this.#part(id, type, scope, { listens, ...more });
    const alone = (part: Part) => ({ first: part, last: part });
    switch (node.kind) {
      case 'job':
        return this.#watched(one('job', { mapped: node.mapped, loop: node.loop }), node.boundary, node.undo);
      case 'task':
        return this.#watched(
          one('task', { hears: node.hears ?? null, assigned: node.assigned ?? false }),
          node.boundary,
        );
      case 'race':
        return this.#race(one('race'), scope);
      case 'throw':
        if (node.what !== 'link') return alone(one('throw', { on: node.what }));
        return this.#link(one('throw', { on: 'link' }), scope);
      case 'fork':
        return this.#branches(one('and'), 'and', scope, node.branches);
      case 'choice':
        return this.#branches(one('xor'), 'xor', scope, node.branches, [node.first, !node.first]);
      case 'some':
        return this.#branches(one('or'), 'or', scope, node.branches, [false, ...node.taken.slice(1)], node.ends);
      case 'scope': {
        const part = one('scope', { loop: node.loop });
        this.#fill(part, node);
        return this.#watched(part, node.boundary, node.undo);
      }
      case 'adhoc':
        return this.#watched(
          this.#adHoc(one('adhoc', { until: node.until, cancels: node.cancels }), node),
          node.boundary,
        );
      case 'call':
        if (!this.#mayCall) return this.#watched(one('task'), withoutEscalation(node.boundary));
        return this.#watched(one('call', { down: node.down, up: node.up }), node.boundary);
      default:
        return alone(one('catch', { on: node.kind }));
    }
  }

  /** An interrupting event leads to where the activity would have led, another one to a job of its own. */
  #watched(part: Part, boundary: Trigger | null, undo = false): Block {
    const { id } = part;
    const scope = part.around!;
    if (undo) part.undo = this.#part(`${id}_u`, 'job', scope);
    if (!boundary) return { first: part, last: part };
    const event = this.#part(`${id}_b`, 'boundary', scope, { on: boundary.on, interrupting: interrupts(boundary) });
    part.events.push(event);
    const finish = (last: Part) => {
      // there are no end events in an ad-hoc sub-process
      if (scope.type !== 'inner') this.#flow(last, this.#part(`${id}_e`, 'end', scope));
    };
    if (!event.interrupting) {
      const aside = this.#part(`${id}_a`, 'job', scope);
      this.#flow(event, aside);
      finish(boundary.alone ? part : aside);
      return { first: part, last: boundary.alone ? aside : part };
    }
    if (boundary.alone) {
      finish(part);
      return { first: part, last: event };
    }
    const join = this.#part(`${id}_j`, 'xor', scope);
    this.#flow(part, join);
    this.#flow(event, join);
    return { first: part, last: join };
  }

  #race(race: Part, scope: Part): Block {
    const join = this.#part(`${race.id}_j`, 'xor', scope);
    for (const on of ['timer', 'message', 'signal', 'condition'] as const) {
      const event = this.#part(`${race.id}_${on}`, 'catch', scope, { on });
      this.#flow(race, event);
      this.#flow(event, join);
    }
    return { first: race, last: join };
  }

  #link(from: Part, scope: Part): Block {
    const to = this.#part(`${from.id}_l`, 'catch', scope, { on: 'link' });
    from.link = to;
    return { first: from, last: to };
  }

  /** The first branch is the default, where the gateway has one; `ends`: how the last one ends, if not at the join. */
  #branches(
    fork: Part,
    type: 'and' | 'or' | 'xor',
    scope: Part,
    branches: Node[][],
    taken: boolean[] = [],
    ends: Finish | 'none' | null = null,
  ): Block {
    const join = this.#part(`${fork.id}_j`, type, scope);
    for (const [at, branch] of branches.entries()) {
      const { first, last } = this.#sequence(branch, scope);
      this.#flow(fork, first, taken[at] ?? true, type !== 'and' && at === 0);
      // there are no end events in an ad-hoc sub-process
      const isEnding = ends !== null && at === branches.length - 1 && scope.type !== 'inner';
      this.#flow(last, isEnding ? this.#part(`${fork.id}_x`, 'end', scope, { on: ends }) : join);
    }
    return { first: fork, last: join };
  }

  #adHoc(part: Part, { body, chosen }: { body: Node[]; chosen: boolean[] }): Part {
    const inner = this.#part(`${part.id}#innerInstance`, 'inner', part);
    part.firsts = body.map((node) => this.#block(node, inner).first);
    part.chosen = part.firsts.filter((_, at) => chosen[at]);
    return part;
  }
}

const withoutEscalation = (trigger: Trigger | null): Trigger | null =>
  trigger?.on === 'escalation' ? { ...trigger, on: 'error' } : trigger;
