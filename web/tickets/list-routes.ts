import type { Request, Router } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import { DIVISIONS } from '../../domain/defaults/divisions.ts';
import { searchTickets } from '../../domain/ticket/search-tickets.ts';
import { REQUEST_TYPES, TICKET_STATUSES, URGENCIES } from '../../domain/ticket/ticket.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { unitNames } from '../view/unit-names.ts';
import { readTicketQuery, searchInput, type TicketListQuery, TICKET_SORTS, ticketQueryText } from './ticket-query.ts';
import { ticketRowView } from './ticket-row.ts';

const PAGE = 50;

/** /tickets: search, filters, keyset paging; every list is cut to what its reader may know of. */
export function listRoutes(router: Router, { app, page, fragment }: RoomContext): void {
  router.get('/', async (req, res) => {
    const query = readTicketQuery(req.query);
    const list = await readList(req, query);
    page(req, res, 'tickets/tickets', {
      title: req.t('tickets.title'),
      layout: 'wide',
      ...list,
      ...(await choices(req, query)),
      query,
      exportHref: mayDo(requireActor(req), 'exportTickets') ? `/tickets/export${ticketQueryText(query)}` : null,
      filtered: Object.entries(query).some(([name, value]) => name !== 'sort' && value !== undefined),
      scripts: ['lists'],
    });
  });

  router.get('/rows', async (req, res) => {
    fragment(req, res, 'tickets/ticket-rows', await readList(req, readTicketQuery(req.query)));
  });

  async function readList(req: Request, query: TicketListQuery) {
    const now = app.clock.now();
    const found = await searchTickets(app, requireActor(req), { ...searchInput(query, now), limit: PAGE });
    const unitName = await unitNames(app.stores, req.locale);
    return {
      rows: found.items.map((row) => ticketRowView(row, now, req.t, req.locale, unitName)),
      total: found.total,
      more: found.nextCursor && `/tickets/rows${ticketQueryText(query, { cursor: found.nextCursor })}`,
    };
  }

  async function choices(req: Request, query: TicketListQuery) {
    const { t, locale } = req;
    const units = (await app.stores.units.all()).filter(({ active }) => active);
    const list = (values: readonly string[], chosen: string | undefined, words: (value: string) => string) =>
      values.map((value) => ({ value, words: words(value), on: value === chosen }));
    return {
      states: list(['open', 'late', 'closed'], query.state, (value) => t(`tickets.state.${value}`)),
      statuses: list(
        TICKET_STATUSES.filter((status) => status !== 'DRAFT'),
        query.status,
        (value) => t(`enum.TicketStatus.${value}`),
      ),
      requestTypes: list(REQUEST_TYPES, query.requestType, (value) => t(`enum.RequestType.${value}`)),
      urgencies: list(URGENCIES, query.urgency, (value) => t(`enum.Urgency.${value}`)),
      divisions: DIVISIONS.filter(({ validTo }) => validTo === null).map(({ code, name, nameEn }) => ({
        value: code,
        words: locale === 'en' ? nameEn : name,
        on: code === query.divisionCode,
      })),
      units: units.map(({ unitCode, name, nameEn }) => ({
        value: unitCode,
        words: locale === 'en' ? nameEn : name,
        on: unitCode === query.unitCode,
      })),
      sorts: list(TICKET_SORTS, query.sort ?? '-createdAt', (value) => t(`tickets.sort.${value}`)),
    };
  }
}
