import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { DeadlineListRow } from '../ports/queries.ts';
import type { SupervisionOrder } from './supervision-order.ts';

export interface SupervisionQuery extends PageRequest {
  state: 'OPEN' | 'REPLIED' | 'CLOSED' | 'ALL';
  unitCode?: string;
}

/** 督办: the orders, and the limits that are over and so come next. */
export async function listSupervision(
  app: App,
  actor: Actor,
  query: SupervisionQuery,
): Promise<{ orders: Page<SupervisionOrder & { title: string }>; overdue: Page<DeadlineListRow> }> {
  demand(actor, 'listSupervision');
  const orders = await app.stores.supervisionOrders.list(query);
  const overdue = await app.stores.limits.list({
    limit: query.limit,
    unitCode: query.unitCode,
    overdueAt: app.clock.now(),
  });
  return { orders, overdue };
}
