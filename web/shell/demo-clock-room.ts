import { Router } from 'express';
import { DAY_MS, HOUR_MS } from '../../domain/calendar/shanghai-time.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { NotFound } from '../../domain/errors/not-found.ts';
import type { Room } from '../room.ts';
import { safeNext } from './safe-next.ts';
import { isWorkday } from './working-clock.ts';

const LOOK_AHEAD_DAYS = 30;

/** Moves the demonstration's business time on. Everybody of the demonstration sees it, and the engine's timers fire. */
export const demoClockRoom: Room = {
  path: '/demo-clock',
  router: ({ app, settings, demoClock }) => {
    const router = Router();
    router.post('/', async (req, res) => {
      if (!settings.demo || !demoClock) throw new NotFound('page', '/demo-clock');
      const { step, next } = req.body as Record<string, unknown>;
      if (step === 'hour') await demoClock.advance(HOUR_MS);
      else if (step === 'workingDay') await demoClock.advance(await untilNextWorkday());
      else if (step === 'deadline') await demoClock.toNextDeadline();
      else if (step === 'reset') await demoClock.reset();
      else throw new InvalidInput([{ field: 'step', code: 'unknownValue' }]);
      res.redirect(303, safeNext(next));
    });
    async function untilNextWorkday(): Promise<number> {
      const calendar = await app.stores.calendar.load();
      const now = app.clock.now();
      for (let days = 1; days <= LOOK_AHEAD_DAYS; days++)
        if (isWorkday(now + days * DAY_MS, calendar)) return days * DAY_MS;
      return DAY_MS;
    }
    return router;
  },
};
