import type { Request } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import { URGENCIES } from '../../domain/ticket/ticket.ts';
import type { Viewer } from '../shell/viewer.ts';
import { TASK_QUEUES, type TaskQuery } from '../../domain/ports/queries.ts';

export const FLAGS = ['extended', 'supervised', 'confidential', 'merged', 'rework'] as const;
export const SORTS = ['dueAt', '-dueAt', '-createdAt', 'createdAt', 'priority'] as const;
const MAX_WORDS = 60;

/** The list's state as the address bar holds it: a link shows a colleague the same view. */
export type ListQuery = Pick<TaskQuery, 'queue' | 'words' | 'urgency' | 'elementId' | 'flag' | 'sort'> & {
  cursor?: string;
};

/** Whoever holds no tasks of their own, but may see all, begins with all. */
export function readListQuery(query: Request['query'], viewer?: Viewer): ListQuery {
  const holdsTasks = !viewer || mayDo(viewer.actor, 'listTasks');
  const one = <T extends string>(name: string, allowed: readonly T[]) => allowed.find((value) => value === query[name]);
  const text = (name: string, max: number) =>
    typeof query[name] === 'string' ? query[name].trim().slice(0, max) || undefined : undefined;
  return {
    queue: holdsTasks ? (one('queue', TASK_QUEUES) ?? 'mine') : 'all',
    urgency: one('urgency', URGENCIES),
    flag: one('flag', FLAGS),
    sort: one('sort', SORTS),
    words: text('words', MAX_WORDS),
    elementId: text('elementId', MAX_WORDS),
    cursor: text('cursor', 400),
  };
}

/** `?queue=mine&words=…` with changes; empty values are left out. */
export function queryText(query: ListQuery, changes: Record<string, string | undefined> = {}): string {
  const entries = Object.entries({ ...query, cursor: undefined, ...changes }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const text = new URLSearchParams(entries as [string, string][]).toString();
  return text === '' ? '' : `?${text}`;
}
