import { randomUUID } from 'node:crypto';
import { isCandidate } from '../access/access.ts';
import type { Actor } from '../account/actor.ts';
import { Conflict } from '../errors/conflict.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import { NotAllowed } from '../errors/not-allowed.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordEvent } from '../event/record-event.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import { checkFormAnswers } from './check-form-answers.ts';
import { demandConcern } from './demand-concern.ts';
import { processVariablesOf } from './form-schema.ts';
import { loadEffectFacts } from './load-effect-facts.ts';
import { loadForm, optionSources } from './load-form.ts';
import type { Task } from './task.ts';
import type { Answers, EffectContext } from './task-effect.ts';
import { TASK_EFFECTS } from './task-effects.ts';

export interface CompleteTaskInput {
  taskKey: string;
  answers: Answers;
  /** Version of the ticket that the person saw; when it has changed since, they are asked to look again. */
  expectedVersion?: number | null;
}

/**
 * A person's answer to a task: checked against its form and the domain, kept, and said to the engine after commit.
 * A candidate who completes an unclaimed task claims it by doing so.
 * @throws NotFound, NotAllowed('taskOfAnother'), Conflict('taskAlreadyDone'), Conflict('ticketChanged'), InvalidInput
 */
export async function completeTask(
  app: App,
  actor: Actor,
  input: CompleteTaskInput,
): Promise<{ answerId: string; ticketNo: string | null }> {
  const instants = { now: app.clock.now(), realNow: app.realClock.now() };
  try {
    return await app.transaction(async (stores) => {
      const task = await openTask(stores, actor, input.taskKey);
      await demandOwnTask(stores, actor, task);
      return carryOut(stores, task, actor, input, instants);
    });
  } catch (error) {
    // Of two hands at the same moment one lost, on whichever row: if this very task is done by now, say by whom.
    if (error instanceof Conflict) await openTask(app.stores, actor, input.taskKey);
    throw error;
  }
}

interface Instants {
  now: number;
  realNow: number;
}

/** @throws Conflict when somebody was first, NotFound */
export async function openTask(stores: Stores, actor: Actor, taskKey: string): Promise<Task> {
  const task = await stores.tasks.find(taskKey);
  if (!task) throw new NotFound('task', taskKey);
  await demandConcern(stores, actor, task);
  const earlier = await stores.taskAnswers.liveOfTask(taskKey);
  if (earlier || task.state === 'COMPLETING' || task.state === 'COMPLETED') {
    const by = earlier?.actorId ?? task.completedBy ?? '';
    const account = by === '' ? undefined : await stores.accounts.find(by);
    throw new Conflict('taskAlreadyDone', { by: account?.displayName ?? by, at: earlier?.at ?? task.completedAt ?? 0 });
  }
  if (task.state === 'CANCELED') throw new Conflict('taskGone', {});
  return task;
}

async function demandOwnTask(stores: Stores, actor: Actor, task: Task): Promise<void> {
  if (task.assignee !== null && task.assignee !== actor.accountId) throw await taskOfAnother(stores, task.assignee);
  if (task.assignee === null && !isCandidate(actor, task))
    throw new NotAllowed('notACandidate', { taskKey: task.taskKey });
}

/** Says the colleague's name: with it one can ask. */
export async function taskOfAnother(stores: Stores, assignee: string): Promise<NotAllowed> {
  return new NotAllowed('taskOfAnother', { assignee: (await stores.accounts.find(assignee))?.displayName ?? assignee });
}

async function carryOut(
  stores: Stores,
  task: Task,
  actor: Actor,
  input: CompleteTaskInput,
  { now, realNow }: Instants,
) {
  const effect = task.formId === null ? undefined : TASK_EFFECTS.get(task.formId);
  const context: EffectContext | null =
    task.ticketNo === null ? null : { ...(await loadEffectFacts(stores, task, actor, now)), stores, realNow };
  if (context && input.expectedVersion != null && context.ticket.version !== input.expectedVersion) {
    throw new Conflict('ticketChanged', { version: context.ticket.version });
  }
  // Its process is about to end: a step of it would be undone the moment it is done.
  if (context?.ticket.status === 'CANCELLED' || context?.ticket.status === 'MERGED') {
    throw new Conflict('ticketClosed', { status: context.ticket.status });
  }
  const form = await loadForm(stores, task);
  const checks = new FieldChecks();
  const given = { ...(context ? effect?.defaults?.(context) : undefined), ...input.answers };
  const answers = checkFormAnswers(checks, form?.schema ?? {}, given, await optionSources(stores), task.variables);
  if (effect?.check && context) effect.check(checks, answers, context);
  checks.throwIfAny();
  const more = effect && context ? await effect.apply(context, answers) : undefined;
  const variables = { ...processVariablesOf(form?.schema ?? {}, answers), ...more };
  const answerId = await keepAnswer(stores, task, actor, answers, now);
  await stores.outbox.add(
    task.ticketNo ?? task.processInstanceKey,
    { kind: 'COMPLETE_TASK', taskKey: task.taskKey, answerId, variables },
    realNow,
  );
  return { answerId, ticketNo: task.ticketNo };
}

async function keepAnswer(stores: Stores, task: Task, actor: Actor, answers: Answers, now: number): Promise<string> {
  const answerId = randomUUID();
  const { taskKey, ticketNo, formId, elementId, assignmentNo } = task;
  await stores.taskAnswers.insert({
    answerId,
    taskKey,
    ticketNo,
    formId,
    elementId,
    answers,
    actorId: actor.accountId,
    at: now,
    state: 'SENT',
  });
  await stores.tasks.update(taskKey, {
    state: 'COMPLETING',
    assignee: actor.accountId,
    completedBy: actor.accountId,
    completedAt: now,
  });
  await stores.formDrafts.delete(actor.accountId, `task:${taskKey}`);
  await stores.changes.append({
    kind: 'TASK',
    subject: taskKey,
    groups: task.candidateGroups,
    accountId: actor.accountId,
  });
  if (ticketNo !== null) {
    await recordEvent(stores, now, actor, {
      ticketNo,
      assignmentNo,
      type: 'taskCompleted',
      visibility: assignmentNo === null ? 'TICKET' : 'ASSIGNMENT',
      data: { taskKey, taskName: task.name, elementId, formId, answerId },
    });
  }
  return answerId;
}
