import {
  adHoc,
  boundary,
  callActivity,
  catchEvent,
  compensate,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  forCompensation,
  link,
  loop,
  onCondition,
  onError,
  onEscalation,
  onMessage,
  onSignal,
  onTimer,
  path,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  taskListeners,
  terminating,
  throwEvent,
  undo,
  userTask,
  type AdHoc,
  type Loop,
} from './model.ts';

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Block {
  xml: string;
  first: string;
  last: string;
}

/** Draws sound processes: what is forked is joined, what may fail has its catcher or does not. */
export class RandomModel {
  readonly #next: () => number;
  #count = 0;
  /** There are no end events in an ad-hoc sub-process. */
  #hasEnds = true;

  constructor(next: () => number) {
    this.#next = next;
  }

  /** The content of a process; `called` is the id of one that it may call. */
  content(called: string | undefined): string {
    const body = this.#sequence(3, called);
    const events = this.#chance(0.5) ? this.#eventSubProcess() : '';
    return start() + body.xml + end() + path('start', body.first) + path(body.last, 'end') + events;
  }

  #sequence(depth: number, called: string | undefined): Block {
    const blocks = Array.from({ length: 1 + this.#below(3) }, () => this.#block(depth, called));
    const links = blocks.slice(1).map((block, index) => path(blocks[index]!.last, block.first));
    return {
      xml: blocks.map(({ xml }) => xml).join('') + links.join(''),
      first: blocks[0]!.first,
      last: blocks.at(-1)!.last,
    };
  }

  #block(depth: number, called: string | undefined): Block {
    const simple = [
      () => this.#job(),
      () => this.#task(),
      () => this.#wait(),
      () => this.#gatewayWait(),
      () => this.#throw(),
    ];
    if (depth === 0) return this.#pick(simple)();
    if (called && this.#chance(0.2)) return this.#call(called);
    const nested = [
      () => this.#fork('parallelGateway', depth, called),
      () => this.#fork('inclusiveGateway', depth, called),
      () => this.#choice(depth, called),
      () => this.#scope(depth, called),
      () => this.#adHoc(),
    ];
    return this.#chance(0.5) ? this.#pick(nested)() : this.#pick(simple)();
  }

  #job(): Block {
    const id = this.#id('job');
    if (this.#chance(0.3)) {
      const items = this.#loop({
        inputCollection: '=[1, 2]',
        inputElement: 'item',
        outputCollection: 'out',
        outputElement: '=item',
        sequential: this.#chance(0.5),
      });
      return this.#watched(id, element('serviceTask', id, extensions(taskDefinition('work')) + items));
    }
    return this.#watched(id, serviceTask(id, 'work') + this.#undoing(id));
  }

  /** Perhaps it has enough before all is done. */
  #loop(given: Loop): string {
    const conditions = ['=numberOfCompletedInstances >= 1', '=numberOfActiveInstances < 2', '=level > 3'];
    return loop(this.#chance(0.5) ? { ...given, completionCondition: this.#pick(conditions) } : given);
  }

  #undoing(host: string): string {
    return this.#chance(0.3) ? undo(host, forCompensation(serviceTask(this.#id('undo'), 'work'))) : '';
  }

  #task(): Block {
    const id = this.#id('task');
    const listeners = this.#chance(0.6) ? taskListeners('listen', 'creating', 'completing', 'canceling') : '';
    return this.#watched(id, userTask(id, listeners));
  }

  #wait(): Block {
    const id = this.#id('wait');
    const event = this.#pick([
      () => onTimer('PT1H'),
      () => onMessage('go'),
      () => onSignal('go'),
      () => this.#onLevel(),
    ])();
    return { xml: element('intermediateCatchEvent', id, event), first: id, last: id };
  }

  /** What it throws may be caught around it, by others, or by nobody. */
  #throw(): Block {
    const id = this.#id('throw');
    if (this.#chance(0.25)) return this.#link(id);
    const event = this.#pick([() => onEscalation('up'), () => onSignal('go'), () => compensate()])();
    return { xml: throwEvent(id, event), first: id, last: id };
  }

  #link(id: string): Block {
    const to = this.#id('link');
    return { xml: throwEvent(id, link(id)) + catchEvent(to, link(id)), first: id, last: to };
  }

  /** What the level is changes with the world. */
  #onLevel(): string {
    return onCondition(`=level > ${this.#below(5)}`);
  }

  #gatewayWait(): Block {
    const [gateway, join] = [this.#id('first'), this.#id('join')];
    const [timer, message, level] = [this.#id('timer'), this.#id('message'), this.#id('level')];
    const events = catchEvent(timer, onTimer('PT2H')) + catchEvent(message, onMessage('go'));
    const flows = path(gateway, timer, join) + path(gateway, message, join);
    if (this.#chance(0.5)) {
      return {
        xml:
          element('eventBasedGateway', gateway) +
          events +
          catchEvent(level, this.#onLevel()) +
          element('exclusiveGateway', join) +
          flows +
          path(gateway, level, join),
        first: gateway,
        last: join,
      };
    }
    return {
      xml: element('eventBasedGateway', gateway) + events + element('exclusiveGateway', join) + flows,
      first: gateway,
      last: join,
    };
  }

  #call(called: string): Block {
    const id = this.#id('call');
    return this.#watched(id, callActivity(id, called), () => onEscalation());
  }

  /** An activity, perhaps with an event at its boundary that leads past it. */
  #watched(id: string, xml: string, ...more: (() => string)[]): Block {
    if (this.#chance(0.5)) return { xml, first: id, last: id };
    const [event, join] = [this.#id('boundary'), this.#id('join')];
    const usual = [
      () => onTimer('PT3H'),
      () => onMessage('stop'),
      () => onSignal('stop'),
      () => onError(),
      () => this.#onLevel(),
    ];
    const kind = this.#pick([...usual, ...more])();
    const cancels = kind.includes('error') || this.#chance(0.6);
    if (cancels) {
      const all =
        xml + boundary(event, id, kind) + element('exclusiveGateway', join) + path(id, join) + path(event, join);
      return { xml: all, first: id, last: join };
    }
    const aside = this.#id('aside');
    const last = this.#hasEnds ? end(aside) : serviceTask(aside, 'work');
    return { xml: xml + boundary(event, id, kind, false) + last + path(event, aside), first: id, last: id };
  }

  #fork(type: 'parallelGateway' | 'inclusiveGateway', depth: number, called: string | undefined): Block {
    const [fork, join] = [this.#id('fork'), this.#id('join')];
    const branches = Array.from({ length: 2 + this.#below(2) }, () => this.#sequence(depth - 1, called));
    const isInclusive = type === 'inclusiveGateway';
    const flows = branches.map(({ first }, index) => {
      if (!isInclusive || index === 0) return flow(fork, first);
      return flow(fork, first, this.#chance(0.5) ? '=true' : '=false');
    });
    const usual = isInclusive ? `default="${fork}_${branches[0]!.first}"` : '';
    const back = branches.map(({ last }) => path(last, join));
    const xml = element(type, fork, '', usual) + branches.map((branch) => branch.xml).join('') + element(type, join);
    return { xml: xml + flows.join('') + back.join(''), first: fork, last: join };
  }

  #choice(depth: number, called: string | undefined): Block {
    const [choice, join] = [this.#id('choice'), this.#id('join')];
    const [a, b] = [this.#sequence(depth - 1, called), this.#sequence(depth - 1, called)];
    const flows = flow(choice, a.first, this.#chance(0.5) ? '=true' : '=false') + flow(choice, b.first);
    const gateways =
      element('exclusiveGateway', choice, '', `default="${choice}_${b.first}"`) + element('exclusiveGateway', join);
    return {
      xml: gateways + a.xml + b.xml + flows + path(a.last, join) + path(b.last, join),
      first: choice,
      last: join,
    };
  }

  #scope(depth: number, called: string | undefined): Block {
    const id = this.#id('scope');
    const [from, to] = [this.#id('start'), this.#id('end')];
    const body = this.#sequence(depth - 1, called);
    const finish = this.#pick([
      () => '',
      () => terminating,
      () => onError('oops'),
      () => onEscalation('up'),
      () => compensate(),
    ])();
    const events = this.#chance(0.4) ? this.#eventSubProcess() : '';
    const items = this.#chance(0.3) ? this.#loop({ inputCollection: '=[1, 2, 3]', inputElement: 'item' }) : '';
    const content = start(from) + body.xml + end(to, finish) + path(from, body.first) + path(body.last, to) + events;
    const scope = items ? element('subProcess', id, items + content) : subProcess(id, content);
    return this.#watched(id, scope + this.#undoing(id), () => onEscalation());
  }

  /** Two activities that clients or a worker may begin again and again; both or none of them are begun at once. */
  #adHoc(): Block {
    const id = this.#id('adhoc');
    this.#hasEnds = false;
    const activities = [this.#job(), this.#chance(0.5) ? this.#task() : this.#throw()];
    this.#hasEnds = true;
    const content = activities.map(({ xml }) => xml).join('');
    const ids = activities.map(({ first }) => `"${first}"`).join(', ');
    const cancels = this.#chance(0.5);
    const spec = this.#pick<AdHoc>([
      { active: `=[${ids}]` },
      { active: `=[${ids}]`, condition: '=level > 2', cancels },
      { active: `=[${ids}]`, condition: '=count(done) > 1', cancels, output: ['done', '=level'] },
      { job: 'choose' },
    ]);
    return this.#watched(id, adHoc(id, spec, content), () => onEscalation());
  }

  #eventSubProcess(): string {
    const [id, from, job, to] = [this.#id('event'), this.#id('start'), this.#id('job'), this.#id('end')];
    const kind = this.#pick([
      () => onTimer('PT5H'),
      () => onMessage('raise'),
      () => onSignal('raise'),
      () => onEscalation('up'),
      () => onError('oops'),
      () => this.#onLevel(),
    ])();
    const interrupts = kind.includes('error') || this.#chance(0.5);
    const first = start(from, kind, `isInterrupting="${interrupts}"`);
    return eventSubProcess(
      id,
      first,
      serviceTask(job, 'work'),
      end(to, this.#chance(0.3) ? compensate() : ''),
      path(from, job, to),
    );
  }

  #id(kind: string): string {
    return `${kind}${++this.#count}`;
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  #pick<T>(list: T[]): T {
    return list[this.#below(list.length)]!;
  }
}
