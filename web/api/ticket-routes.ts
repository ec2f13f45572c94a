import { demandOnTicket } from '../../domain/access/demand-on-ticket.ts';
import { adjustDeadline } from '../../domain/deadline/adjust-deadline.ts';
import { LIMIT_STEPS } from '../../domain/deadline/limit.ts';
import { isOpen } from '../../domain/deadline/open-limits.ts';
import { requestExtension } from '../../domain/deadline/request-extension.ts';
import { requestSuspension } from '../../domain/deadline/request-suspension.ts';
import { Conflict } from '../../domain/errors/conflict.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { searchTickets } from '../../domain/ticket/search-tickets.ts';
import { REQUEST_TYPES, TICKET_STATUSES, URGENCIES } from '../../domain/ticket/ticket.ts';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import { apiRoute, instant, pageOf, pageQuery, ticketNoParams, z, type ApiRoute } from './api-route.ts';
import { ticketBody } from './ticket-body.ts';

const opened = z
  .object({ ticketNo: z.string(), queryCode: z.string(), status: z.enum(TICKET_STATUSES), version: z.number().int() })
  .openapi('OpenedTicket');
const ticketRow = z
  .object({
    ticketNo: z.string(),
    title: z.string(),
    status: z.enum(TICKET_STATUSES),
    urgency: z.enum(URGENCIES),
    dueAt: z.string().nullable(),
  })
  .loose()
  .openapi('TicketRow');
const event = z
  .object({
    eventId: z.number().int(),
    at: z.string(),
    type: z.string(),
    actorName: z.string(),
    reason: z.string().nullable(),
  })
  .loose()
  .openapi('TicketEvent');

/** `true` and `false` as a query writes them; an empty one is none. */
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const ticketRoutes: ApiRoute[] = [
  apiRoute({
    method: 'post',
    path: '/tickets',
    operationId: 'openTicket',
    summary: 'Register a request; sent again with the same submissionId it answers with the ticket already opened',
    tag: 'tickets',
    body: ticketBody,
    response: opened,
    status: 201,
    handle: async ({ context, actor, body }) => {
      const { ticketNo, queryCode, status, version } = await openTicket(context.app, actor, body);
      return { ticketNo, queryCode, status, version };
    },
  }),
  apiRoute({
    method: 'get',
    path: '/tickets',
    operationId: 'searchTickets',
    summary: 'Tickets that the account may know of',
    tag: 'tickets',
    query: z.strictObject({
      ...pageQuery,
      words: z.string().max(100).optional(),
      status: z
        .enum(TICKET_STATUSES)
        .transform((status) => [status])
        .optional(),
      open: flag.optional(),
      unitCode: z.string().max(60).optional(),
      requestType: z.enum(REQUEST_TYPES).optional(),
      urgency: z.enum(URGENCIES).optional(),
      divisionCode: z.string().max(9).optional(),
      overdue: flag.optional(),
      createdFrom: instant.optional(),
      createdTo: instant.optional(),
      sort: z.enum(['createdAt', '-createdAt', 'dueAt', '-dueAt', 'updatedAt', '-updatedAt']).optional(),
    }),
    response: pageOf(ticketRow),
    handle: ({ context, actor, query: { overdue, ...query } }) =>
      searchTickets(context.app, actor, { ...query, overdueAt: overdue ? context.app.clock.now() : undefined }),
  }),
  apiRoute({
    method: 'get',
    path: '/tickets/{ticketNo}',
    operationId: 'getTicket',
    summary: 'One ticket as the account may see it; personal data masked',
    tag: 'tickets',
    params: ticketNoParams,
    response: z
      .object({ ticket: z.unknown(), openTasks: z.array(z.unknown()) })
      .loose()
      .openapi('TicketView'),
    handle: ({ context, actor, params }) => viewTicket(context.app, actor, params.ticketNo),
  }),
  apiRoute({
    method: 'get',
    path: '/tickets/{ticketNo}/events',
    operationId: 'listTicketEvents',
    summary: 'What has happened, oldest first',
    tag: 'tickets',
    params: ticketNoParams,
    response: z.object({ items: z.array(event) }),
    handle: async ({ context, actor, params }) => ({
      items: (await viewTicket(context.app, actor, params.ticketNo)).events,
    }),
  }),
  apiRoute({
    method: 'put',
    path: '/tickets/{ticketNo}/deadline',
    operationId: 'adjustDeadline',
    summary: 'Move the due time of an open limit (the completion by default), with a reason',
    tag: 'tickets',
    params: ticketNoParams,
    body: z.strictObject({
      dueAt: instant,
      reason: z.string(),
      step: z.enum(LIMIT_STEPS).default('COMPLETE'),
      ticketVersion: z.number().int().optional(),
    }),
    response: z.object({ limitId: z.string(), dueAt: z.string().nullable() }).loose(),
    handle: async ({ context, actor, params: { ticketNo }, body: { step, ticketVersion, ...change } }) => {
      await demandOnTicket(context.app.stores, actor, 'adjustDeadline', ticketNo);
      const limits = await context.app.stores.limits.ofTicket(ticketNo);
      const limit = limits.find((one) => one.step === step && isOpen(one));
      if (!limit) throw new Conflict('noOpenLimit', { ticketNo });
      return adjustDeadline(context.app, actor, {
        ticketNo,
        limitId: limit.limitId,
        expectedVersion: ticketVersion,
        ...change,
      });
    },
  }),
  apiRoute({
    method: 'post',
    path: '/tickets/{ticketNo}/deadline-requests',
    operationId: 'requestDeadline',
    summary: 'Ask for an extension (workingDays) or a suspension (untilAt, plan) of the unit’s own assignment',
    tag: 'tickets',
    params: ticketNoParams,
    body: z.strictObject({
      kind: z.enum(['EXTENSION', 'SUSPENSION']),
      assignmentNo: z.string().max(60).optional(),
      workingDays: z.number().optional(),
      untilAt: instant.optional(),
      plan: z.string().optional(),
      reason: z.string(),
    }),
    response: z.object({ requestId: z.string(), status: z.string() }).loose(),
    status: 201,
    handle: async ({ context, actor, params: { ticketNo }, body }) => {
      const { assignments } = await viewTicket(context.app, actor, ticketNo);
      const own = assignments.filter(({ unitCode }) => unitCode === actor.unitCode).at(-1);
      const assignmentNo = body.assignmentNo ?? own?.assignmentNo ?? '';
      if (body.kind === 'EXTENSION') {
        return requestExtension(context.app, actor, {
          ticketNo,
          assignmentNo,
          workingDays: body.workingDays ?? NaN,
          reason: body.reason,
        });
      }
      return requestSuspension(context.app, actor, {
        ticketNo,
        assignmentNo,
        untilAt: body.untilAt ?? NaN,
        plan: body.plan ?? '',
        reason: body.reason,
      });
    },
  }),
];
