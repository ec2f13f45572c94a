import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Nothing but the page itself goes over the network. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const hasBrowser = (): boolean => existsSync(CHROMIUM);

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface View {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  locale?: 'zh-CN' | 'en';
}

/** A person's own browser: no cookies of anybody else. Everything the console complains of is collected in `complaints`. */
export async function openContext(
  browser: Browser,
  address: string,
  { width = 1440, height = 900, theme = 'light', locale = 'zh-CN' }: View = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    colorScheme: theme,
    locale,
    timezoneId: 'Asia/Shanghai',
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

const SIGN_IN_PATIENCE_MS = 15_000;

/** Asked once more where nothing came of it, as a person would; what the page said then is told. */
export async function signInAs(page: Page, accountId: string, password: string): Promise<void> {
  const signIn = async (): Promise<boolean> => {
    await page.goto('/login');
    await page.fill('#accountId', accountId);
    await page.fill('#password', password);
    await page.click('form .btn-go');
    return page
      .waitForURL((url) => url.pathname !== '/login', { timeout: SIGN_IN_PATIENCE_MS })
      .then(
        () => true,
        () => false,
      );
  };
  if (await signIn()) return;
  const said = (await page.locator('body').innerText()).slice(0, 500);
  process.stderr.write(`${accountId} was not let in, and asks again: ${page.url()} ${said}\n`);
  if (!(await signIn())) throw new Error(`${accountId} is not let in: ${page.url()} ${said}`);
}
