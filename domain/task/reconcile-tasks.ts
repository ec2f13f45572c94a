import type { App } from '../ports/app.ts';
import type { EngineTask, ProcessEngine } from '../ports/process-engine.ts';
import type { Stores } from '../ports/stores.ts';
import { recordTaskEvent } from './record-task-event.ts';
import { supersedeAnswer } from './supersede-answer.ts';
import type { Task } from './task.ts';

/** A cluster's search is seconds late; what is younger than this is left to the listeners. */
const SETTLED_AFTER_MS = 5 * 60_000;

export interface Reconciliation {
  added: number;
  moved: number;
  ended: number;
}

/**
 * Heals our copy of the engine's user tasks after what no listener tells of: a crash, a migration, a modification (processes.md 5).
 * Slow by design; the list of tasks does not depend on it.
 */
export async function reconcileTasks(
  app: App,
  engine: Pick<ProcessEngine, 'openTasks' | 'taskVariables'>,
): Promise<Reconciliation> {
  const before = await app.stores.tasks.openKeys();
  const inEngine = new Map<string, EngineTask>();
  for (let after: string | null = null; ; ) {
    const page = await engine.openTasks(after);
    for (const task of page.tasks) inEngine.set(task.taskKey, task);
    if (page.next === null) break;
    after = page.next;
  }
  const healed: Reconciliation = { added: 0, moved: 0, ended: 0 };
  for (const task of inEngine.values()) {
    const known = await app.stores.tasks.find(task.taskKey);
    if (!known) healed.added += (await add(app, engine, task)) ? 1 : 0;
    else if (differs(known, task)) healed.moved += (await move(app, task)) ? 1 : 0;
  }
  for (const { taskKey } of before) {
    if (!inEngine.has(taskKey)) healed.ended += (await end(app, taskKey)) ? 1 : 0;
  }
  return healed;
}

/** Without the variables in scope nobody knows what ticket it belongs to: then it waits for an engine that tells them. */
async function add(app: App, engine: Pick<ProcessEngine, 'taskVariables'>, task: EngineTask): Promise<boolean> {
  if (task.state !== 'CREATED' || !engine.taskVariables) return false;
  const { taskKey, assignee, candidateGroups, candidateUsers, dueAt, formKey, priority } = task;
  const variables = await engine.taskVariables(taskKey);
  await recordTaskEvent(app, {
    jobKey: '',
    jobType: '',
    retries: 0,
    variables,
    processInstanceKey: task.processInstanceKey,
    processDefinitionKey: task.processDefinitionKey,
    processId: task.processId,
    elementId: task.elementId,
    elementInstanceKey: task.elementInstanceKey,
    taskEvent: {
      event: 'creating',
      action: '',
      taskKey,
      assignee,
      candidateGroups,
      candidateUsers,
      dueAt,
      formKey,
      priority,
    },
  });
  return true;
}

const differs = (known: Task, task: EngineTask): boolean =>
  task.state === 'CREATED' &&
  (known.processDefinitionKey !== task.processDefinitionKey ||
    known.elementId !== task.elementId ||
    known.candidateGroups.toSorted().join() !== task.candidateGroups.toSorted().join());

/** What a migration or a modification changes; the assignee is left alone, since a claim made here may be younger than the search. */
function move(app: App, task: EngineTask): Promise<boolean> {
  const { taskKey, processDefinitionKey, elementId, elementInstanceKey, formKey, candidateGroups } = task;
  return healSettled(app, taskKey, async (stores, known) => {
    const form = formKey === null ? undefined : await stores.processes.form(formKey);
    await stores.tasks.upsert({
      ...known,
      processDefinitionKey,
      elementId,
      elementInstanceKey,
      formKey,
      candidateGroups,
      formId: form?.formId ?? known.formId,
    });
  });
}

function end(app: App, taskKey: string): Promise<boolean> {
  return healSettled(app, taskKey, async (stores, known, now) => {
    await supersedeAnswer(stores, now, known);
    await stores.tasks.upsert({ ...known, state: 'CANCELED' });
  });
}

/** Reads again inside the transaction: what a listener has just told is newer than any search. */
function healSettled(
  app: App,
  taskKey: string,
  heal: (stores: Stores, known: Task, now: number) => Promise<void>,
): Promise<boolean> {
  return app.transaction(async (stores) => {
    const now = app.clock.now();
    const known = await stores.tasks.find(taskKey);
    if (!known || known.state === 'COMPLETED' || known.state === 'CANCELED') return false;
    if (Math.max(known.createdAt, known.completedAt ?? 0) > now - SETTLED_AFTER_MS) return false;
    await heal(stores, known, now);
    await stores.changes.append({
      kind: 'TASK',
      subject: taskKey,
      groups: known.candidateGroups,
      accountId: known.assignee,
    });
    return true;
  });
}
