import { Live, type Done } from './live.ts';
import { secondsOf, type Flow, type Part } from './plan.ts';
import { conditionsMet, eventsOf, holds, startOf, startsOf, type Armed } from './waiting.ts';
import { flowsOf, openJoins, takeTokens } from './ways.ts';

type Go = () => void;
export type Values = Map<string, unknown>;

/**
 * What BPMN and Zeebe's documents say that a process does, in the plainest way: tokens move one step after the other,
 * those that were set going first move first.
 */
export class Tokens {
  readonly #called: Part;
  readonly root: Live;
  lives: Live[] = [];
  armed: Armed[] = [];
  now: number;
  readonly #steps: Go[] = [];

  constructor(main: Part, called: Part, now: number) {
    this.#called = called;
    this.now = now;
    this.root = this.#beginProcess(main, null, new Map([['base', 1]]));
    this.run();
  }

  // tokens

  protected later(step: Go): void {
    this.#steps.push(step);
  }

  protected run(): void {
    for (let step = this.#steps.shift(); step; step = this.#steps.shift()) {
      step();
      if (this.#steps.length === 0) this.lives.forEach((scope) => this.#joinInclusively(scope));
    }
  }

  protected inside(scope: Live): Live[] {
    return this.lives.filter((live) => live.scope === scope || live.caller === scope);
  }

  #isEmpty(scope: Live): boolean {
    return this.inside(scope).length === 0 && scope.coming.length === 0 && scope.waiting.length === 0;
  }

  protected go(
    part: Part,
    scope: Live,
    more: { event?: true; undoesFor?: Live; round?: number; locals?: Values } = {},
  ): void {
    scope.coming.push(part);
    this.later(() => {
      scope.coming.splice(scope.coming.indexOf(part), 1);
      if (!scope.accepts) return this.#childGone(scope);
      const isBody = part.loop !== null && more.round === undefined;
      const { round = null, undoesFor = null } = more;
      const live = new Live(part, { scope, isBody, round, undoesFor });
      this.lives.push(live);
      for (const [name, value] of more.locals ?? []) live.locals.set(name, value);
      if (part.mapped && !isBody) live.locals.set(`in_${part.id}`, increased(live.get('base')));
      return this.#begin(live, more.event ?? false);
    });
  }

  #begin(live: Live, byEvent: boolean): void {
    const { type, on, chosen } = live.part;
    if (live.isBody) this.#beginLoop(live);
    else if (type === 'scope' || type === 'handler') this.go(startOf(live.part), live);
    else if (type === 'adhoc') {
      live.locals.set(`done_${live.part.id}`, []);
      for (const part of chosen) this.beginInner(live, part);
    } else if (type === 'call') this.#beginProcess(this.#called, live, live.part.down ? live.seen() : new Map());
    else if (type === 'throw' || type === 'end') this.act(live);
    else if (type === 'catch' ? byEvent || on === 'link' : passing.has(type)) this.leave(live);
    // scopes begin to listen when their start event is over
    if (live.isBody || type !== 'scope') this.#listen(live, byEvent);
  }

  #beginProcess(part: Part, caller: Live | null, values: Values): Live {
    const live = new Live(part, { caller });
    this.lives.push(live);
    for (const [name, value] of values) live.locals.set(name, value);
    this.go(startOf(part), live);
    return live;
  }

  protected leave(live: Live): void {
    this.later(() => {
      const isOver = live.state === 'ending' || live.state === 'gone';
      if (!isOver && !around(live)?.endsInside) this.#complete(live);
    });
  }

  #complete(live: Live): void {
    const { part, scope } = live;
    live.state = 'leaving';
    this.#handOver(live);
    if (live.round !== null && !live.isBody) this.#concludeRound(live);
    if (part.type === 'start') this.#listen(scope!);
    this.#disarm(live);
    this.#remove(live);
    if (!scope) {
      if (!live.caller) return;
      if (live.caller.part.up) live.caller.result = live.locals;
      this.leave(live.caller);
      return;
    }
    this.#remember(live);
    if (live.chosen) this.go(live.chosen, scope, { event: true });
    else if (live.round === null || live.isBody) for (const flow of flowsOf(live)) this.#take(flow, scope);
    if (part.link) this.go(part.link, scope);
    if (part.type === 'end' && part.on === 'terminate') {
      scope.closed = true;
      this.#disarm(scope);
      this.#endInside(scope);
    }
    if (live.undoesFor) this.#undone(live.undoesFor);
    this.#childGone(scope, live);
  }

  #take(flow: Flow, scope: Live): void {
    const { to } = flow;
    if (!scope.accepts) return;
    if (to.ins.length < 2 || (to.type !== 'and' && to.type !== 'or')) {
      this.go(to, scope);
      return;
    }
    scope.waiting.push(flow);
    if (to.type === 'or') this.#joinInclusively(scope);
    else if (to.ins.every((each) => scope.waiting.includes(each))) this.#join(to, scope);
  }

  #join(gateway: Part, scope: Live): void {
    takeTokens(gateway, scope);
    this.go(gateway, scope);
  }

  #joinInclusively(scope: Live): void {
    if (!scope.accepts || scope.waiting.length === 0) return;
    const busy = [...this.inside(scope).map(({ part }) => part), ...scope.coming];
    for (const gateway of openJoins(scope.waiting, busy)) this.#join(gateway, scope);
  }

  #remove(live: Live): void {
    live.state = 'gone';
    live.hasIncident = false;
    this.lives.splice(this.lives.indexOf(live), 1);
  }

  /** Something inside has ended, `done` when it came to its own end. */
  #childGone(scope: Live, done?: Live): void {
    if (scope.state === 'ending') {
      if (this.#isEmpty(scope)) this.#ended(scope);
    } else if (scope.claimedBy) this.#beginHandler(scope);
    else if (scope.isBody) this.#roundGone(scope, done);
    else if (scope.part.type === 'adhoc') this.#innerGone(scope, done);
    else if (this.#isEmpty(scope)) this.leave(scope);
  }

  #beginHandler(scope: Live): void {
    const event = scope.claimedBy!;
    if (event.type === 'boundary' || !this.#isEmpty(scope)) return;
    scope.claimedBy = null;
    scope.interrupted = true;
    this.go(event.around!, scope);
  }

  protected end(live: Live): void {
    this.later(() => {
      if (live.state === 'gone') return;
      if (live.state !== 'ending') {
        live.state = 'ending';
        live.hasIncident = false;
        live.done = [];
        this.#disarm(live);
        this.#endInside(live);
      }
      if (this.#isEmpty(live)) this.#ended(live);
    });
  }

  #endInside(scope: Live): void {
    scope.waiting = [];
    for (const live of this.inside(scope)) this.end(live);
  }

  #ended(live: Live): void {
    this.#remove(live);
    const { scope, caller, claimedBy } = live;
    if (live.undoesFor) this.#undone(live.undoesFor);
    if (caller) this.end(caller);
    if (!scope) return;
    if (claimedBy?.type === 'boundary' && scope.accepts) this.go(claimedBy, scope);
    this.#childGone(scope);
  }

  // events

  #listen(live: Live, byEvent = false): void {
    for (const part of eventsOf(live, byEvent)) {
      const armed = { live, part, dueAt: this.now + secondsOf(part.id) * 1000 };
      this.armed.push(armed);
      if (part.on === 'condition' && holds(armed)) this.later(() => this.fire(armed));
    }
  }

  #disarm(live: Live, ...only: Part[]): void {
    this.armed = this.armed.filter((each) => each.live !== live || (only.length > 0 && !only.includes(each.part)));
  }

  protected fire(armed: Armed): void {
    if (!this.armed.includes(armed)) return;
    if (armed.part.on === 'timer') this.#disarm(armed.live, armed.part);
    this.#trigger(armed.live, armed.part);
  }

  /** @returns whether it makes a difference to the one that waits for the event */
  #trigger(live: Live, event: Part): boolean {
    if (live.state !== 'on' || live.claimedBy || live.chosen) return false;
    if (event.type === 'start' && live.interrupted) return false;
    if (event.type === 'boundary') {
      if (event.interrupting) {
        this.#disarm(live);
        live.claimedBy = event;
        this.end(live);
      } else if (live.scope!.accepts) this.go(event, live.scope!);
    } else if (event.type === 'start') {
      if (event.interrupting) this.#interruptInside(live, event);
      else this.go(event.around!, live);
    } else {
      this.#disarm(live);
      if (live.part.type === 'race') live.chosen = event;
      this.leave(live);
    }
    return true;
  }

  #interruptInside(scope: Live, event: Part): void {
    this.#disarm(scope, ...startsOf(scope));
    scope.claimedBy = event;
    this.#endInside(scope);
    this.#beginHandler(scope);
  }

  protected broadcast(): void {
    for (const each of this.armed.filter(({ part }) => part.on === 'signal')) this.fire(each);
  }

  /**
   * Outwards until somebody catches it, through call activities too. Out of a scope that an event sub-process has
   * interrupted an error gets to the caller of the process only, an escalation to the boundary of the scope as well.
   */
  protected throw(thrower: Live, what: 'error' | 'escalation'): Part | undefined {
    for (let at = what === 'error' ? thrower : around(thrower); at; at = around(at.interrupted ? at.process : at)) {
      if (at.interrupted && what === 'error') continue;
      const isFree = !at.scope || at.scope.accepts;
      const { interrupted } = at;
      const events = [...startsOf(at), ...eventsOf(at)];
      const catcher = events.find(({ on, type }) => on === what && (type === 'boundary' || !interrupted));
      if (isFree && catcher && this.#trigger(at, catcher)) return catcher;
    }
    return undefined;
  }

  /** What a throw or end event does before it is left. */
  protected act(live: Live): void {
    const { on } = live.part;
    if (on === 'error') {
      if (!this.throw(live, 'error')) live.hasIncident = true;
      return;
    }
    if (on === 'signal') this.later(() => this.broadcast());
    if (on === 'escalation' && this.throw(live, 'escalation')?.interrupting) return;
    if (on === 'compensation' && this.#undo(live)) return;
    this.leave(live);
  }

  // compensation

  #remember(live: Live): void {
    const undo = live.round === null || live.isBody ? live.part.undo : null;
    const inside = live.isBody || live.part.type === 'scope' ? live.done : [];
    if (undo || inside.length > 0) live.scope!.done.push({ undo, inside });
  }

  /** All that was done around the thrower, and inside of that; from an event sub-process what is around that, too. */
  #undo(thrower: Live): boolean {
    const scope = thrower.scope!;
    const scopes = scope.part.type === 'handler' ? [scope, scope.scope!] : [scope];
    const undo = ({ undo: job, inside }: Done) => {
      if (job) {
        thrower.undoing++;
        this.go(job, scope, { undoesFor: thrower });
      }
      for (const each of inside) undo(each);
    };
    for (const each of scopes) for (const done of each.done.splice(0)) undo(done);
    return thrower.undoing > 0;
  }

  #undone(thrower: Live): void {
    if (--thrower.undoing === 0 && thrower.state === 'on') this.leave(thrower);
  }

  // loops and ad-hoc sub-processes

  #beginLoop(body: Live): void {
    const { items, sequential } = body.part.loop!;
    body.locals.set(`list_${body.part.id}`, Array<unknown>(items).fill(null));
    if (items === 0) this.leave(body);
    for (let at = 0; at < (sequential ? Math.min(1, items) : items); at++) this.#beginRound(body);
  }

  #beginRound(body: Live): void {
    const { part } = body;
    const round = ++body.begun;
    const locals: Values = new Map<string, unknown>([
      ['loopCounter', round],
      ['item', 9 + round],
    ]);
    // the variable of the output is there from the beginning, so that a result fills it and not one further out
    if (gathers(part)) locals.set(`v_${part.id}`, null);
    this.go(part, body, { round, locals });
  }

  #concludeRound(live: Live): void {
    const { part, scope } = live;
    const body = scope!;
    body.gathered[live.round! - 1] = live.get(gathers(part) ? `v_${part.id}` : 'item');
    const { until } = part.loop!;
    if (until !== null && body.completed + 1 >= until) live.endsAll = true;
  }

  #roundGone(body: Live, done?: Live): void {
    const { items, sequential } = body.part.loop!;
    if (done) body.completed++;
    if (done?.endsAll && !body.endsAll) {
      body.endsAll = true;
      this.#endInside(body);
    }
    if (sequential && !body.endsAll && body.begun < items) this.#beginRound(body);
    else if (this.#isEmpty(body)) this.leave(body);
  }

  protected beginInner(adHoc: Live, part: Part): void {
    const inner = new Live(adHoc.part.inside[0]!, { scope: adHoc });
    inner.locals.set('any', null);
    this.lives.push(inner);
    this.go(part, inner);
  }

  #innerGone(adHoc: Live, done?: Live): void {
    const { until, cancels } = adHoc.part;
    if (done?.endsAll && !adHoc.endsAll) {
      adHoc.endsAll = true;
      if (cancels) this.#endInside(adHoc);
    }
    const mayEnd = adHoc.endsAll || until === null || !done;
    if (mayEnd && this.#isEmpty(adHoc)) this.leave(adHoc);
  }

  // variables

  /** What it leaves behind for those around it. */
  #handOver(live: Live): void {
    const { part, scope, result } = live;
    const { id } = part;
    if (live.isBody) this.set(scope!, new Map([[`list_${id}`, live.gathered]]));
    else if (part.type === 'adhoc') this.set(scope!, new Map([[`done_${id}`, live.get(`done_${id}`)]]));
    else if (part.type === 'inner') {
      const name = `done_${scope!.part.id}`;
      const list = [...(scope!.get(name) as unknown[]), live.get('any')];
      const { until } = scope!.part;
      if (until !== null && list.length >= until) live.endsAll = true;
      this.set(scope!, new Map([[name, list]]));
    } else if (part.mapped)
      this.set(live.round === null ? scope! : live, new Map([[`out_${id}`, result.get(`v_${id}`)]]));
    else this.set(live, result);
  }

  protected set(from: Live, values: Values): void {
    const changed = new Map<string, Live>();
    for (const [name, value] of values) {
      const holder = from.holderOf(name);
      if (holder.locals.has(name) && same(holder.locals.get(name), value)) continue;
      holder.locals.set(name, value);
      changed.set(name, holder);
    }
    for (const armed of conditionsMet(this.armed, changed)) this.later(() => this.fire(armed));
  }
}

const passing = new Set<Part['type']>(['start', 'boundary', 'xor', 'and', 'or']);
const around = (live: Live): Live | null => live.scope ?? live.caller;
const increased = (value: unknown): number | null => (typeof value === 'number' ? value + 1 : null);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const gathers = ({ type, mapped }: Part): boolean => type === 'job' && !mapped;
