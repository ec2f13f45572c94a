import type { Actor } from '../account/actor.ts';
import type { Assignment } from '../assignment/assignment.ts';
import type { Contact } from '../contact/contact.ts';
import type { DispatchRule } from '../dispatch/dispatch-rule.ts';
import type { FieldChecks } from '../errors/field-checks.ts';
import type { Stores } from '../ports/stores.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Unit } from '../unit/unit.ts';
import type { Task, TaskAnswer } from './task.ts';

export type Answers = Record<string, unknown>;

/** What a check may know: read once, in the transaction. */
export interface EffectFacts {
  task: Task;
  actor: Actor;
  now: number; // business time
  ticket: Ticket;
  /** All of the ticket, oldest first. */
  assignments: readonly Assignment[];
  /** The task's own; for supervision, contact and co-host tasks the one meant. */
  assignment: Assignment | null;
  contacts: readonly Contact[];
  earlierAnswers: readonly TaskAnswer[];
  units: readonly Unit[];
  /** Of the catalogue's answer for the ticket; null when it leaves the choice to the centre. */
  dispatchRule: DispatchRule | null;
}

export interface EffectContext extends EffectFacts {
  stores: Stores;
  /** Real time, for outbox rows. */
  realNow: number;
}

/** What the domain knows of a form beyond its schema. A form without one is completed as it is. */
export interface TaskEffect {
  /** What stands when the answer leaves it out; shown in the form from the start. */
  defaults?(facts: EffectFacts): Answers;
  /** Shown in the form from the start, but said only by the person who leaves it there. */
  suggest?(facts: EffectFacts): Answers;
  /** Adds problems; the answers are already right by the form's schema. */
  check?(checks: FieldChecks, answers: Answers, facts: EffectFacts): void;
  /** Writes what the answers mean; what it returns goes to the engine besides the form's own process variables. */
  apply(context: EffectContext, answers: Answers): Promise<Record<string, unknown> | void>;
}

export const textOf = (answers: Answers, key: string): string | null => {
  const value = answers[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

export const listOf = (answers: Answers, key: string): string[] => {
  const value = answers[key];
  return Array.isArray(value) ? value.map(String) : [];
};

/** A designer may draw yes/no as a checkbox or as two buttons with the values `true` and `false`. */
export const yesOrNoOf = (answers: Answers, key: string): boolean | null => {
  const value = answers[key];
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
};

export function requireText(checks: FieldChecks, answers: Answers, ...keys: string[]): void {
  for (const key of keys) if (textOf(answers, key) === null) checks.add(key, 'required');
}

export function requireActiveUnits(
  checks: FieldChecks,
  key: string,
  unitCodes: readonly string[],
  facts: EffectFacts,
): void {
  for (const code of unitCodes) {
    if (!facts.units.some((unit) => unit.unitCode === code && unit.active))
      checks.add(key, 'unknownUnit', { unitCode: code });
  }
}

/** @throws Error: a task drawn outside an assignment has no business with such a form. */
export function assignmentOf(facts: EffectFacts): Assignment {
  if (!facts.assignment) throw new Error(`task ${facts.task.taskKey} (${facts.task.elementId}) names no assignment`);
  return facts.assignment;
}
