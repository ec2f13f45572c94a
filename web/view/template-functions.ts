import type Handlebars from 'handlebars';
import type { HelperOptions } from 'handlebars';
import type { LimitUnit } from '../../domain/deadline/limit.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import { localInput } from './shanghai.ts';
import { duration, exactTime, limitAmount, relativeTime, timeLeft } from './time-words.ts';

interface Root {
  t: Translate;
  now: number;
  asset(name: string): string;
}
const rootOf = (options: HelperOptions): Root => (options.data as { root: Root }).root;

/**
 * What templates may call: `{{t "key" name=value}}`, `{{label "Urgency" value}}` (= `enum.Urgency.VALUE`), `{{shipped name}}`, `{{exact at}}`,
 * `{{when at}}`, `{{lasting ms}}`, `{{limitAmount 5 unit}}`, `{{#timeLeft limit}}{{words}}{{/timeLeft}}`, `{{asset "look.css"}}`, `{{json value}}`,
 * and `eq`, `not`, `or`, `and`, `in`, `gt`, `concat`, `plus`.
 */
export function registerTemplateFunctions(handlebars: typeof Handlebars): void {
  registerWords(handlebars);
  registerTimes(handlebars);
  registerLogic(handlebars);
}

function registerWords(handlebars: typeof Handlebars): void {
  handlebars.registerHelper('t', (key: string, options: HelperOptions) => rootOf(options).t(key, options.hash));
  handlebars.registerHelper('label', (type: string, value: unknown, options: HelperOptions) =>
    value === null || value === undefined || value === '' ? '' : rootOf(options).t(`enum.${type}.${String(value)}`),
  );
  handlebars.registerHelper('shipped', (name: unknown, options: HelperOptions) =>
    shippedName(String(name ?? ''), rootOf(options).t),
  );
  handlebars.registerHelper('asset', (name: string, options: HelperOptions) => rootOf(options).asset(name));
  // For data attributes: the template escapes it like any other text.
  handlebars.registerHelper('json', (value: unknown) => JSON.stringify(value ?? null));
  handlebars.registerHelper('initial', (name: unknown) => Array.from(String(name ?? ''))[0] ?? '');
}

function registerTimes(handlebars: typeof Handlebars): void {
  const at = (value: unknown, say: (at: number) => string) => (typeof value === 'number' ? say(value) : '');
  handlebars.registerHelper('exact', (value: unknown, options: HelperOptions) =>
    at(value, (instant) => exactTime(instant, rootOf(options).t)),
  );
  handlebars.registerHelper('when', (value: unknown, options: HelperOptions) =>
    at(value, (instant) => relativeTime(instant, rootOf(options).now, rootOf(options).t)),
  );
  handlebars.registerHelper('iso', (value: unknown) => at(value, (instant) => new Date(instant).toISOString()));
  handlebars.registerHelper('localInput', (value: unknown) => at(value, localInput));
  handlebars.registerHelper('lasting', (value: unknown, options: HelperOptions) =>
    at(value, (ms) => duration(ms, rootOf(options).t)),
  );
  handlebars.registerHelper('limitAmount', (amount: number, unit: LimitUnit, options: HelperOptions) =>
    limitAmount(amount, unit, rootOf(options).t),
  );
  handlebars.registerHelper(
    'timeLeft',
    function (this: unknown, limit: Parameters<typeof timeLeft>[0], options: HelperOptions) {
      return options.fn(timeLeft(limit, rootOf(options).now, rootOf(options).t), { data: options.data as unknown });
    },
  );
}

function registerLogic(handlebars: typeof Handlebars): void {
  const values = (all: unknown[]) => all.slice(0, -1);
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  handlebars.registerHelper('gt', (a: number, b: number) => a > b);
  handlebars.registerHelper('not', (a: unknown) => !a);
  handlebars.registerHelper('and', (...all: unknown[]) => values(all).every(Boolean));
  handlebars.registerHelper('or', (...all: unknown[]) => values(all).find(Boolean) ?? false);
  handlebars.registerHelper('in', (value: unknown, ...all: unknown[]) => {
    const list = values(all);
    return Array.isArray(list[0]) ? list[0].includes(value) : list.includes(value);
  });
  handlebars.registerHelper('concat', (...all: unknown[]) => values(all).join(''));
  handlebars.registerHelper('plus', (a: number, b: number) => a + b);
}
