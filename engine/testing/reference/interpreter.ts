import { interrupts, secondsOf, type Named, type NamedTree, type Trigger } from './process-tree.ts';

type Values = Map<string, unknown>;
type Go = () => void;

/** An event that is waited for. */
interface Armed {
  elementId: string;
  on: Trigger['on'];
  dueAt: number;
  fire: Go;
}

/** Something that has begun and not ended: what the engine shows as an element instance, or as tokens at a join. */
interface Live {
  id: string;
  kind: Named['kind'] | 'handler' | 'inner' | 'join';
  scope: Scope;
  next: Go;
  locals: Values;
  armed: Armed[];
  inner?: Scope;
  boundary: Trigger | null;
  stuck?: boolean;
  arrived?: number;
}

interface Scope {
  /** The activity that it is the inside of; none for the process itself. */
  owner?: Live;
  /** The process instance's own variables, where it is one. */
  root?: Values;
  threads: number;
  handler?: { trigger: Trigger; fire: Go };
  /** Its handler has ended the rest of it. */
  interrupted?: true;
  armed: Armed[];
  finished: Go;
}

export interface Picture {
  ended: boolean;
  elements: string[];
  joins: string[];
  jobs: string[];
  tasks: string[];
  timers: string[];
  messages: string[];
  incidents: string[];
  variables: Record<string, Record<string, unknown>>;
}

/** What BPMN and Zeebe's documents say that a tree does, in the plainest way: a token is a function to call next. */
export class Reference {
  readonly #called: NamedTree;
  #lives: Live[] = [];
  #ended = false;
  readonly #process: Scope;
  now: number;

  constructor(main: NamedTree, called: NamedTree, now: number) {
    this.#called = called;
    this.now = now;
    this.#process = this.#openScope(undefined, main, new Map<string, unknown>([['base', 1]]), () => {
      this.#ended = true;
    });
  }

  /** Jobs that a worker may have, by element, in the order that they were made. */
  jobs(): Live[] {
    return this.#lives.filter((live) => this.#isJob(live) && !live.stuck);
  }

  tasks(): Live[] {
    return this.#lives.filter(({ kind }) => kind === 'task');
  }

  armed(on: 'timer' | 'message'): Armed[] {
    const scopes = new Set(this.#lives.flatMap(({ inner }) => (inner ? [inner] : [])));
    if (!this.#ended) scopes.add(this.#process);
    return [...this.#lives, ...scopes].flatMap(({ armed }) => armed).filter((each) => each.on === on);
  }

  complete(live: Live, value?: number): void {
    const node = live.kind === 'inner' ? this.#bodyOf(live) : live;
    const isMapped = live.locals.has(`in_${node.id}`);
    if (value !== undefined && isMapped) this.#set(live.scope, `out_${node.id}`, value);
    else if (value !== undefined) this.#setFrom(live, `v_${node.id}`, value);
    this.#leave(live);
  }

  /** An error climbs outwards until somebody catches it; from an interrupted scope only to the caller of its process. */
  throwError(job: Live): void {
    let at: Live | undefined = job.kind === 'inner' ? this.#bodyOf(job) : job;
    while (at) {
      if (at.boundary?.on === 'error') return this.#interrupt(at);
      let scope: Scope = at.scope;
      if (scope.interrupted) while (!scope.root) scope = scope.owner!.scope;
      else if (scope.handler?.trigger.on === 'error') return scope.handler.fire();
      at = scope.owner;
    }
    job.stuck = true;
    return undefined;
  }

  picture(): Picture {
    const elements = this.#lives.filter(({ kind }) => kind !== 'join');
    const ids = (lives: { id: string }[]) => lives.map(({ id }) => id).toSorted();
    const events = (on: 'timer' | 'message') =>
      this.armed(on)
        .map(({ elementId }) => elementId)
        .toSorted();
    const joins = this.#lives.filter(({ kind }) => kind === 'join');
    return {
      ended: this.#ended,
      elements: ids(elements),
      joins: joins.map(({ id, arrived }) => `${id} ${arrived}`).toSorted(),
      jobs: ids(this.#lives.filter((live) => this.#isJob(live))),
      tasks: ids(this.tasks()),
      timers: events('timer'),
      messages: events('message'),
      incidents: ids(this.#lives.filter(({ stuck }) => stuck)),
      variables: this.#variables(elements),
    };
  }

  #variables(elements: Live[]): Picture['variables'] {
    const shown: Picture['variables'] = { process: Object.fromEntries(this.#process.root!) };
    for (const { id, kind, locals, inner } of elements) {
      const name = kind === 'inner' ? `${id} ${String(locals.get('loopCounter'))}` : id;
      if (locals.size > 0) shown[name] = Object.fromEntries(locals);
      if (inner?.root) shown[`${id} called`] = Object.fromEntries(inner.root);
    }
    return shown;
  }

  #isJob({ kind, inner, id }: Live): boolean {
    if (kind === 'inner') return true;
    return kind === 'job' && !inner && !this.#lives.some((live) => live.kind === 'inner' && live.id === id);
  }

  #openScope(owner: Live | undefined, { id, body, handler }: NamedTree, root: Values | undefined, finished: Go): Scope {
    const scope: Scope = { owner, root, threads: 1, armed: [], finished };
    if (owner) owner.inner = scope;
    if (handler) this.#armHandler(scope, `${id}_h`, handler);
    this.#sequence(body, scope, () => this.#threadEnds(scope));
    return scope;
  }

  #threadEnds(scope: Scope): void {
    if (--scope.threads > 0) return;
    scope.armed = [];
    scope.finished();
  }

  #sequence(nodes: Named[], scope: Scope, next: Go): void {
    const [first, ...rest] = nodes;
    if (first) this.#enter(first, scope, () => this.#sequence(rest, scope, next));
    else next();
  }

  #enter(node: Named, scope: Scope, next: Go): void {
    switch (node.kind) {
      case 'fork':
        return this.#branches(node.id, node.branches, scope, next);
      case 'some': {
        const taken = node.branches.filter((_, at) => at > 0 && node.taken[at]);
        return this.#branches(node.id, taken.length > 0 ? taken : [node.branches[0]!], scope, next);
      }
      case 'choice':
        return this.#sequence(node.branches[node.first ? 0 : 1]!, scope, next);
      default:
        return this.#open(node, scope, next);
    }
  }

  #branches(id: string, branches: Named[][], scope: Scope, next: Go): void {
    const all = branches.length;
    scope.threads += all - 1;
    let join: Live | undefined;
    const arrive = () => {
      join ??= this.#begin(`${id}_j`, 'join', scope, next);
      join.arrived = (join.arrived ?? 0) + 1;
      if (join.arrived < all) return;
      scope.threads -= all - 1;
      this.#leave(join);
    };
    for (const branch of branches) this.#sequence(branch, scope, arrive);
  }

  #begin(id: string, kind: Live['kind'], scope: Scope, next: Go, boundary: Trigger | null = null): Live {
    const live: Live = { id, kind, scope, next, locals: new Map(), armed: [], boundary };
    this.#lives.push(live);
    return live;
  }

  #open(node: Exclude<Named, { branches: Named[][] }>, scope: Scope, next: Go): void {
    const { id, kind } = node;
    const live = this.#begin(id, kind, scope, next, 'boundary' in node ? node.boundary : null);
    if (live.boundary && live.boundary.on !== 'error') this.#armBoundary(live, live.boundary);
    if (kind === 'timer' || kind === 'message') this.#arm(live, id, kind, () => this.#leave(live));
    else if (kind === 'race') {
      this.#arm(live, `${id}_tm`, 'timer', () => this.#leave(live));
      this.#arm(live, `${id}_ms`, 'message', () => this.#leave(live));
    } else if (node.kind === 'scope') this.#openScope(live, node, undefined, () => this.#leave(live));
    else if (kind === 'call') this.#call(live);
    else if (node.kind === 'job' && node.items > 0) this.#openItems(live, node);
    else if (node.kind === 'job' && node.mapped) this.#map(live);
  }

  /** Input mappings make the variables of the job its own. */
  #map(live: Live): void {
    live.locals.set(`in_${live.id}`, (this.#get(live.scope, 'base') as number) + 1);
  }

  #openItems(body: Live, { items, sequential, mapped }: Extract<Named, { kind: 'job' }>): void {
    const list = Array.from({ length: items }, (_, at) => at + 10);
    let left = items;
    const begin = (at: number) => {
      const inner = this.#begin(body.id, 'inner', body.scope, () => {
        if (--left === 0) {
          this.#set(body.scope, `list_${body.id}`, list);
          this.#leave(body);
        } else if (sequential) begin(at + 1);
      });
      inner.locals.set('loopCounter', at + 1).set('item', list[at]);
      if (mapped) this.#map(inner);
    };
    for (let at = 0; at < (sequential ? 1 : items); at++) begin(at);
  }

  /** The called process begins with all that is seen from here, and gives back all that it has. */
  #call(live: Live): void {
    const seen: Values = new Map();
    for (let scope: Scope | undefined = live.scope; scope; scope = scope.root ? undefined : scope.owner!.scope) {
      const values = scope.root ?? scope.owner!.locals;
      for (const [name, value] of values) if (!seen.has(name)) seen.set(name, value);
    }
    this.#openScope(live, this.#called, seen, () => {
      for (const [name, value] of seen) this.#set(live.scope, name, value);
      this.#leave(live);
    });
  }

  #arm(holder: { armed: Armed[] }, elementId: string, on: Trigger['on'], fire: Go): void {
    holder.armed.push({ elementId, on, dueAt: this.now + secondsOf(elementId) * 1000, fire });
  }

  #armBoundary(host: Live, trigger: Trigger): void {
    this.#arm(host, `${host.id}_b`, trigger.on, () => {
      if (interrupts(trigger)) return this.#interrupt(host);
      if (trigger.on === 'timer') this.#disarm(host, `${host.id}_b`);
      host.scope.threads++;
      this.#begin(`${host.id}_a`, 'job', host.scope, () => this.#threadEnds(host.scope));
      return undefined;
    });
  }

  #armHandler(scope: Scope, id: string, trigger: Trigger): void {
    const fire = () => {
      if (interrupts(trigger)) {
        for (const live of this.#lives.filter((each) => each.scope === scope)) this.#remove(live);
        scope.threads = 0;
        scope.armed = [];
        scope.handler = undefined;
        scope.interrupted = true;
      } else if (trigger.on === 'timer') this.#disarm(scope, `${id}s`);
      scope.threads++;
      const handler = this.#begin(id, 'handler', scope, () => this.#threadEnds(scope));
      const inside: Scope = { owner: handler, threads: 1, armed: [], finished: () => this.#leave(handler) };
      handler.inner = inside;
      this.#begin(`${id}j`, 'job', inside, () => this.#threadEnds(inside));
    };
    scope.handler = { trigger, fire };
    if (trigger.on !== 'error') this.#arm(scope, `${id}s`, trigger.on, fire);
  }

  #disarm(holder: { armed: Armed[] }, elementId: string): void {
    holder.armed = holder.armed.filter((each) => each.elementId !== elementId);
  }

  #leave(live: Live): void {
    this.#remove(live);
    live.next();
  }

  #interrupt(live: Live): void {
    this.#leave(live);
  }

  /** With all that is inside of it. */
  #remove(live: Live): void {
    const inside = (each: Live) => each.scope === live.inner || (each.kind === 'inner' && this.#bodyOf(each) === live);
    for (const each of this.#lives.filter((candidate) => candidate !== live && inside(candidate))) this.#remove(each);
    this.#lives = this.#lives.filter((each) => each !== live);
  }

  #bodyOf(inner: Live): Live {
    return this.#lives.find(({ id, kind }) => id === inner.id && kind === 'job')!;
  }

  #get(from: Scope, name: string): unknown {
    return this.#holderOf(from, name).get(name);
  }

  #setFrom(live: Live, name: string, value: unknown): void {
    if (live.locals.has(name)) live.locals.set(name, value);
    else this.#set(live.scope, name, value);
  }

  #set(from: Scope, name: string, value: unknown): void {
    this.#holderOf(from, name).set(name, value);
  }

  /** The nearest scope that has it, the process instance where none has. */
  #holderOf(from: Scope, name: string): Values {
    let scope = from;
    while (!scope.root) {
      if (scope.owner!.locals.has(name)) return scope.owner!.locals;
      scope = scope.owner!.scope;
    }
    return scope.root;
  }
}

export type { Armed, Live };
