import type { Request } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { loadForm } from '../../domain/task/load-form.ts';
import type { Task } from '../../domain/task/task.ts';
import { REVEAL_PURPOSES } from '../../domain/ticket/reveal-caller.ts';
import { type TaskView, viewTask } from '../../domain/task/view-task.ts';
import type { FieldProblem } from '../../domain/errors/invalid-input.ts';
import { formView } from '../forms/form-view.ts';
import { optionLabels } from '../forms/option-labels.ts';
import { problemList } from '../forms/problem-list.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { callerWords, mayReveal } from '../tickets/caller-words.ts';
import { lampViews } from '../tickets/lamp-view.ts';
import { limitLines } from '../tickets/limit-words.ts';
import { accountNames } from '../view/account-names.ts';
import { categoryName, divisionName } from '../view/place-names.ts';
import { relativeTime, timeLeft } from '../view/time-words.ts';
import { unitNames } from '../view/unit-names.ts';
import { evidenceFor } from './evidence.ts';
import { startingAnswers } from './starting-answers.ts';
import { flagsOf } from './task-rows.ts';
import { type ListQuery, queryText } from './task-query.ts';
import { shippedName } from '../i18n/messages.ts';

/** What came back refused: what was typed, and why. */
export interface Refusal {
  typed: Record<string, unknown>;
  problems?: readonly (FieldProblem & { message: string })[];
  conflict?: string;
}

/** The right pane: one task with the facts needed to decide and its form. @throws NotFound */
export async function paneView(
  { app }: RoomContext,
  req: Request,
  taskKey: string,
  query: ListQuery,
  refusal?: Refusal,
) {
  const actor = requireActor(req);
  const { t, locale } = req;
  const now = app.clock.now();
  const view = await viewTask(app, actor, taskKey);
  const { task, ticket: ticketView, draft } = view;
  const unitName = await unitNames(app.stores, locale);
  const limit = ticketView?.limits.find(({ limitId }) => limitId === task.limitId);
  const nameOf = await accountNames(app.stores, peopleOf(view), t);
  const data = refusal?.typed ?? draft?.data ?? (await startingAnswers(app.stores, view));
  const problems = refusal?.problems ?? [];
  const fields = formView({
    schema: view.form?.schema ?? {},
    data,
    context: task.variables,
    problems,
    options: await optionLabels(app.stores, locale, t),
    locale,
  });
  const { allowed: mayComplete } = view.mayComplete;
  return {
    taskKey,
    ticketNo: task.ticketNo,
    title: ticketView?.ticket.title ?? shippedName(task.name, t),
    step: shippedName(task.name, t),
    dueAt: task.dueAt,
    left: timeLeft(
      { startAt: limit?.startAt ?? task.createdAt, dueAt: task.dueAt, pausedAt: limit?.pausedAt ?? null },
      now,
      t,
    ),
    limitLines: limit ? limitLines(limit, t, nameOf) : [],
    ...(ticketView && {
      ticket: ticketView.ticket,
      flags: flagsOf({ ticket: ticketView.ticket }, t).filter(({ colour }) => colour !== ''),
      unit: unitName(ticketView.ticket.hostUnitCode),
      caller: callerWords(ticketView, t),
      mayReveal: mayReveal(ticketView),
      revealPurposes: REVEAL_PURPOSES,
      division: divisionName(ticketView.ticket.divisionCode, locale),
      category: categoryName(ticketView.ticket.categoryCode, locale),
      lamps: ticketView.assignments.length > 0 ? lampViews(ticketView.lamps, now, t) : [],
      evidence: evidenceFor(task, ticketView, t, unitName),
      version: ticketView.ticket.version,
    }),
    mayComplete,
    mayClaim: mayComplete && task.assignee === null,
    mayUnclaim: task.assignee !== null && mayFree(actor, task),
    notice: mayComplete ? null : noticeOf(view, nameOf, now, req),
    conflict: refusal?.conflict,
    typed: mayComplete ? (refusal?.conflict ? true : null) : typedTexts(refusal),
    fields,
    problemList: problemList(fields, problems),
    context: task.variables,
    draftSavedAt: draft?.savedAt ?? null,
    listQuery: queryText(query),
  };
}

function mayFree(actor: Actor, task: Task): boolean {
  const isOpen = task.state === 'CREATED' || task.state === 'CREATING';
  return isOpen && (task.assignee === actor.accountId || mayDo(actor, 'assignTask'));
}

function peopleOf({ task, answer, ticket }: TaskView): string[] {
  const facts = ticket?.limits.flatMap(({ steps }) => steps.map(({ fact }) => fact.actorId)) ?? [];
  return [...facts, task.assignee, task.completedBy, answer?.actorId].filter(
    (one): one is string => typeof one === 'string',
  );
}

function noticeOf(
  { task, answer, mayComplete }: TaskView,
  nameOf: (id: string) => string,
  now: number,
  { t }: Request,
): string {
  switch (mayComplete.why) {
    case 'taskAlreadyDone':
      return t('tasks.notice.done', {
        by: nameOf(answer?.actorId ?? task.completedBy ?? 'system'),
        when: relativeTime(answer?.at ?? task.completedAt ?? now, now, t),
      });
    case 'taskGone':
      return t('tasks.notice.gone');
    case 'taskOfAnother':
      return t('tasks.notice.claimed', { by: nameOf(task.assignee ?? '') });
    default:
      return t('tasks.notice.notMine');
  }
}

/** When the task is no longer to be done, what was typed is shown, so that it can be copied. */
function typedTexts(refusal: Refusal | undefined): string[] {
  return Object.values(refusal?.typed ?? {}).filter(
    (value): value is string => typeof value === 'string' && value.length > 1,
  );
}

/** For reading what a browser sent. @throws NotFound */
export async function schemaOf({ app }: RoomContext, actor: Actor, taskKey: string): Promise<Record<string, unknown>> {
  const { task } = await viewTask(app, actor, taskKey);
  return (await loadForm(app.stores, task))?.schema ?? {};
}
