import type { Router } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import { revealCaller } from '../../domain/ticket/reveal-caller.ts';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import { describeError } from '../http/describe-error.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { diagramOf } from './diagram.ts';
import { ACTION_FORMS, type ActionBody } from './ticket-actions.ts';
import { ticketPage } from './ticket-page.ts';

/** /tickets/{ticketNo}: the page, its diagram, and the acts on it. */
export function ticketRoutes(router: Router, context: RoomContext): void {
  const { app, page, fragment } = context;

  router.get('/:ticketNo', async (req, res) => {
    const data = await ticketPage(context, req, req.params.ticketNo);
    const { done } = req.query;
    const action = typeof done === 'string' && Object.hasOwn(ACTION_FORMS, done) ? req.t(`enum.Action.${done}`) : null;
    page(req, res, 'tickets/ticket', {
      done: action && req.t('ticket.done', { action }),
      title: `${data.ticket.title} ${data.ticketNo}`,
      layout: 'wide',
      scripts: ['ticket'],
      styles: ['ticket'],
      ...data,
    });
  });

  router.get('/:ticketNo/diagram', async (req, res) => {
    const { ticket } = await viewTicket(app, requireActor(req), req.params.ticketNo);
    res.json(await diagramOf(context, ticket, req.t));
  });

  router.post('/:ticketNo/reveal', async (req, res) => {
    const { reason = '', purpose = '' } = req.body as ActionBody;
    try {
      const caller = await revealCaller(app, requireActor(req), {
        ticketNo: req.params.ticketNo,
        reason,
        purpose,
        remoteAddress: req.ip ?? null,
      });
      fragment(req, res, 'tickets/revealed', { caller });
    } catch (error) {
      const problem = describeError(error, req.t);
      if (problem.status !== 400) throw error;
      res.status(422);
      fragment(req, res, 'tickets/problem', { problem });
    }
  });

  router.post('/:ticketNo/actions/:action', async (req, res) => {
    const { ticketNo, action } = req.params;
    const form = Object.hasOwn(ACTION_FORMS, action) ? ACTION_FORMS[action] : undefined;
    if (!form) throw new NotFound('page', req.originalUrl);
    try {
      await form.act(app, requireActor(req), ticketNo, req.body as ActionBody);
    } catch (error) {
      const problem = describeError(error, req.t);
      if (!req.headers['hx-request'] || ![400, 403, 409].includes(problem.status)) throw error;
      res.status(422);
      fragment(req, res, 'tickets/problem', { problem });
      return;
    }
    const address = `/tickets/${encodeURIComponent(ticketNo)}?done=${action}`;
    if (req.headers['hx-request']) res.setHeader('hx-redirect', address).end();
    else res.redirect(303, address);
  });
}
