import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../account/actor.ts';
import { leaderGroup, unitGroup } from '../account/unit-groups.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { signAssignment } from '../assignment/sign-assignment.ts';
import { notifyGroup } from '../notification/notify.ts';
import type { JobContext } from '../ports/job-step.ts';
import type { Task } from '../task/task.ts';
import { loadTicket } from '../ticket/move-ticket.ts';

/**
 * The unit has not signed in time: the system signs for it, which locks the assignment (no return), and answers the open task
 * in its name, so that the process goes on.
 */
export async function autoSign(context: JobContext, assignment: Assignment, task: Task): Promise<'AUTO_SIGN'> {
  const { stores, now, realNow } = context;
  const { ticketNo, assignmentNo, unitCode } = assignment;
  const answers = { signDecision: 'SIGN' };
  const answerId = randomUUID();
  await signAssignment(context, SYSTEM, await loadTicket(stores, ticketNo), assignment);
  await stores.taskAnswers.insert({
    answerId,
    taskKey: task.taskKey,
    ticketNo,
    formId: task.formId,
    elementId: task.elementId,
    answers,
    actorId: SYSTEM.accountId,
    at: now,
    state: 'SENT',
  });
  await stores.tasks.update(task.taskKey, { state: 'COMPLETING', completedBy: SYSTEM.accountId, completedAt: now });
  await stores.changes.append({
    kind: 'TASK',
    subject: task.taskKey,
    groups: task.candidateGroups,
    accountId: task.assignee,
  });
  await stores.outbox.add(
    ticketNo,
    { kind: 'COMPLETE_TASK', taskKey: task.taskKey, answerId, variables: answers },
    realNow,
  );
  for (const group of [unitGroup(unitCode), leaderGroup(unitCode)]) {
    await notifyGroup(context, group, { ticketNo, type: 'assignmentAutoSigned', data: { assignmentNo } });
  }
  return 'AUTO_SIGN';
}
