import { z } from 'zod';
import { changeDispatchRule } from '../../../domain/dispatch/change-dispatch-rule.ts';
import { checkInput } from '../../http/check-input.ts';
import { unitNames } from '../../view/unit-names.ts';
import { unitOptions } from '../unit-options.ts';
import { adminOf, listOf, type AdminRoutes } from './admin-routes.ts';

const row = z.object({
  hostUnitCode: z.string(),
  coHostUnitCodes: z.unknown().transform(listOf),
  source: z.string(),
  reason: z.string(),
});

export const catalogueRoutes: AdminRoutes = (router, context) => {
  const { app } = context;

  router.get('/catalogue', async (req, res) => {
    const unitName = await unitNames(app.stores, req.locale);
    const units = await unitOptions(app.stores, req.locale, undefined);
    const rules = await app.stores.dispatchRules.all();
    context.page(req, res, 'desks/views/admin-catalogue', {
      title: req.t('admin.catalogue'),
      layout: 'wide',
      saved: req.query['saved'] === '1',
      rules: rules.map((rule) => ({
        ...rule,
        host: unitName(rule.hostUnitCode),
        coHosts: rule.coHostUnitCodes.map(unitName),
        hostChoices: units.map(({ value, name }) => ({ value, name, on: value === rule.hostUnitCode })),
        coHostChoices: units.map(({ value, name }) => ({ value, name, on: rule.coHostUnitCodes.includes(value) })),
      })),
    });
  });

  router.post('/catalogue/:ruleCode', async (req, res) => {
    await changeDispatchRule(app, adminOf(req), { ruleCode: req.params.ruleCode, ...checkInput(row, req.body) });
    res.redirect(303, '/admin/catalogue?saved=1');
  });
};
