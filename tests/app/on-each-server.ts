import test, { type ImplementationFn } from 'ava';
import { startApp, type TestApp } from './start-app.ts';

/** Where the application may keep its rows: without an address in SQLite. */
export interface DatabaseServer {
  name: 'SQLite' | 'MariaDB';
  mariadbUrl?: string;
}

export const servers: DatabaseServer[] = [{ name: 'SQLite' }];
if (process.env.MARIADB_URL) servers.push({ name: 'MariaDB', mariadbUrl: process.env.MARIADB_URL });
else if (process.env.REQUIRE_MARIADB === '1') throw new Error('MariaDB is demanded, but MARIADB_URL is not set');

export type DeclareTest = (title: string, body: ImplementationFn<[]>) => void;

/**
 * Declares the same tests once for each database, one after the other.
 * @param enter is told of the running application before the first of them
 */
export function onEachServer(
  enter: (town: TestApp) => Promise<void> | void,
  declare: (test: DeclareTest) => void,
): void {
  for (const server of servers) {
    let running: Promise<TestApp> | undefined;
    const enterOnce = async () => {
      running ??= startApp(server).then(async (town) => {
        await enter(town);
        return town;
      });
      await running;
    };
    declare((title, body) => {
      test.serial(`${title}, on ${server.name}`, async (t) => {
        await enterOnce();
        await body(t);
      });
    });
    test.after.always(async () => (await running?.catch(() => undefined))?.end());
  }
}
