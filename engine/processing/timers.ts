import { DateTime, Duration } from 'luxon';
import type { TimerSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { Expressions } from './expressions.ts';
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
  const text = expressions.string(timer.expression);
  if (timer.kind === 'date') return { dueAt: timerDate(text), repetitions: 0 };
  if (timer.kind === 'duration') return { dueAt: addDuration(run.now, text), repetitions: 0 };
  return nextOfCycle(text, run.now, undefined);
}

/** The next firing of a cycle; `left` are the repetitions that remain (undefined before the first). */
export function nextOfCycle(text: string, now: number, left: number | undefined, lastDueAt?: number): DueTimer {
  if (!text.startsWith('R')) return { dueAt: cronOrIncident(text, now), repetitions: -1 };
  const [count, ...interval] = text.split('/');
  const duration = interval.at(-1);
  if (!/^R(-1|\d*)$/.test(count!) || !duration || interval.length > 2) throw invalid(text, 'cycle');
  const total = count === 'R' || count === 'R-1' ? -1 : Number(count!.slice(1)) - 1;
  if (left === undefined) {
    const start = interval.length === 2 ? timerDate(interval[0]!) : undefined;
    return { dueAt: start ?? addDuration(now, duration), repetitions: total };
  }
  // the next one counts from when this one was due, so that a late sweep does not shift the cycle
  return { dueAt: Math.max(addDuration(lastDueAt ?? now, duration), 0), repetitions: left < 0 ? -1 : left - 1 };
}

function cronOrIncident(text: string, now: number): number {
  const next = nextCronAt(text, now);
  if (next === undefined) throw invalid(text, 'cycle');
  return next;
}

function timerDate(text: string): number {
  // FEEL prints a zone as …@Europe/Berlin, java.time as …[Europe/Berlin]
  const zone = /(?:@|\[)([A-Za-z]+(?:\/[A-Za-z_+-]+)*)\]?$/.exec(text);
  const plain = zone ? text.slice(0, zone.index) : text;
  const date = DateTime.fromISO(plain, { zone: zone?.[1] ?? 'utc', setZone: !zone });
  if (!date.isValid || !/T/.test(plain)) throw invalid(text, 'date');
  return date.toMillis();
}

function addDuration(from: number, text: string): number {
  const duration = Duration.fromISO(text.replace(/^-/, ''));
  if (!duration.isValid || !/^-?P/.test(text)) throw invalid(text, 'duration');
  const at = DateTime.fromMillis(from, { zone: 'utc' });
  return (text.startsWith('-') ? at.minus(duration) : at.plus(duration)).toMillis();
}

const invalid = (text: string, kind: 'date' | 'duration' | 'cycle') =>
  new Incident('EXTRACT_VALUE_ERROR', `Invalid ${kindNames[kind]} format '${text}' for timer`);

const kindNames = { date: 'date-time', duration: 'duration', cycle: 'cycle' };

/** Why a static timer of a model can't be read; undefined when it can or is an expression. */
export function timerProblem(timer: TimerSpec): string | undefined {
  if (timer.expression.startsWith('=')) return undefined;
  try {
    if (timer.kind === 'date') timerDate(timer.expression);
    else if (timer.kind === 'duration') addDuration(0, timer.expression);
    else nextOfCycle(timer.expression, 0, undefined);
    return undefined;
  } catch (error) {
    return `Invalid timer ${timer.kind} expression (${(error as Error).message})`;
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
