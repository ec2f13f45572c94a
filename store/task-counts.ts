import type { Knex } from 'knex';
import type { TaskCounts } from '../domain/ports/queries.ts';
import { type Person, whereDone, whereInGroups, whereMine, whereWaiting } from './task-queues.ts';

async function count(matching: Knex.QueryBuilder): Promise<number> {
  const rows: { total: number }[] = await matching.count({ total: '*' });
  return Number(rows[0]!.total);
}

export async function countTasks(knex: Knex, person: Person): Promise<TaskCounts> {
  const mine = knex('task');
  whereMine(knex, mine, person);
  const sums: { mine: number; overdue: number | null; today: number | null }[] = await mine.select(
    knex.raw('count(*) as mine'),
    knex.raw('sum(case when ?? < ? then 1 else 0 end) as overdue', ['task.dueAt', person.now]),
    knex.raw('sum(case when ?? between ? and ? then 1 else 0 end) as today', [
      'task.dueAt',
      person.now,
      person.endOfToday,
    ]),
  );
  const group = knex('task');
  whereInGroups(knex, group, person);
  const waiting = knex('task');
  whereWaiting(knex, waiting, person);
  const done = knex('task');
  whereDone(done, person);
  return {
    mine: Number(sums[0]!.mine),
    overdue: Number(sums[0]!.overdue ?? 0),
    today: Number(sums[0]!.today ?? 0),
    group: await count(group),
    waiting: await count(waiting),
    done: await count(done),
  };
}
