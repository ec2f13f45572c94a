import type { TaskRow } from '../../domain/ports/queries.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import { type TimeLeft, timeLeft } from '../view/time-words.ts';
import { type ListQuery, queryText } from './task-query.ts';

/** A row of two lines: what, which, where it stands, and how much of the limit is used. */
export interface TaskRowView {
  taskKey: string;
  href: string;
  pane: string;
  title: string;
  ticketNo: string | null;
  step: string;
  unit: string;
  flags: { words: string; colour: string }[];
  left: TimeLeft;
  assigneeIsMe: boolean;
}

export function taskRowView(
  row: TaskRow,
  query: ListQuery,
  accountId: string,
  now: number,
  t: Translate,
  unitName: (code: string | null) => string,
): TaskRowView {
  const { ticket } = row;
  return {
    taskKey: row.taskKey,
    href: `/tasks${queryText(query, { task: row.taskKey })}`,
    pane: `/tasks/${row.taskKey}/pane${queryText(query)}`,
    title: ticket?.title ?? shippedName(row.name, t),
    ticketNo: row.ticketNo,
    step: shippedName(row.name, t),
    unit: unitName(ticket?.hostUnitCode ?? null),
    flags: flagsOf(row, t),
    left: timeLeft(
      { startAt: row.limitStartAt ?? row.createdAt, dueAt: row.dueAt, pausedAt: row.limitPausedAt },
      now,
      t,
    ),
    assigneeIsMe: row.assignee === accountId,
  };
}

/** Urgency, then what makes a ticket special; the list stays short because a row has two lines. */
export function flagsOf(row: { ticket: TaskRow['ticket'] }, t: Translate): { words: string; colour: string }[] {
  const { ticket } = row;
  if (!ticket) return [];
  const flags: { words: string; colour: string }[] = [];
  const add = (words: string, colour: string) => flags.push({ words, colour });
  if (ticket.urgency !== 'NORMAL')
    add(t(`enum.Urgency.${ticket.urgency}`), ticket.urgency === 'URGENT' ? 'amber' : 'red');
  if (ticket.privacy !== 'PUBLIC_TO_HANDLER') add(t('flag.confidential'), 'red');
  if (ticket.supervisionLevel > 0) add(t(`flag.supervision.${ticket.supervisionLevel}`), 'amber');
  if (ticket.reworkCount > 0) add(t('flag.rework', { count: ticket.reworkCount }), 'amber');
  if (ticket.extensionCount > 0) add(t('flag.extended', { count: ticket.extensionCount }), 'amber');
  if (ticket.repeatCount > 0) add(t('flag.merged', { count: ticket.repeatCount }), 'blue');
  if (flags.length === 0) add(t(`enum.RequestType.${ticket.requestType}`), '');
  return flags;
}
