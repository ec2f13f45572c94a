import { NotFound } from '../domain/errors/not-found.ts';
import type { TaskAnswerStore } from '../domain/ports/stores.ts';
import type { TaskAnswer } from '../domain/task/task.ts';
import type { Row } from './columns.ts';
import type { Database } from './database.ts';
import type { Seal } from './seal.ts';
import { insertOnce } from './table.ts';

const isLive = (state: TaskAnswer['state']) => state !== 'SUPERSEDED';

export function taskAnswerStore(database: Database, seal: Seal): TaskAnswerStore {
  const place = (answerId: string) => `task_answer.answers:${answerId}`;
  function fromRow(row: Row): TaskAnswer {
    const { liveTaskKey: _, answers, ...plain } = row;
    return { ...plain, answers: JSON.parse(seal.open(answers as string, place(row.answerId as string))) } as TaskAnswer;
  }
  async function first(where: Row): Promise<TaskAnswer | undefined> {
    const row: Row | undefined = await database.read('task_answer').where(where).first();
    return row && fromRow(row);
  }
  return {
    insert: ({ answerId, taskKey, ticketNo, formId, elementId, answers, actorId, at, state }) =>
      insertOnce(
        database.write,
        'task_answer',
        {
          answerId,
          taskKey,
          ticketNo,
          formId,
          elementId,
          answers: seal.seal(JSON.stringify(answers), place(answerId)),
          actorId,
          at,
          state,
          liveTaskKey: isLive(state) ? taskKey : null,
        },
        'taskAlreadyDone',
      ),
    find: (answerId) => first({ answerId }),
    async update(answerId, { state }) {
      const liveTaskKey = isLive(state) ? database.write.ref('taskKey') : null;
      const touched = await database.write('task_answer').where({ answerId }).update({ state, liveTaskKey });
      if (touched === 0) throw new NotFound('taskAnswer', answerId);
    },
    async ofTicket(ticketNo) {
      const rows: Row[] = await database.read('task_answer').where({ ticketNo }).orderBy(['at', 'answerId']);
      return rows.map(fromRow);
    },
    liveOfTask: (taskKey) => first({ liveTaskKey: taskKey }),
  };
}
