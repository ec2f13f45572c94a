import { demand } from '../access/demand.ts';
import { mayDo } from '../access/access.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { DeadlineListRow } from '../ports/queries.ts';
import { maskText } from '../masking/mask-text.ts';
import type { DeadlineRequest } from './extension.ts';
import type { LimitStep } from './limit.ts';

export interface DeadlineQuery extends PageRequest {
  step?: LimitStep;
  unitCode?: string;
  /** Only those that are over. */
  overdue?: boolean;
  words?: string;
}

/** 时限管理: every open limit, soonest first, and what units have asked for and nobody has decided. */
export async function listDeadlines(
  app: App,
  actor: Actor,
  { overdue, ...query }: DeadlineQuery,
): Promise<{ limits: Page<DeadlineListRow>; asked: DeadlineRequest[] }> {
  demand(actor, 'listDeadlines');
  const limits = await app.stores.limits.list({ ...query, ...(overdue ? { overdueAt: app.clock.now() } : {}) });
  // Who holds pages but no tickets reads what a ticket is called, not whom it names by number.
  const items = mayDo(actor, 'searchTickets')
    ? limits.items
    : limits.items.map((row) => ({ ...row, title: maskText(row.title) }));
  return { limits: { ...limits, items }, asked: await app.stores.deadlineRequests.asked() };
}
