import { badRequest } from '../problem.ts';
import { defaultPageSize } from './page.ts';

interface ForwardPage {
  after?: string;
  limit?: number;
}

/** A page of what has been counted already; a cursor is the position that it stands at. */
export function forwardPage<T>(items: T[], page: ForwardPage | null | undefined) {
  const from = page?.after ? positionOf(page.after) : 0;
  const shown = items.slice(from, from + (page?.limit ?? defaultPageSize));
  const cursor = (position: number) => Buffer.from(JSON.stringify([position]), 'utf8').toString('base64');
  return {
    items: shown,
    page: {
      totalItems: items.length,
      hasMoreTotalItems: false,
      startCursor: shown.length > 0 ? cursor(from + 1) : null,
      endCursor: shown.length > 0 ? cursor(from + shown.length) : null,
    },
  };
}

function positionOf(cursor: string) {
  const position = /^\[(\d{1,9})\]$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (position === undefined) throw badRequest(`The cursor '${cursor}' does not belong to this search`);
  return Number(position);
}
