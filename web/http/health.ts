import { Router } from 'express';
import type { RoomContext } from '../room.ts';

const PATIENCE_MS = 2_000;

/** For whoever watches the machine; no login, no session, no details. */
export function health({ app, engine, isReady }: RoomContext): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'alive' });
  });
  router.get('/readyz', async (_req, res) => {
    const [database, processEngine, migrations] = await Promise.all([
      holds(app.stores.changes.latestId().then(() => true)),
      holds(engine.isReady()),
      holds(isReady ? isReady() : Promise.resolve(true)),
    ]);
    const ready = database && processEngine && migrations;
    res
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ready' : 'notReady', database, engine: processEngine, migrations });
  });
  return router;
}

async function holds(question: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([question, tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
