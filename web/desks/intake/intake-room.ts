import { Router } from 'express';
import { z } from 'zod';
import { CATEGORIES } from '../../../domain/defaults/categories.ts';
import { DIVISIONS } from '../../../domain/defaults/divisions.ts';
import { discardFormDraft, loadFormDraft, saveFormDraft } from '../../../domain/task/form-drafts.ts';
import { openTicket } from '../../../domain/ticket/open-ticket.ts';
import {
  CHANNELS,
  PRIVACIES,
  REJECT_REASONS,
  REQUEST_TYPES,
  RISK_FLAGS,
  URGENCIES,
} from '../../../domain/ticket/ticket.ts';
import { ticketBody } from '../../api/ticket-body.ts';
import { checkInput } from '../../http/check-input.ts';
import type { Room } from '../../room.ts';
import { requireRole } from '../../shell/viewer.ts';
import { suggest, suggestBody } from './suggestions.ts';

const draftKey = 'intake';
const draftBody = z.record(z.string(), z.unknown());

/** One screen on which a call is registered while the caller talks. */
export const intakeRoom: Room = {
  path: '/intake',
  doors: [
    { href: '/intake', icon: 'phone-incoming', titleKey: 'intake.title', section: 'work', roles: ['agent'], order: 20 },
  ],
  router(context) {
    const router = Router();
    router.use((req, _res, next) => {
      requireRole(req, 'agent');
      next();
    });

    router.get('/', async (req, res) => {
      const actor = requireRole(req, 'agent');
      const draft = await loadFormDraft(context.app, actor, draftKey);
      const english = req.locale === 'en';
      context.page(req, res, 'desks/views/intake', {
        title: req.t('intake.title'),
        scripts: ['intake'],
        styles: ['intake'],
        layout: 'wide',
        draft: JSON.stringify(draft?.data ?? null),
        draftSavedAt: draft?.savedAt ?? null,
        channels: CHANNELS,
        requestTypes: REQUEST_TYPES,
        urgencies: URGENCIES,
        riskFlags: RISK_FLAGS,
        privacies: PRIVACIES,
        rejectReasons: REJECT_REASONS,
        categories: CATEGORIES.map(({ name, nameEn, minors }) => ({
          name: english ? nameEn : name,
          minors: minors.map((minor) => ({
            code: minor.code,
            name: english ? minor.nameEn : minor.name,
          })),
        })),
        divisions: DIVISIONS.filter(({ validTo }) => validTo === null).map(({ code, name, nameEn }) => ({
          code,
          name: english ? nameEn : name,
        })),
      });
    });

    router.post('/suggestions', async (req, res) => {
      const actor = requireRole(req, 'agent');
      const suggestions = await suggest(context, actor, checkInput(suggestBody, req.body), req.locale);
      context.fragment(req, res, 'desks/views/suggestions', { ...suggestions });
    });

    router.put('/draft', async (req, res) => {
      const actor = requireRole(req, 'agent');
      await saveFormDraft(context.app, actor, { draftKey, data: checkInput(draftBody, req.body) });
      res.status(204).end();
    });

    router.post('/', async (req, res) => {
      const actor = requireRole(req, 'agent');
      const ticket = await openTicket(context.app, actor, checkInput(ticketBody, req.body));
      await discardFormDraft(context.app, actor, draftKey);
      res.status(201).json({ ticketNo: ticket.ticketNo, queryCode: ticket.queryCode, status: ticket.status });
    });
    return router;
  },
};
