import { z } from 'zod';
import type { Unit } from '../../../domain/unit/unit.ts';
import { createUnit, updateUnit } from '../../../domain/unit/change-unit.ts';
import { checkInput } from '../../http/check-input.ts';
import { adminOf, type AdminRoutes } from './admin-routes.ts';

const KINDS: Unit['kind'][] = ['DEPARTMENT', 'ENTERPRISE', 'DIVISION'];
const none = (text: string | null | undefined) => (text ? text : null);
const fields = z.object({
  unitCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  tier: z.enum(['1', '2', '3']).transform((tier) => Number(tier) as Unit['tier']),
  kind: z.enum(['DEPARTMENT', 'ENTERPRISE', 'DIVISION']),
  divisionCode: z.string().nullish().transform(none),
  dutyPhone: z.string().nullish().transform(none),
  active: z.unknown().transform((value) => value === 'on'),
});

export const unitRoutes: AdminRoutes = (router, context) => {
  const { app } = context;

  router.get('/units', async (req, res) => {
    const units = (await app.stores.units.all()).sort(
      (a, b) => a.tier - b.tier || a.name.localeCompare(b.name, 'zh-CN'),
    );
    context.page(req, res, 'desks/views/admin-units', {
      title: req.t('admin.units'),
      layout: 'wide',
      saved: req.query['saved'] === '1',
      kinds: KINDS,
      tiers: [1, 2, 3],
      units: units.map((unit) => ({
        ...unit,
        kindChoices: KINDS.map((value) => ({ value, on: value === unit.kind })),
        tierChoices: [1, 2, 3].map((value) => ({ value, on: value === unit.tier })),
      })),
    });
  });

  router.post('/units', async (req, res) => {
    await createUnit(app, adminOf(req), { ...checkInput(fields, req.body), active: true });
    res.redirect(303, '/admin/units?saved=1');
  });

  router.post('/units/:unitCode', async (req, res) => {
    await updateUnit(app, adminOf(req), checkInput(fields, { ...req.body, unitCode: req.params.unitCode }));
    res.redirect(303, '/admin/units?saved=1');
  });
};
