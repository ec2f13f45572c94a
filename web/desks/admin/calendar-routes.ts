import { z } from 'zod';
import { changeCalendar, loadCalendar, previewCalendarChange } from '../../../domain/calendar/change-calendar.ts';
import { checkInput } from '../../http/check-input.ts';
import { yearView } from './year-view.ts';
import { adminOf, type AdminRoutes } from './admin-routes.ts';

const change = z.strictObject({
  year: z.number().int(),
  status: z.enum(['OFFICIAL', 'PROVISIONAL']),
  days: z
    .array(z.strictObject({ date: z.string(), kind: z.enum(['OFF', 'WORK']), name: z.string().nullable() }))
    .max(366),
});
const saving = change.extend({ expectedVersion: z.number().int(), reason: z.string() });

export const calendarRoutes: AdminRoutes = (router, context) => {
  const { app } = context;

  router.get('/calendar', async (req, res) => {
    const calendar = await loadCalendar(app);
    const thisYear = new Date(app.clock.now() + 8 * 3_600_000).getUTCFullYear();
    const year = Number(req.query['year']) || thisYear;
    context.page(req, res, 'desks/views/admin-calendar', {
      title: req.t('admin.calendar'),
      layout: 'wide',
      scripts: ['calendar'],
      saved: req.query['saved'] === '1',
      year,
      previous: year - 1,
      next: year + 1,
      version: calendar.version,
      status: calendar.years.find((one) => one.year === year)?.status ?? 'PROVISIONAL',
      months: yearView(year, calendar, req.t),
      openingHours: calendar.openingHours.spans
        .map(({ fromMinute, toMinute }) => `${clock(fromMinute)}–${clock(toMinute)}`)
        .join(' · '),
    });
  });

  /** The year that was painted, in the whole calendar. */
  const merged = async ({ year, status, days }: z.infer<typeof change>) => {
    const { version: _version, ...calendar } = await loadCalendar(app);
    const others = calendar.days.filter(({ date }) => !date.startsWith(`${year}-`));
    return {
      ...calendar,
      years: [...calendar.years.filter((one) => one.year !== year), { year, status }].sort((a, b) => a.year - b.year),
      days: [...others, ...days].sort((a, b) => a.date.localeCompare(b.date)),
    };
  };

  router.post('/calendar/preview', async (req, res) => {
    const preview = await previewCalendarChange(app, adminOf(req), await merged(checkInput(change, req.body)));
    context.fragment(req, res, 'desks/views/move-preview', { ...preview });
  });

  router.post('/calendar', async (req, res) => {
    const { expectedVersion, reason, ...painted } = checkInput(saving, req.body);
    await changeCalendar(app, adminOf(req), { ...(await merged(painted)), expectedVersion, reason });
    res.json({ saved: true });
  });
};

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
