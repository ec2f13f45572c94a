import { NotFound } from '../domain/errors/not-found.ts';
import type { TaskStore } from '../domain/ports/stores.ts';
import type { Task, TaskState } from '../domain/task/task.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { tableIn } from './table.ts';
import { countTasks } from './task-counts.ts';
import { searchTasks } from './task-search.ts';
import { taskShape } from './task-shape.ts';

export const openStates: TaskState[] = ['CREATING', 'CREATED', 'COMPLETING'];

/** Who may take the task, one row each, beside the task: what the queues are looked up by. */
async function writeCandidates(database: Database, task: Task): Promise<void> {
  const { taskKey } = task;
  const isOpen = openStates.includes(task.state);
  const rows = [
    ...[...new Set(task.candidateGroups)].map((candidate) => ({ candidateType: 'GROUP', candidate, isOpen, taskKey })),
    ...[...new Set(task.candidateUsers)].map((candidate) => ({ candidateType: 'USER', candidate, isOpen, taskKey })),
  ];
  await database.write('task_candidate').where({ taskKey }).delete();
  if (rows.length > 0) await database.write('task_candidate').insert(rows);
}

async function updateTask(database: Database, taskKey: string, changes: Partial<Task>): Promise<void> {
  const table = tableIn(database, taskShape);
  await table.update(taskKey, changes);
  if (!changes.candidateGroups && !changes.candidateUsers && !changes.state) return;
  const task = await table.find(taskKey);
  if (task === undefined) throw new NotFound('task', taskKey);
  await writeCandidates(database, task);
}

export function taskStore(database: Database): TaskStore {
  const table = tableIn(database, taskShape);
  return {
    find: table.find,
    upsert: (task) =>
      database.atomically(async (inside) => {
        await inside.write('task').insert(encodeRow(taskShape.columns, task)).onConflict('taskKey').merge();
        await writeCandidates(inside, task);
      }),
    update: (taskKey, changes) => database.atomically((inside) => updateTask(inside, taskKey, changes)),
    openOfTicket: (ticketNo) =>
      table.list((query) => query.where({ ticketNo }).whereIn('state', openStates).orderBy(['createdAt', 'taskKey'])),
    ofTicket: (ticketNo) => table.list((query) => query.where({ ticketNo }).orderBy(['createdAt', 'taskKey'])),
    openWithLimit: (limitId) =>
      table.list((query) => query.where({ limitId }).whereIn('state', openStates).orderBy(['createdAt', 'taskKey'])),
    openKeys: async () =>
      await database.read('task').whereIn('state', openStates).orderBy('taskKey').select('taskKey', 'state'),
    search: (query) => searchTasks(database.read, query),
    counts: (query) => countTasks(database.read, query),
  };
}
