import { z } from 'zod';
import { changeDeadlinePolicy, listDeadlinePolicy } from '../../../domain/deadline/change-deadline-policy.ts';
import { deadlinePolicyNames } from '../../../domain/deadline/deadline-policy.ts';
import { changeLimitRule, listLimitRules, previewRuleChange } from '../../../domain/deadline/change-limit-rule.ts';
import { LIMIT_STEPS, LIMIT_UNITS } from '../../../domain/deadline/limit.ts';
import { checkInput } from '../../http/check-input.ts';
import { adminOf, type AdminRoutes } from './admin-routes.ts';

const rule = z.object({
  limitClass: z.string(),
  step: z.enum(LIMIT_STEPS),
  amount: z.coerce.number(),
  unit: z.enum(LIMIT_UNITS),
  source: z.string(),
  applyToOpen: z.unknown().transform((value) => value === 'on'),
});
const policy = z.object({ reason: z.string() }).catchall(z.string());

export const limitRoutes: AdminRoutes = (router, context) => {
  const { app } = context;

  router.get('/limits', async (req, res) => {
    const now = app.clock.now();
    const rules = await listLimitRules(app, adminOf(req));
    const inForce = rules.filter(({ validFrom, validTo }) => validFrom <= now && (validTo === null || validTo > now));
    context.page(req, res, 'desks/views/admin-limits', {
      title: req.t('admin.limits'),
      layout: 'wide',
      saved: req.query['saved'] === '1',
      rules: inForce.map((one) => ({ ...one, units: LIMIT_UNITS.map((value) => ({ value, on: value === one.unit })) })),
      policy: await listDeadlinePolicy(app, adminOf(req)),
    });
  });

  router.post('/limits/preview', async (req, res) => {
    const preview = await previewRuleChange(app, adminOf(req), checkInput(rule, req.body));
    context.fragment(req, res, 'desks/views/move-preview', { ...preview });
  });

  router.post('/limits', async (req, res) => {
    await changeLimitRule(app, adminOf(req), checkInput(rule.extend({ reason: z.string() }), req.body));
    res.redirect(303, '/admin/limits?saved=1');
  });

  router.post('/limits/policy', async (req, res) => {
    const body = checkInput(policy, req.body);
    const values = Object.fromEntries(
      deadlinePolicyNames.filter((name) => name in body).map((name) => [name, Number(body[name])]),
    );
    await changeDeadlinePolicy(app, adminOf(req), { values, reason: body.reason });
    res.redirect(303, '/admin/limits?saved=1');
  });
};
