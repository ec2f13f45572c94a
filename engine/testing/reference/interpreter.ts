import type { Live } from './live.ts';
import { beginInner } from './loops.ts';
import type { Values } from './moves.ts';
import type { Part } from './plan.ts';
import { beginTransition, transitionOf, type Transition } from './tasks.ts';
import { Tokens } from './tokens.ts';

/** The reference: what clients do, and what comes of it in the plainest way. */
export class Reference extends Tokens {
  complete(live: Live, values: Values = new Map()): void {
    live.result = values;
    this.leave(live);
    this.run();
  }

  /** One that is told of a start speaks for the element, one that is told of an end for those who come after it. */
  listenerDone(live: Live, values: Values): void {
    const isBeginning = live.state === 'beginning';
    this.setLocal(isBeginning ? live : (live.scope ?? live), values);
    if (isBeginning) this.later(() => this.begin(live));
    else this.leave(live);
    this.run();
  }

  changeTask(live: Live, event: Transition['event'], wish: Partial<Transition> = {}): void {
    beginTransition(this, live, { event, at: 0, ...wish });
    this.run();
  }

  taskListenerDone(live: Live): void {
    const transition = transitionOf(live)!;
    beginTransition(this, live, { ...transition, at: transition.at + 1 });
    this.run();
  }

  deny(live: Live): void {
    live.task!.transition = null;
  }

  throwError(job: Live): void {
    if (!this.throw(job, 'error')) job.hasIncident = true;
    this.run();
  }

  fail(job: Live): void {
    job.hasIncident = true;
  }

  resolve(live: Live): void {
    live.hasIncident = false;
    // an error that nobody caught is thrown again by a new begin, which start listeners are told of again
    if (live.part.type === 'end' && !live.listener) this.later(() => this.begin(live));
    this.run();
  }

  /** The first that waits for it and can take it does. */
  message(name: string): void {
    const waiting = this.armed.filter(({ part }) => part.on === 'message' && part.id === name);
    waiting.find((armed) => this.fire(armed));
    this.run();
  }

  signal(): void {
    this.broadcast();
    this.run();
  }

  passTime(now: number): void {
    this.now = now;
    const due = this.armed.filter(({ part, dueAt }) => part.on === 'timer' && dueAt <= now);
    for (const timer of due.toSorted((a, b) => a.dueAt - b.dueAt)) {
      if (this.armed.includes(timer)) this.fire(timer);
      this.run();
    }
  }

  setVariable(live: Live, name: string, value: unknown, local: boolean): void {
    const values = new Map([[name, value]]);
    if (local) this.setLocal(live, values);
    else this.set(live, values);
    this.run();
  }

  beginInside(adHoc: Live, part: Part): void {
    beginInner(this, adHoc, part);
    this.run();
  }

  put(part: Part, scope: Live): void {
    this.#put(part, scope);
    this.run();
  }

  /** With it goes what would be empty without it. */
  takeAway(live: Live): void {
    this.end(this.emptyWithout(live), true);
    this.run();
  }

  /** What is put somewhere is there before anything is found to be empty. */
  move(live: Live, part: Part, scope: Live): void {
    this.#put(part, scope);
    this.takeAway(live);
  }

  /** What is put into an interrupted scope is no part of the interruption. */
  #put(part: Part, scope: Live): void {
    for (let at: Live | null = scope; at; at = at.scope) at.interrupted = false;
    this.go(part, scope);
  }

  emptyWithout(live: Live): Live {
    const scope = live.scope;
    if (!scope || scope.coming.length + scope.waiting.length > 0 || this.inside(scope).length > 1) return live;
    return this.emptyWithout(scope);
  }

  cancel(): void {
    this.end(this.root);
    this.run();
  }
}
