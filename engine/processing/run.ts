import type { CommandRejection } from '../command-rejection.ts';
import type { JsonObject } from '../json.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { EngineSettings } from '../settings.ts';
import { appliers, type EventName, type EventRows } from '../state/appliers.ts';
import type { Keys } from '../state/keys.ts';
import { phase, type InstanceData, type InstanceRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';

/** One move in the life of an element; moves wait in a queue, so that long processes need no deep stack. */
export type Step =
  | {
      kind: 'activate';
      element: ExecutableElement;
      scopeKey: number;
      processInstanceKey: number;
      options: EntryOptions;
    }
  | { kind: 'broadcast'; signalName: string; variables: JsonObject }
  | { kind: 'condition'; subscriptionKey: number }
  | { kind: 'listen'; subscriptionKey: number; stage: ListeningStage }
  | { kind: 'reactivate' | 'complete'; key: number; processInstanceKey: number }
  | { kind: 'terminate'; key: number; processInstanceKey: number; manner: Manner };

/** A message subscription is open, then it has heard of a message that was there before. */
export type ListeningStage = 'opened' | 'heard';

/** Who changes an instance by hand is not to be held up by the canceling listeners of its tasks. */
export type Manner = 'heard' | 'unheard';

export interface EntryOptions {
  /** The sequence flow that the token came by. */
  flowRef?: number | null;
  /** Variables of the event that the element stands for. */
  event?: JsonObject;
  /** An inner instance of a multi-instance body, counted from 1, with its local variables. */
  loopCounter?: number;
  locals?: JsonObject;
  /** A compensation handler: the subscription that it serves. */
  compensation?: number;
}

/** How often a command has entered an element of a scope. */
export class EntryCounts {
  #counts = new Map<string, number>();
  #total = 0;

  /** Counting begins only when the command has become long, for most never are. */
  count(elementRef: number, scopeKey: number): number {
    if (++this.#total < 1000) return 0;
    const name = `${scopeKey}:${elementRef}`;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}

export type Answer = { value: unknown } | { rejection: CommandRejection };
export type EventListener = (name: EventName, row: EventRows[EventName]) => void;

/** What a command has when it runs: the state, the time, a queue of steps, and what is to be told after the commit. */
export class Run {
  readonly state: State;
  readonly keys: Keys;
  readonly settings: EngineSettings;
  readonly now: number;
  /** Scopes in which a token has moved: what waits there at an inclusive gateway may have waited for it. */
  readonly stirred = new Set<InstanceRow>();
  readonly entries = new EntryCounts();
  /** Gateways decide when they are entered and take their flows when they are left, within one command. */
  readonly chosenFlows = new Map<number, ExecutableElement[]>();
  /** Subscriptions that signals of this command have triggered. */
  signalsTriggered = 0;
  /** Answers to commands that waited for something: user-task:KEY, process-instance:KEY. */
  readonly answers = new Map<string, Answer>();
  readonly #listener: EventListener;
  #steps: Step[] = [];
  /** Steps before this one have been taken. */
  #at = 0;

  constructor(state: State, keys: Keys, settings: EngineSettings, now: number, listener: EventListener) {
    this.state = state;
    this.keys = keys;
    this.settings = settings;
    this.now = now;
    this.#listener = listener;
  }

  emit<N extends EventName>(name: N, row: EventRows[N], change: Partial<EventRows[N]> = {}): void {
    appliers[name](this.state, row, change);
    this.#listener(name, row);
  }

  element(row: { elementRef: number }): ExecutableElement {
    return this.state.definitions.element(row.elementRef);
  }

  /** The scope counts its children from the moment that a token is on its way to one. */
  activate(element: ExecutableElement, scope: InstanceRow, options: EntryOptions = {}): void {
    this.emit('element.changed', scope, { children: scope.children + 1 });
    const { key: scopeKey, processInstanceKey } = scope;
    this.#steps.push({ kind: 'activate', element, scopeKey, processInstanceKey, options });
  }

  reactivate(row: InstanceRow): void {
    this.#steps.push({ kind: 'reactivate', key: row.key, processInstanceKey: row.processInstanceKey });
  }

  complete(row: InstanceRow): void {
    this.#steps.push({ kind: 'complete', key: row.key, processInstanceKey: row.processInstanceKey });
  }

  terminate(row: InstanceRow, manner: Manner = 'heard'): void {
    this.#steps.push({ kind: 'terminate', key: row.key, processInstanceKey: row.processInstanceKey, manner });
  }

  /** Told to all that wait for it when what has been set going before has moved. */
  broadcast(signalName: string, variables: JsonObject): void {
    this.#steps.push({ kind: 'broadcast', signalName, variables });
  }

  /** A condition holds: it triggers when what has been set going before has moved, if it is still waited for then. */
  conditionMet(subscriptionKey: number): void {
    this.#steps.push({ kind: 'condition', subscriptionKey });
  }

  /** A message subscription looks for a message that was there before it. */
  listen(subscriptionKey: number, stage: ListeningStage): void {
    this.#steps.push({ kind: 'listen', subscriptionKey, stage });
  }

  /**
   * An element's events are waited for before its work begins: what `open` finds to have happened comes before what
   * `begin` has set going, though they can be opened only when the work could begin.
   */
  begin(begin: () => void, open: () => void): void {
    const from = this.#steps.length;
    begin();
    const begun = this.#steps.splice(from);
    open();
    for (const step of begun) this.#steps.push(step);
  }

  takeStep(): Step | undefined {
    const step = this.#steps[this.#at];
    if (!step || this.#at > 10_000) {
      this.#steps = this.#steps.slice(this.#at);
      this.#at = 0;
    }
    if (step) this.#at++;
    return step;
  }

  /** Tokens on their way to an element of the scope. */
  *comingTo(scopeKey: number): Iterable<ExecutableElement> {
    for (let at = this.#at; at < this.#steps.length; at++) {
      const step = this.#steps[at]!;
      if (step.kind === 'activate' && step.scopeKey === scopeKey) yield step.element;
    }
  }

  answer(waiter: string, answer: Answer): void {
    this.answers.set(waiter, answer);
  }
}

export const isActive = (row: InstanceRow): boolean => row.phase === phase.active;

/**
 * Nothing new may start in a scope that ends or that an event sub-process has claimed. One that ends by an event at its
 * boundary goes on until its turn to end comes, as in Zeebe.
 */
export function acceptsChildren({ state }: Run, { phase: at, data }: InstanceRow): boolean {
  if (at > phase.active || data?.terminateEnd) return false;
  return data?.interrupt === undefined || state.definitions.element(data.interrupt.elementRef).type !== 'START_EVENT';
}

/** What a scope hands on to everything inside of it. */
export function inheritedData({ data }: InstanceRow): InstanceData | null {
  return data?.terminateAfter ? { terminateAfter: data.terminateAfter } : null;
}
