import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { pino } from 'pino';
import { loadSecrets } from '../../main/secrets.ts';
import { readSettings, type Settings } from '../../main/settings.ts';
import { sentenceFor, StartFailure } from '../../main/start-failure.ts';
import { startLiandong } from '../../main/start-liandong.ts';
import { startChild } from './child-app.ts';
import { testSettings } from './start-app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const silent = pino({ level: 'silent' });

function folder() {
  return mkdtempSync(path.join(tmpdir(), 'liandong-start-'));
}

/** What the person who started it would read. */
async function refusal(settings: Settings) {
  try {
    const running = await startLiandong(settings, silent, { playDemo: false });
    await running.stop();
    return 'it started';
  } catch (error) {
    return sentenceFor(error, settings) ?? String(error);
  }
}

test('an old Node is told in one sentence what it needs', (t) => {
  const script = `Object.defineProperty(process.versions, 'node', { value: '18.19.1' }); import('./scripts/start.js')`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  t.is(status, 1);
  t.regex(stderr, /^Liandong needs Node\.js 20\.19 or newer; this is 18\.19\.1: .+\n$/);
});

test('settings that make no sense are named, all at once', (t) => {
  const failure = t.throws(() => readSettings({ PORT: 'eighty', DEMO: 'perhaps', DATABASE_URL: 'sqlite:x' }), {
    instanceOf: StartFailure,
  });
  t.regex(failure!.message, /PORT.*DATABASE_URL: must begin with mysql:\/\/.*DEMO/);
  t.throws(() => readSettings({ NODE_ENV: 'production' }), { message: /SESSION_SECRET and PII_KEY must be set/ });
  const secret = 'x'.repeat(32);
  const production = readSettings({
    NODE_ENV: 'production',
    SESSION_SECRET: secret,
    PII_KEY: secret,
    DATABASE_URL: '',
  });
  t.like(production, { demo: false, secureCookies: true, host: '127.0.0.1', port: 3000, databaseUrl: undefined });
});

test('secrets that were not set are made once, for the owner’s eyes only', (t) => {
  const dataDir = folder();
  t.teardown(() => rmSync(dataDir, { recursive: true }));
  const none = { sessionSecret: undefined, piiKey: undefined };
  const made = loadSecrets(dataDir, none);
  const file = path.join(dataDir, 'secrets.json');
  t.is(statSync(file).mode & 0o777, 0o600);
  t.deepEqual(loadSecrets(dataDir, none), made);
  t.is(loadSecrets(dataDir, { ...none, piiKey: 'given' }).piiKey, 'given');
  writeFileSync(file, 'torn');
  t.throws(() => loadSecrets(dataDir, none), { message: /cannot be read as the secrets.*restore/ });
});

test('a start that cannot be says why and leaves nothing behind', async (t) => {
  const dataDir = folder();
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const settings = testSettings(dataDir);

  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  t.regex(await refusal({ ...settings, port }), new RegExp(`^Port ${port} on 127.0.0.1 is in use.*PORT=${port + 1}`));
  await new Promise((resolve) => other.close(resolve));

  const file = path.join(dataDir, 'secrets.json');
  t.regex(await refusal({ ...settings, dataDir: file }), /cannot be written to/);

  const running = await startLiandong(settings, silent, { playDemo: false });
  t.is(running.admin, null, 'the demonstration brings its accounts');
  t.regex(await refusal(settings), /already running with the folder/);
  t.is((await fetch(`${running.address}/readyz`)).status, 200);
  await running.stop();

  rmSync(path.join(dataDir, 'engine'), { recursive: true });
  t.regex(await refusal(settings), /unknown to the engine.*restore both from the same backup/);
});

test('without a demonstration the first start prints a password once', async (t) => {
  const dataDir = folder();
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const settings = { ...testSettings(dataDir), demo: false };
  const first = await startLiandong(settings, silent);
  t.is(first.admin?.accountId, 'admin');
  t.true((await first.app.stores.accounts.find('admin'))!.mustChangePassword);
  await first.stop();
  const second = await startLiandong(settings, silent);
  t.is(second.admin, null);
  await second.stop();
});

test('told to stop, it ends in order, and the next start finds everything as it was', async (t) => {
  t.timeout(300_000);
  const dataDir = folder();
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  for (const start of ['first', 'second']) {
    const child = await startChild({ DATA_DIR: dataDir });
    t.is((await fetch(`${child.address}/healthz`)).status, 200, start);
    t.is(await child.stop(), 0, start);
  }
});
