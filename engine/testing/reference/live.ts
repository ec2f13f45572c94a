import type { Flow, Part } from './plan.ts';
import type { Task } from './tasks.ts';

/** What has been done and can be undone: by its own job, by those of what was done inside of it. */
export interface Done {
  undo: Part | null;
  inside: Done[];
}

/** Something that has begun and not ended: what the engine shows as an element instance. */
export class Live {
  readonly part: Part;
  /** Where it runs; a process runs nowhere, or below the call activity that began it. */
  readonly scope: Live | null;
  readonly caller: Live | null;
  /** All of a loop; its rounds are inside of it and counted from 1. */
  readonly isBody: boolean;
  readonly round: number | null;
  /** Beginning and leaving are only seen where listeners are waited for, ending where those of a task are. */
  state: 'beginning' | 'on' | 'leaving' | 'ending' | 'gone' = 'on';
  /** The execution listener that it waits for, counted from 0. */
  listener: { event: 'start' | 'end'; at: number } | null = null;
  /** The user task that it waits for. */
  task: Task | null = null;
  readonly locals = new Map<string, unknown>();
  /** Variables that it will have brought when it is left. */
  result = new Map<string, unknown>();
  /** Tokens on their way to something inside. */
  coming: Part[] = [];
  /** Tokens inside that wait at a join. */
  waiting: Flow[] = [];
  /** The event that ends it, or all that is inside of it. */
  claimedBy: Part | null = null;
  /** An event sub-process has ended all else inside of it. */
  interrupted = false;
  /** A terminate end has been reached inside. */
  closed = false;
  /** The event that was first, after an event-based gateway. */
  chosen: Part | null = null;
  hasIncident = false;
  done: Done[] = [];
  /** How many jobs it waits for that undo something, and who waits for this one. */
  undoing = 0;
  readonly undoesFor: Live | null;
  begun = 0;
  completed = 0;
  /** A completion condition was met by this round, or is met for the whole of it. */
  endsAll = false;

  constructor(part: Part, more: Partial<Pick<Live, 'scope' | 'caller' | 'isBody' | 'round' | 'undoesFor'>>) {
    this.part = part;
    this.scope = more.scope ?? null;
    this.caller = more.caller ?? null;
    this.isBody = more.isBody ?? false;
    this.round = more.round ?? null;
    this.undoesFor = more.undoesFor ?? null;
  }

  get name(): string {
    const outer = around(this);
    const kind = this.isBody ? '*' : this.round === null ? '' : `#${this.round}`;
    return `${outer ? `${outer.name}/` : ''}${this.part.id}${kind}`;
  }

  /** Of a loop: what its rounds have answered, a variable of its own. */
  get gathered(): unknown[] {
    return this.locals.get(`list_${this.part.id}`) as unknown[];
  }

  /** Something may move inside; an event at its boundary leaves it until its own end comes. */
  get accepts(): boolean {
    return this.state === 'on' && !this.closed && this.claimedBy?.type !== 'start';
  }

  get isInside(): boolean {
    return !this.isBody && ['process', 'scope', 'handler', 'adhoc', 'inner'].includes(this.part.type);
  }

  /** The process that it belongs to. */
  get process(): Live {
    return this.scope ? this.scope.process : this;
  }

  get(name: string): unknown {
    return this.locals.has(name) ? this.locals.get(name) : this.scope?.get(name);
  }

  /** The nearest scope that has the variable, the process where none has. */
  holderOf(name: string): Live {
    return this.locals.has(name) || !this.scope ? this : this.scope.holderOf(name);
  }

  /** All that is seen from here. */
  seen(): Map<string, unknown> {
    return new Map([...(this.scope?.seen() ?? []), ...this.locals]);
  }

  isWithin(outer: Live): boolean {
    return this === outer || (this.scope?.isWithin(outer) ?? false);
  }
}

/** Through call activities too. */
export const around = (live: Live): Live | null => live.scope ?? live.caller;
