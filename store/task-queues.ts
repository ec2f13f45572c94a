import type { Knex } from 'knex';
import type { TaskQuery } from '../domain/ports/queries.ts';

export type Person = Pick<TaskQuery, 'accountId' | 'groups' | 'now' | 'endOfToday'>;

/** Waiting for a person; one that is COMPLETING was answered and waits for the engine. */
const workable = ['CREATING', 'CREATED'];
const answered = ['COMPLETING', 'COMPLETED'];

const openCandidacies = (knex: Knex, { accountId, groups }: Person): Knex.QueryBuilder =>
  knex('task_candidate')
    .where({ candidateType: 'GROUP', isOpen: 1 })
    .whereIn('candidate', [...groups])
    .select('taskKey')
    .union((users) => {
      void users
        .from('task_candidate')
        .where({ candidateType: 'USER', isOpen: 1, candidate: accountId })
        .select('taskKey');
    });

/** Mine to do: assigned to me, or to nobody and I may take it. */
export function whereMine(knex: Knex, query: Knex.QueryBuilder, person: Person): void {
  void query.whereIn('task.state', workable).where((mine) => {
    void mine.where('task.assignee', person.accountId).orWhere((free) => {
      void free.whereNull('task.assignee').whereIn('task.taskKey', openCandidacies(knex, person));
    });
  });
}

export function whereInGroups(knex: Knex, query: Knex.QueryBuilder, person: Person): void {
  void query.whereIn('task.state', workable).whereIn('task.taskKey', openCandidacies(knex, person));
}

/** Of others, on tickets that I acted on. */
export function whereWaiting(knex: Knex, query: Knex.QueryBuilder, person: Person): void {
  void query
    .whereIn('task.state', workable)
    .whereIn('task.ticketNo', (acted) => {
      void acted.from('ticket_event').where('actorId', person.accountId).select('ticketNo');
    })
    .where((others) => {
      void others
        .where((taken) => {
          void taken.whereNotNull('task.assignee').whereNot('task.assignee', person.accountId);
        })
        .orWhere((free) => {
          void free.whereNull('task.assignee').whereNotIn('task.taskKey', openCandidacies(knex, person));
        });
    });
}

export function whereDone(query: Knex.QueryBuilder, person: Person): void {
  void query.whereIn('task.state', answered).where('task.completedBy', person.accountId);
}

export function whereInQueue(knex: Knex, query: Knex.QueryBuilder, asked: TaskQuery): void {
  switch (asked.queue) {
    case 'mine':
      return whereMine(knex, query, asked);
    case 'overdue':
      whereMine(knex, query, asked);
      void query.where('task.dueAt', '<', asked.now);
      return;
    case 'today':
      whereMine(knex, query, asked);
      void query.whereBetween('task.dueAt', [asked.now, asked.endOfToday]);
      return;
    case 'group':
      return whereInGroups(knex, query, asked);
    case 'waiting':
      return whereWaiting(knex, query, asked);
    case 'done':
      return whereDone(query, asked);
    case 'all':
      if (!asked.everything) return whereInGroups(knex, query, asked);
      void query.whereIn('task.state', workable);
  }
}
