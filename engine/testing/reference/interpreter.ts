import type { Live } from './live.ts';
import type { Part } from './plan.ts';
import { Tokens, type Values } from './tokens.ts';

/** The reference: what clients do, and what comes of it in the plainest way. */
export class Reference extends Tokens {
  complete(live: Live, values: Values = new Map()): void {
    live.result = values;
    this.leave(live);
    this.run();
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
    if (live.part.type === 'end') this.later(() => this.act(live));
    this.run();
  }

  /** The first that waits for it takes a message. */
  message(name: string): void {
    this.fire(this.armed.find(({ part }) => part.on === 'message' && part.id === name)!);
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

  setVariable(process: Live, name: string, value: unknown): void {
    this.set(process, new Map([[name, value]]));
    this.run();
  }

  beginInside(adHoc: Live, part: Part): void {
    this.beginInner(adHoc, part);
    this.run();
  }

  /** What is put into an interrupted scope is no part of the interruption. */
  put(part: Part, scope: Live): void {
    for (let at: Live | null = scope; at; at = at.scope) at.interrupted = false;
    this.go(part, scope);
    this.run();
  }

  /** With it goes what would be empty without it. */
  takeAway(live: Live): void {
    this.end(this.emptyWithout(live));
    this.run();
  }

  emptyWithout(live: Live): Live {
    const scope = live.scope;
    if (!scope || scope.waiting.length > 0 || this.inside(scope).length > 1) return live;
    return this.emptyWithout(scope);
  }

  cancel(): void {
    this.end(this.root);
    this.run();
  }
}
