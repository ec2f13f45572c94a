// npm run token -- ACCOUNT [DAYS]: prints a personal token for /api, with the rights of that account.
import path from 'node:path';
import { actorOf } from '../domain/account/actor-of.ts';
import { makeToken } from '../domain/account/make-token.ts';
import { buildApp, realClock } from '../main/app.ts';
import { loadSecrets } from '../main/secrets.ts';
import { readSettings } from '../main/settings.ts';
import { sentenceFor, StartFailure } from '../main/start-failure.ts';
import { openStore } from '../store/open-store.ts';

const DEFAULT_DAYS = 90;

async function printToken(accountId: string | undefined, days: number) {
  if (accountId === undefined || !Number.isInteger(days) || days < 1) {
    throw new StartFailure('Say whose token: npm run token -- ACCOUNT [DAYS], for example npm run token -- agent 30.');
  }
  const settings = readSettings(process.env);
  const { piiKey } = loadSecrets(settings.dataDir, settings);
  const store = await openStore({
    databaseUrl: settings.databaseUrl,
    file: path.join(settings.dataDir, 'liandong.sqlite'),
    piiKey,
  });
  try {
    if ((await store.pendingMigrations()).length > 0) {
      throw new StartFailure('The database is not made yet: run npm start once, then ask again.');
    }
    const account = await store.stores.accounts.find(accountId);
    if (!account?.active) throw new StartFailure(`There is no active account ${accountId}.`);
    const app = buildApp(store, realClock, () => {});
    const { token } = await makeToken(app, actorOf(account), { name: 'npm run token', days });
    process.stdout.write(`${token}\n`);
  } finally {
    await store.close();
  }
}

const [accountId, days] = process.argv.slice(2);
await printToken(accountId, Number(days ?? DEFAULT_DAYS)).catch((error: unknown) => {
  const { dataDir, host, port } = readSettings(process.env);
  process.stderr.write(`${sentenceFor(error, { dataDir, host, port }) ?? String(error)}\n`);
  process.exitCode = 1;
});
