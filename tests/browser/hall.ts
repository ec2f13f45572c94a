import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { type ImplementationFn } from 'ava';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../demo/accounts.ts';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { hasBrowser, openBrowser, openContext, signInAs, type View } from '../../web/testing/browser.ts';
import { type DatabaseServer, servers } from '../app/on-each-server.ts';
import { startApp, type TestApp } from '../app/start-app.ts';

export interface Person {
  page: Page;
  /** What the console complained of. */
  complaints: string[];
  close(): Promise<void>;
}

/** The whole application and a browser; everybody has a browser context of their own. */
export interface Hall {
  town: TestApp;
  as(accountId: string, view?: View): Promise<Person>;
  end(): Promise<void>;
}

/** On a Monday at nine, a working day. */
async function openHall(server: DatabaseServer): Promise<Hall> {
  const town = await startApp(server);
  const browser = await openBrowser();
  await town.clock.moveTo(instantAt('2026-11-23', '09:00'));
  const people = new Map<string, Promise<Person>>();
  return {
    town,
    as(accountId, view) {
      const key = `${accountId} ${JSON.stringify(view ?? {})}`;
      const known = people.get(key);
      if (known) return known;
      const person = enter(browser, town.address, accountId, view);
      people.set(key, person);
      // whoever could not come in may try again
      person.catch(() => people.delete(key));
      return person;
    },
    async end() {
      await browser.close();
      await town.end();
    },
  };
}

/** Slow machines are no failures; what never comes is. */
const PATIENCE_MS = 30_000;

async function enter(browser: Browser, address: string, accountId: string, view?: View): Promise<Person> {
  const { context, page, complaints } = await openContext(browser, address, view);
  page.setDefaultTimeout(PATIENCE_MS);
  await signInAs(page, accountId, demoPassword);
  return { page, complaints, close: () => context.close() };
}

export const isWanted = process.env.REQUIRE_CHROMIUM === '1' || hasBrowser();

/** Needs Chromium: without one it is skipped, and says so; REQUIRE_CHROMIUM=1 lets it fail instead. */
export function browserTest(title: string, run: ImplementationFn<[]>): void {
  if (isWanted) test.serial(title, run);
  else test.skip(`${title} (no Chromium at /usr/bin/chromium)`, run);
}

/**
 * A hall for the whole file, opened before its first test when there is a browser at all.
 * @param server the journeys through a browser take turns: some run on SQLite, some on MariaDB where there is one
 */
export function hallOfFile(server: DatabaseServer = servers[0]!): { readonly hall: Hall } {
  let hall: Hall | undefined;
  test.serial.before(async (t) => {
    t.timeout(180_000);
    if (isWanted) hall = await openHall(server);
  });
  test.after.always(() => hall?.end());
  return {
    get hall() {
      if (!hall) throw new Error('there is no browser');
      return hall;
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical violations of the page as it stands: rule, and the elements that break it. */
export async function axeProblems(page: Page): Promise<string[]> {
  // The page's own policy refuses foreign scripts; what the test evaluates is not the page's.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run(
      // A small drawing is one link with a name of its own: what is written inside is too small to be read.
      { exclude: [['.process-card-drawing']] },
      { resultTypes: ['violations'] },
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}
