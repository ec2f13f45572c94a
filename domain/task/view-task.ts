import { mayDo, mayWorkOn } from '../access/access.ts';
import { loadTicketFacts } from '../access/demand-on-ticket.ts';
import type { Actor } from '../account/actor.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import type { Stores } from '../ports/stores.ts';
import type { FormVersion } from '../process/process-file.ts';
import type { TicketView } from '../ticket/ticket-view.ts';
import { ticketViewOf } from '../ticket/view-ticket.ts';
import { demandConcern, isConcerned } from './demand-concern.ts';
import { loadForm } from './load-form.ts';
import { loadEffectFacts } from './load-effect-facts.ts';
import type { Answers } from './task-effect.ts';
import { TASK_EFFECTS } from './task-effects.ts';
import type { FormDraft, Task, TaskAnswer } from './task.ts';

export interface TaskView {
  task: Task;
  form: FormVersion | null;
  /** The facts needed to decide, as this actor may see them. */
  ticket: TicketView | null;
  /** What the form holds before anybody types; a draft goes over it. */
  initial: Answers;
  draft: FormDraft | null;
  /** What was answered, when it was. */
  answer: TaskAnswer | null;
  /** `why` is a code of `error.notAllowed` or `error.conflict`. */
  mayComplete: { allowed: boolean; why: string | null };
}

/** One task with its form and its ticket. @throws NotFound for what is no business of the actor's */
export async function viewTask(app: App, actor: Actor, taskKey: string): Promise<TaskView> {
  const { stores } = app;
  const task = await stores.tasks.find(taskKey);
  if (!task) throw new NotFound('task', taskKey);
  await demandConcern(stores, actor, task);
  const facts =
    task.ticketNo === null || !(await stores.tickets.find(task.ticketNo))
      ? null
      : await loadTicketFacts(stores, actor, task.ticketNo);
  const seesTicket = facts !== null && mayDo(actor, 'viewTicket', facts);
  const concerned = isConcerned(actor, task);
  const answer = await stores.taskAnswers.liveOfTask(taskKey);
  return {
    task,
    form: (await loadForm(stores, task)) ?? null,
    ticket: facts !== null && seesTicket ? await ticketViewOf(stores, actor, facts, app.clock.now()) : null,
    initial: concerned && facts !== null ? await initialOf(stores, actor, task, app.clock.now()) : {},
    draft: (await stores.formDrafts.find(actor.accountId, `task:${taskKey}`)) ?? null,
    answer: answer && (concerned || (facts !== null && mayDo(actor, 'viewCentreNotes', facts))) ? answer : null,
    mayComplete: mayComplete(actor, task, answer !== undefined),
  };
}

async function initialOf(stores: Stores, actor: Actor, task: Task, now: number): Promise<Answers> {
  const effect = task.formId === null ? undefined : TASK_EFFECTS.get(task.formId);
  if (!effect?.defaults && !effect?.suggest) return {};
  const facts = await loadEffectFacts(stores, task, actor, now);
  const initial = { ...effect.suggest?.(facts), ...effect.defaults?.(facts) };
  return Object.fromEntries(Object.entries(initial).filter(([, value]) => value !== null));
}

function mayComplete(actor: Actor, task: Task, answered: boolean): TaskView['mayComplete'] {
  if (task.state === 'CANCELED') return { allowed: false, why: 'taskGone' };
  if (answered || task.state === 'COMPLETING' || task.state === 'COMPLETED')
    return { allowed: false, why: 'taskAlreadyDone' };
  if (mayWorkOn(actor, task)) return { allowed: true, why: null };
  return { allowed: false, why: task.assignee === null ? 'notACandidate' : 'taskOfAnother' };
}
