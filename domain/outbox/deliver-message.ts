import type { ProcessEngine } from '../ports/process-engine.ts';
import type { OutboxMessage } from './outbox-row.ts';

/** TASK_GONE: the engine no longer has the task; what that means depends on how it went (processes.md 7). */
export type Delivery = 'DELIVERED' | 'NOT_YET' | 'TASK_GONE';

/** @throws EngineUnavailable worth another try; EngineRefused not */
export async function deliverMessage(engine: ProcessEngine, message: OutboxMessage): Promise<Delivery> {
  if (message.kind === 'PUBLISH_MESSAGE') {
    const { kind: _, ...publication } = message;
    // A message with this id was accepted before: an earlier try that was cut off has delivered it.
    await engine.publishMessage(publication);
    return 'DELIVERED';
  }
  const answer = await tellOfTask(engine, message);
  if (answer === 'IN_TRANSITION') return 'NOT_YET';
  return answer === 'GONE' ? 'TASK_GONE' : 'DELIVERED';
}

function tellOfTask(engine: ProcessEngine, message: Exclude<OutboxMessage, { kind: 'PUBLISH_MESSAGE' }>) {
  switch (message.kind) {
    case 'COMPLETE_TASK':
      return engine.completeTask(message.taskKey, message.variables, message.answerId);
    case 'ASSIGN_TASK':
      return engine.assignTask(message.taskKey, message.assignee);
    case 'UPDATE_TASK':
      return engine.updateTask(message.taskKey, message.changeset);
  }
}
