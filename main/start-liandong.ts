import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import { elementTemplates } from '../workers/element-templates.ts';
import { readBpmn } from '../camunda/read-bpmn.ts';
import { startCore, type Core } from './core.ts';
import { playDemoOnce, seedDemo } from './demo.ts';
import { firstAdmin } from '../domain/account/first-admin.ts';
import { passwordHasher } from './password-hasher.ts';
import { loadSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';

export interface Liandong extends Core {
  address: string;
  /** Of the first start without a demonstration; its password is shown once. */
  admin: { accountId: string; password: string } | null;
}

/** Starts everything and answers when the pages can be asked for. @throws StartFailure, system errors */
export async function startLiandong(
  settings: Settings,
  log: Logger,
  options = { playDemo: settings.demo },
): Promise<Liandong> {
  mkdirSync(settings.dataDir, { recursive: true });
  const secrets = loadSecrets(settings.dataDir, settings);
  // The pages are many files: they load while the engine starts in its thread.
  const [core, { openWeb }, { lint }] = await Promise.all([
    startCore(settings, secrets.piiKey, log),
    import('../web/open-web.ts'),
    import('./lint.ts'),
  ]);
  try {
    const demoAccounts = settings.demo ? await seedDemo(core.app, passwordHasher) : [];
    const admin = await firstAdmin(core.app, passwordHasher);
    const web = await openWeb({
      app: core.app,
      engine: core.engine,
      readBpmn,
      settings: { ...settings, sessionSecret: secrets.sessionSecret },
      hasher: passwordHasher,
      knex: core.store.sessionsKnex,
      demoClock: settings.demo && core.embeddedEngine ? core.clock : undefined,
      demoAccounts,
      elementTemplates,
      lint,
      embeddedEngine: core.embeddedEngine,
      isReady: () => isReady(core),
      log,
    });
    const demo = options.playDemo ? playDemoOnce(core, web.address, log) : undefined;
    const stop = async () => {
      await demo?.stop();
      await web.close();
      await core.stop();
    };
    return { ...core, address: web.address, admin, stop };
  } catch (error) {
    await core.stop();
    throw error;
  }
}

async function isReady({ store }: Core) {
  await store.ping();
  return (await store.pendingMigrations()).length === 0;
}
