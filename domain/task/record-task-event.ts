import type { App } from '../ports/app.ts';
import type { EngineJob, EngineTaskEvent } from '../ports/engine-job.ts';
import type { Stores } from '../ports/stores.ts';
import { elementOutline } from './element-outline.ts';
import { supersedeAnswer } from './supersede-answer.ts';
import type { Task } from './task.ts';

/** A task listener's job: what the engine is about to do with a user task. */
export type TaskEvent = Omit<EngineJob, 'taskEvent'> & { taskEvent: EngineTaskEvent };

const textIn = (variables: Record<string, unknown>, name: string): string | null => {
  const value = variables[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * Keeps our copy of the engine's user tasks: exact, because the engine goes on only when this is written (processes.md 5).
 * May be told the same twice; writes nothing to the engine.
 */
export async function recordTaskEvent(app: App, job: TaskEvent): Promise<void> {
  await app.transaction(async (stores) => {
    const now = app.clock.now();
    const { taskEvent } = job;
    const known = await stores.tasks.find(taskEvent.taskKey);
    const task = known ?? (await newTask(stores, job, now));
    const changed = await applyEvent(stores, task, taskEvent, known === undefined, now);
    await stores.tasks.upsert(changed);
    await stores.changes.append({
      kind: 'TASK',
      subject: changed.taskKey,
      groups: changed.candidateGroups,
      accountId: changed.assignee,
    });
    if (changed.ticketNo !== null && changed.state !== task.state) {
      await stores.changes.append({ kind: 'TICKET', subject: changed.ticketNo, groups: [], accountId: null });
    }
  });
}

async function newTask(stores: Stores, job: TaskEvent, now: number): Promise<Task> {
  const { taskEvent, variables } = job;
  const version = await stores.processes.version(job.processDefinitionKey);
  const outline = version ? elementOutline(version.xml, job.elementId) : { name: null, formId: null };
  const form = taskEvent.formKey === null ? undefined : await stores.processes.form(taskEvent.formKey);
  const assignmentNo = textIn(variables, 'assignmentNo');
  return {
    taskKey: taskEvent.taskKey,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: job.processDefinitionKey,
    processId: job.processId,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    name: outline.name ?? job.elementId,
    formKey: taskEvent.formKey,
    formId: form?.formId ?? outline.formId,
    ticketNo: textIn(variables, 'ticketNo'),
    assignmentNo,
    assignee: taskEvent.assignee,
    candidateGroups: taskEvent.candidateGroups,
    candidateUsers: taskEvent.candidateUsers,
    priority: taskEvent.priority,
    dueAt: taskEvent.dueAt,
    limitId: await openLimitId(stores, textIn(variables, 'limitId')),
    state: 'CREATED',
    variables,
    createdAt: now,
    completedAt: null,
    completedBy: null,
  };
}

/** A drawing names the first limit of a step; a finished one that was followed by another (`…:COMPLETE:2`) has handed over to it. */
async function openLimitId(stores: Stores, limitId: string | null): Promise<string | null> {
  if (limitId === null) return null;
  const named = await stores.limits.find(limitId);
  if (!named || (named.doneAt === null && named.cancelledAt === null)) return limitId;
  const siblings = await (named.assignmentNo === null
    ? stores.limits.ofTicket(named.ticketNo)
    : stores.limits.ofAssignment(named.assignmentNo));
  const successor = siblings.find(
    ({ step, assignmentNo, doneAt, cancelledAt }) =>
      step === named.step && assignmentNo === named.assignmentNo && doneAt === null && cancelledAt === null,
  );
  return successor?.limitId ?? limitId;
}

async function applyEvent(
  stores: Stores,
  task: Task,
  event: EngineTaskEvent,
  isNew: boolean,
  now: number,
): Promise<Task> {
  const settled = task.state === 'COMPLETED' || task.state === 'CANCELED';
  switch (event.event) {
    case 'creating': {
      if (!isNew) return task; // delivered again: what has happened since stays
      // The limit may have moved between the drawing's variable and this moment.
      const limit = task.limitId === null ? undefined : await stores.limits.find(task.limitId);
      return limit ? { ...task, dueAt: limit.dueAt } : task;
    }
    case 'assigning':
      if (settled || task.state === 'COMPLETING') return task;
      return { ...task, assignee: await latestAssignee(stores, task, event.assignee) };
    case 'updating':
      if (settled) return task;
      return {
        ...task,
        dueAt: event.dueAt,
        priority: event.priority,
        candidateGroups: event.candidateGroups,
        candidateUsers: event.candidateUsers,
      };
    case 'completing':
      return complete(stores, task, event, now);
    case 'canceling':
      if (task.state === 'CANCELED') return task;
      await supersedeAnswer(stores, now, task);
      return { ...task, state: 'CANCELED' };
  }
}

/** Who has claimed or given back since is still on the way to the engine: the last of them counts, not what is told of an earlier one. */
async function latestAssignee(stores: Stores, task: Task, told: string | null): Promise<string | null> {
  const unsent = await stores.outbox.unsentOf(task.ticketNo ?? task.processInstanceKey);
  const last = unsent.findLast((message) => message.kind === 'ASSIGN_TASK' && message.taskKey === task.taskKey);
  return last?.kind === 'ASSIGN_TASK' ? last.assignee : told;
}

/** `action` is our answer's id; anything else was completed by another hand: the engine's own tools, or the watch. */
async function complete(stores: Stores, task: Task, event: EngineTaskEvent, now: number): Promise<Task> {
  const answer = await stores.taskAnswers.liveOfTask(task.taskKey);
  if (answer && answer.answerId === event.action)
    await stores.taskAnswers.update(answer.answerId, { state: 'ACCEPTED' });
  else if (answer) await supersedeAnswer(stores, now, task);
  const completedBy = answer?.answerId === event.action ? answer.actorId : (event.assignee ?? null);
  return { ...task, state: 'COMPLETED', completedAt: task.completedAt ?? now, completedBy };
}
