import type { Router } from 'express';
import { demand } from '../../domain/access/demand.ts';
import { FieldChecks } from '../../domain/errors/field-checks.ts';
import { recordAudit } from '../../domain/event/record-audit.ts';
import type { TicketRow } from '../../domain/ports/queries.ts';
import { searchTickets } from '../../domain/ticket/search-tickets.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { exactTime } from '../view/time-words.ts';
import { unitNames } from '../view/unit-names.ts';
import { readTicketQuery, searchInput, ticketQueryText } from './ticket-query.ts';
import { ticketRowView } from './ticket-row.ts';

/** Beyond this a spreadsheet is no tool any more; the filter is to be narrowed. */
const MAX_ROWS = 20_000;
const PAGE = 200;

/** The list as a spreadsheet, as filtered. Every export is logged with its reason [S15(9)]; it holds no requester. */
export function exportRoutes(router: Router, { app }: RoomContext): void {
  router.post('/export', async (req, res) => {
    const actor = requireActor(req);
    demand(actor, 'exportTickets');
    const checks = new FieldChecks();
    const reason = checks.text('reason', (req.body as Record<string, unknown>)['reason'], { required: true, max: 200 });
    checks.throwIfAny();
    const query = { ...readTicketQuery(req.query), cursor: undefined };
    await recordAudit(app.stores, app.realClock.now(), actor, {
      action: 'ticketsExported',
      subject: 'tickets',
      reason,
      data: { query: ticketQueryText(query) },
      remoteAddress: req.ip ?? null,
    });
    res.attachment(`tickets-${new Date(app.realClock.now()).toISOString().slice(0, 10)}.xlsx`);
    res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    // loaded when somebody exports: it would take a tenth of every start
    const { default: ExcelJS } = await import('exceljs');
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: res });
    const sheet = book.addWorksheet(req.t('tickets.title'), { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = [
      'ticketNo',
      'title',
      'status',
      'urgency',
      'requestType',
      'category',
      'division',
      'address',
      'unit',
      'created',
      'due',
    ].map((key) => ({
      key,
      header: req.t(`tickets.sheet.${key}`),
      width: key === 'title' || key === 'address' ? 36 : 18,
    }));
    const unitName = await unitNames(app.stores, req.locale);
    const now = app.clock.now();
    let count = 0;
    let cursor: string | null | undefined;
    do {
      const found = await searchTickets(app, actor, { ...searchInput(query, now), limit: PAGE, cursor });
      for (const row of found.items) sheet.addRow(cells(row)).commit();
      count += found.items.length;
      cursor = found.nextCursor;
    } while (cursor && count < MAX_ROWS);
    await book.commit();

    function cells(row: TicketRow): Record<string, string> {
      const view = ticketRowView(row, now, req.t, req.locale, unitName);
      const { ticketNo, title, status, requestType, category, division, address, unit } = view;
      const urgency = req.t(`enum.Urgency.${row.urgency}`);
      return {
        ticketNo,
        title,
        status,
        urgency,
        requestType,
        category,
        division,
        address,
        unit,
        created: exactTime(row.createdAt, req.t),
        due: row.dueAt === null ? '' : exactTime(row.dueAt, req.t),
      };
    }
  });
}
