import { remember, undo, undone } from './compensation.ts';
import { waitsForListener } from './listeners.ts';
import { Live, around } from './live.ts';
import { beginInner, beginLoop, concludeInner, concludeRound, innerGone, roundGone } from './loops.ts';
import type { GoOptions, Moves, Values } from './moves.ts';
import { outputsOf, secondsOf, type Flow, type Part } from './plan.ts';
import { beginTask, beginTransition } from './tasks.ts';
import { conditionsMet, eventsOf, holds, startOf, startsOf, type Armed } from './waiting.ts';
import { flowsOf, openJoins, takeTokens } from './ways.ts';

/**
 * What BPMN and Zeebe's documents say that a process does, in the plainest way: tokens move one step after the other,
 * those that were set going first move first.
 */
export class Tokens implements Moves {
  readonly #called: Part;
  readonly root: Live;
  lives: Live[] = [];
  armed: Armed[] = [];
  now: number;
  readonly #steps: (() => void)[] = [];

  constructor(main: Part, called: Part, now: number) {
    this.#called = called;
    this.now = now;
    this.root = this.#beginProcess(main, null, new Map([['base', 1]]));
    this.run();
  }

  // tokens

  protected later(step: () => void): void {
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

  isEmpty(scope: Live): boolean {
    return this.inside(scope).length === 0 && scope.coming.length === 0 && scope.waiting.length === 0;
  }

  go(part: Part, scope: Live, more: GoOptions = {}): void {
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
      if (part.type === 'adhoc') live.locals.set(`done_${part.id}`, []);
      return this.begin(live);
    });
  }

  /** Enters an event that has happened: it waits for nothing more, so that no step lies between. */
  #enterHappened(event: Part, scope: Live): void {
    const live = new Live(event, { scope });
    this.lives.push(live);
    this.leave(live);
  }

  /** Its start listeners come first; each brings it here again. */
  protected begin(live: Live): void {
    if (live.state !== 'on' && live.state !== 'beginning') return;
    live.state = waitsForListener(live, 'start') ? 'beginning' : 'on';
    if (live.state === 'on') this.#setGoing(live);
  }

  #setGoing(live: Live): void {
    const { type, on, chosen, down } = live.part;
    // scopes begin to listen when their start event is over
    if (live.isBody || (type !== 'scope' && type !== 'process')) this.#listen(live);
    if (live.isBody) beginLoop(this, live);
    else if (type === 'process' || type === 'scope' || type === 'handler') this.go(startOf(live.part), live);
    else if (type === 'adhoc') for (const part of chosen) beginInner(this, live, part);
    else if (type === 'call') this.#beginProcess(this.#called, live, down ? live.seen() : new Map());
    else if (type === 'task') beginTask(this, live);
    else if (type === 'throw' || type === 'end') this.#act(live);
    else if (type === 'catch' ? on === 'link' : passing.has(type)) this.leave(live);
  }

  #beginProcess(part: Part, caller: Live | null, values: Values): Live {
    const live = new Live(part, { caller });
    this.lives.push(live);
    for (const [name, value] of values) live.locals.set(name, value);
    this.later(() => this.begin(live));
    return live;
  }

  leave(live: Live): void {
    this.later(() => {
      const isOver = live.state === 'ending' || live.state === 'gone';
      if (!isOver && (around(live)?.accepts ?? true)) this.#complete(live);
    });
  }

  #complete(live: Live): void {
    const { part, scope } = live;
    if (live.state === 'on') this.#handOver(live);
    live.state = 'leaving';
    if (waitsForListener(live, 'end')) return;
    if (live.round !== null && !live.isBody) concludeRound(live);
    if (part.type === 'start') this.#listen(scope!);
    this.#disarm(live);
    this.#remove(live);
    if (!scope) {
      if (!live.caller) return;
      if (live.caller.part.up) live.caller.result = live.locals;
      this.leave(live.caller);
      return;
    }
    remember(live);
    if (live.chosen) this.#enterHappened(live.chosen, scope);
    else if (live.round === null || live.isBody) this.#leaveBy(flowsOf(live), scope);
    if (part.link) this.go(part.link, scope);
    if (part.type === 'end' && part.on === 'terminate') {
      scope.closed = true;
      this.#disarm(scope);
      this.endInside(scope);
    }
    if (live.undoesFor) undone(this, live.undoesFor);
    this.#childGone(scope, live);
  }

  #leaveBy(flows: Flow[], scope: Live): void {
    if (!scope.accepts) return;
    for (const flow of flows) this.#take(flow, scope);
    if (flows.some(({ to }) => to.type === 'or')) this.#joinInclusively(scope);
  }

  #take(flow: Flow, scope: Live): void {
    const { to } = flow;
    if (to.ins.length < 2 || (to.type !== 'and' && to.type !== 'or')) {
      this.go(to, scope);
      return;
    }
    scope.waiting.push(flow);
    if (to.type === 'and' && to.ins.every((each) => scope.waiting.includes(each))) this.#join(to, scope);
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
      if (this.isEmpty(scope)) this.#ended(scope);
    } else if (scope.claimedBy) this.#beginHandler(scope);
    else if (scope.isBody) roundGone(this, scope, done);
    else if (scope.part.type === 'adhoc') innerGone(this, scope, done);
    else if (this.isEmpty(scope)) this.leave(scope);
  }

  #beginHandler(scope: Live): void {
    const event = scope.claimedBy!;
    if (event.type === 'boundary' || !this.isEmpty(scope)) return;
    scope.claimedBy = null;
    scope.interrupted = true;
    this.go(event.around!, scope);
  }

  /** @param unheard by hand: canceling listeners of tasks are not told */
  end(live: Live, unheard = false): void {
    this.later(() => {
      if (live.state === 'gone') return;
      if (live.state !== 'ending') {
        live.state = 'ending';
        live.hasIncident = false;
        live.done = [];
        this.#disarm(live);
        if (unheard) live.task = null;
        else if (live.task) beginTransition(this, live, { event: 'canceling', at: 0 });
        this.endInside(live, unheard);
      }
      if (!live.task && this.isEmpty(live)) this.#ended(live);
    });
  }

  endInside(scope: Live, unheard = false): void {
    scope.waiting = [];
    for (const live of this.inside(scope)) this.end(live, unheard);
  }

  #ended(live: Live): void {
    this.#remove(live);
    const { scope, caller, claimedBy } = live;
    if (live.undoesFor) undone(this, live.undoesFor);
    if (caller) this.end(caller);
    if (!scope) return;
    if (claimedBy?.type === 'boundary' && scope.accepts) this.#enterHappened(claimedBy, scope);
    this.#childGone(scope);
  }

  // events

  #listen(live: Live): void {
    for (const part of eventsOf(live)) {
      const armed = { live, part, dueAt: this.now + secondsOf(part.id) * 1000 };
      this.armed.push(armed);
      if (part.on === 'condition' && holds(armed)) this.later(() => this.fire(armed));
    }
  }

  #disarm(live: Live, ...only: Part[]): void {
    this.armed = this.armed.filter((each) => each.live !== live || (only.length > 0 && !only.includes(each.part)));
  }

  /** @returns whether it was taken */
  protected fire(armed: Armed): boolean {
    if (!this.armed.includes(armed)) return false;
    if (armed.part.on === 'timer') this.#disarm(armed.live, armed.part);
    return this.#trigger(armed.live, armed.part);
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
      } else if (live.scope!.accepts) this.#enterHappened(event, live.scope!);
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
    this.endInside(scope);
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
      if (!isFree || !catcher) continue;
      // the search is over where a catcher is found, even one that can not take it any more
      this.#trigger(at, catcher);
      return catcher;
    }
    return undefined;
  }

  /** What a throw or end event does before it is left. */
  #act(live: Live): void {
    const { on } = live.part;
    if (on === 'error') {
      if (!this.throw(live, 'error')) live.hasIncident = true;
      return;
    }
    if (on === 'signal') this.later(() => this.broadcast());
    if (on === 'escalation' && this.throw(live, 'escalation')?.interrupting) return;
    if (on === 'compensation' && undo(this, live)) return;
    this.leave(live);
  }

  // variables

  /** What it leaves behind for those around it. */
  #handOver(live: Live): void {
    const { part, scope, result } = live;
    const { id } = part;
    if (live.isBody) this.set(scope!, new Map([[`list_${id}`, live.gathered]]));
    else if (part.type === 'adhoc') this.set(scope!, new Map([[`done_${id}`, live.get(`done_${id}`)]]));
    else if (part.type === 'inner') concludeInner(this, live);
    else if (part.mapped) {
      this.setLocal(live, result);
      const outputs = outputsOf(part).map((name): [string, unknown] => [name, result.get(`v_${id}`)]);
      this.set(live.round === null ? scope! : live, new Map(outputs));
    } else this.set(live, result);
  }

  set(from: Live, values: Values): void {
    this.#write(values, (name) => from.holderOf(name));
  }

  protected setLocal(live: Live, values: Values): void {
    this.#write(values, () => live);
  }

  #write(values: Values, holderOf: (name: string) => Live): void {
    const changed = new Map<string, Live>();
    for (const [name, value] of values) {
      const holder = holderOf(name);
      if (holder.locals.has(name) && same(holder.locals.get(name), value)) continue;
      holder.locals.set(name, value);
      changed.set(name, holder);
    }
    for (const armed of conditionsMet(this.armed, changed)) this.later(() => this.fire(armed));
  }
}

const passing = new Set<Part['type']>(['start', 'xor', 'and', 'or']);
const increased = (value: unknown): number | null => (typeof value === 'number' ? value + 1 : null);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
