import { DateTime, Duration, type Zone } from 'luxon';
import { compileExpression, evaluateToJson, staticOutcome } from '../feel/feel.ts';
import type { ResultType } from '../feel/result-type.ts';
import { FeelSyntaxError } from '../feel/syntax.ts';
import type { TimerSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { notOfType, notOneOf, type Expressions } from './expressions.ts';
import { Incident } from './incident.ts';
import { nextCronAt } from './cron.ts';
import type { Run } from './run.ts';

export interface DueTimer {
  dueAt: number;
  /** How often it fires after this once, -1 for ever. */
  repetitions: number;
}

/** When a timer of the model fires first: ISO 8601 date, duration, repeating interval, or a cron expression. */
export function dueTimer(run: Run, timer: TimerSpec, expressions: Expressions): DueTimer {
  const { kind, expression } = timer;
  const text = kind === 'cycle' ? expressions.string(expression) : expressions.text(expression, ...textTypes[kind]);
  return dueAtFirst(timer, text, run.now);
}

/** What an expression may give beside text. */
const textTypes = { date: ['DATE_TIME'], duration: ['DURATION', 'PERIOD'] } satisfies Record<string, ResultType[]>;

function dueAtFirst({ kind, expression }: TimerSpec, text: string, now: number): DueTimer {
  if (kind === 'cycle') return nextOfCycle(text, now, undefined);
  const dueAt = kind === 'date' ? timerDate(text)?.toMillis() : addDuration(now, text);
  if (dueAt !== undefined) return { dueAt, repetitions: 0 };
  const format = kind === 'date' ? 'date-time' : 'duration';
  const source = expression.replace(/^=/, '').trim();
  throw new Incident('EXTRACT_VALUE_ERROR', `Invalid ${format} format '${text}' for expression '${source}'.`);
}

/** `R3/PT1M`, `R/start/P1D`; the start may hold slashes of its own, in the name of its zone. */
const repeating = /^R(-1|\d*)\/(?:(.+)\/)?(-?P[^/]*)$/;

/** The next firing of a cycle; `left` are the repetitions that remain (undefined before the first). */
export function nextOfCycle(text: string, now: number, left: number | undefined, lastDueAt?: number): DueTimer {
  if (!text.startsWith('R')) {
    const next = nextCronAt(text, now);
    if (next === undefined) throw invalidCycle(text);
    // a day that never comes, like June 31, is one firing at once, as in Camunda
    return next === 'never' ? { dueAt: now, repetitions: 0 } : { dueAt: next, repetitions: -1 };
  }
  const [, count, start, duration] = repeating.exec(text) ?? [];
  if (duration === undefined) throw invalidCycle(text);
  const endless = count === '' || count === '-1';
  const repetitions = left === undefined ? (endless ? -1 : Math.max(Number(count) - 1, 0)) : Math.max(left - 1, -1);
  const begin = start === undefined ? undefined : timerDate(start);
  // the next one counts from when this one was due, so that a late sweep does not shift the cycle, and by the clock of
  // the zone that the start names
  const following = addDuration(left === undefined ? now : (lastDueAt ?? now), duration, begin?.zone);
  const dueAt = left === undefined && begin ? begin.toMillis() : following;
  if (dueAt === undefined || following === undefined || (start !== undefined && !begin)) throw invalidCycle(text);
  // what was missed is not made up for: a start in the past is now
  return { dueAt: Math.max(dueAt, now), repetitions };
}

function timerDate(text: string): DateTime | undefined {
  // FEEL prints a zone as …@Europe/Berlin, java.time as …[Europe/Berlin]
  const zone = /(?:@|\[)([A-Za-z]+(?:\/[A-Za-z0-9_+-]+)*)\]?$/.exec(text);
  const plain = zone ? text.slice(0, zone.index) : text;
  const date = DateTime.fromISO(plain, { zone: zone?.[1] ?? 'utc', setZone: !zone });
  return date.isValid && /T/.test(plain) ? date : undefined;
}

function addDuration(from: number, text: string, zone: Zone | 'utc' = 'utc'): number | undefined {
  const duration = Duration.fromISO(text.replace(/^-/, ''));
  if (!duration.isValid || !/^-?P/.test(text)) return undefined;
  const at = DateTime.fromMillis(from, { zone });
  const moved = text.startsWith('-') ? at.minus(duration) : at.plus(duration);
  return moved.isValid ? moved.toMillis() : undefined;
}

const invalidCycle = (text: string) => new Incident('EXTRACT_VALUE_ERROR', `Invalid cycle format '${text}' for timer`);

const noVariables = { get: () => undefined, names: () => [] };

/**
 * Why a timer of a model can't be read; undefined when it can, or when that is known only at run time. A timer that
 * starts a process has no variables: its expression is evaluated now.
 */
export function timerProblem(timer: TimerSpec, startsProcess: boolean): string | undefined {
  const { kind, expression } = timer;
  if (expression.startsWith('=') && !startsProcess) return undefined;
  const problem = (reason: string) => `Invalid timer ${kind} expression (${reason})`;
  try {
    const now = Date.now();
    const outcome = expression.startsWith('=')
      ? evaluateToJson(compileExpression(expression.slice(1)), noVariables, { nowMs: now })
      : staticOutcome(expression);
    const types: ResultType[] = kind === 'cycle' ? ['STRING'] : [...textTypes[kind], 'STRING'];
    if (!types.includes(outcome.type)) {
      return problem(
        kind === 'cycle' ? notOfType(expression, 'STRING', outcome) : notOneOf(expression, types, outcome),
      );
    }
    dueAtFirst(timer, outcome.value as string, now);
    return undefined;
  } catch (error) {
    // what can't be parsed at all is found with all other expressions
    return error instanceof FeelSyntaxError ? undefined : problem((error as Error).message);
  }
}

/** Arms the timer start event of a definition. */
export function openStartTimer(run: Run, element: ExecutableElement, { dueAt, repetitions }: DueTimer): void {
  run.emit('timer.created', {
    key: run.keys.next(),
    dueAt,
    processDefinitionKey: element.process.key,
    processInstanceKey: null,
    elementInstanceKey: null,
    elementRef: element.ref,
    repetitions,
  });
}
