// npm run demo:reset: throws a demonstration's data away; the next start loads it anew.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lockDataDir } from '../engine/data-lock.ts';
import { DEMO_MARK } from '../main/demo.ts';
import { loadSecrets } from '../main/secrets.ts';
import { readSettings, type Settings } from '../main/settings.ts';
import { StartFailure } from '../main/start-failure.ts';
import { openStore } from '../store/open-store.ts';

/** Everything of the folder but the secrets. */
const THROWN_AWAY = ['liandong.sqlite', 'liandong-sessions.sqlite'].flatMap((name) =>
  ['', '-wal', '-shm', '-journal'].map((ending) => `${name}${ending}`),
);

async function reset(settings: Settings) {
  const { dataDir } = settings;
  if (settings.databaseUrl !== undefined || settings.camundaAddress !== undefined) {
    throw new StartFailure(
      'demo:reset throws away the files of DATA_DIR only: with DATABASE_URL or CAMUNDA_REST_ADDRESS empty the database and the cluster yourself.',
    );
  }
  if (!existsSync(path.join(dataDir, 'liandong.sqlite'))) {
    throw new StartFailure(`There is nothing to reset in ${dataDir}: npm start loads the demonstration.`);
  }
  const unlock = lockOrSay(path.join(dataDir, 'engine'), dataDir);
  try {
    if (!(await isDemo(settings))) {
      throw new StartFailure(`The database in ${dataDir} is no demonstration: it is left as it is.`);
    }
    for (const name of THROWN_AWAY) rmSync(path.join(dataDir, name), { force: true });
  } finally {
    unlock();
  }
  rmSync(path.join(dataDir, 'engine'), { recursive: true, force: true });
  process.stdout.write('The demonstration is thrown away: npm start loads it anew.\n');
}

function lockOrSay(engineDir: string, dataDir: string) {
  try {
    return lockDataDir(engineDir);
  } catch {
    throw new StartFailure(`Liandong is running with the folder ${dataDir}: stop it first (Ctrl-C).`);
  }
}

async function isDemo(settings: Settings) {
  const { piiKey } = loadSecrets(settings.dataDir, settings);
  const store = await openStore({ file: path.join(settings.dataDir, 'liandong.sqlite'), piiKey });
  try {
    return (await store.stores.settings.get(DEMO_MARK)) !== undefined;
  } finally {
    await store.close();
  }
}

try {
  await reset(readSettings(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
