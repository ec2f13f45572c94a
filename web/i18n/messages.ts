import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Parameters = Record<string, unknown>;
export type Translate = (key: string, parameters?: Parameters) => string;

export interface Messages {
  translator(locale: Locale): Translate;
  has(locale: Locale, key: string): boolean;
  /** All messages whose key begins so: what a browser module is given. */
  startingWith(locale: Locale, prefix: string): Record<string, string>;
  keys(locale: Locale): string[];
}

/**
 * Reads `messages/<locale>/<area>.json` (flat: key → text with `{parameters}` and `⟦optional parts⟧`) and merges the areas. No key is in two areas
 * (messages.test.ts looks).
 */
export function loadMessages(folder: string = join(import.meta.dirname, '..', 'messages')): Messages {
  const tables = Object.fromEntries(LOCALES.map((locale) => [locale, readLocale(join(folder, locale))])) as Record<
    Locale,
    Map<string, string>
  >;
  const shippedNames = new Map(Object.entries(readJson(join(folder, 'shipped-names.en.json'))));
  const shippedIn = (locale: Locale, key: string) =>
    locale === 'en' && key.startsWith(SHIPPED) ? shippedNames.get(key.slice(SHIPPED.length)) : undefined;
  return {
    translator: (locale) => (key, parameters) => {
      // A missing key shows itself: the test of languages fails on it, a reader still sees which one it was.
      const text = tables[locale].get(key) ?? shippedIn(locale, key) ?? tables['zh-CN'].get(key) ?? key;
      return parameters ? fillIn(text, parameters) : text;
    },
    has: (locale, key) => tables[locale].has(key),
    startingWith: (locale, prefix) => Object.fromEntries([...tables[locale]].filter(([key]) => key.startsWith(prefix))),
    keys: (locale) => [...tables[locale].keys()],
  };
}

function readLocale(folder: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    for (const [key, text] of Object.entries(readJson(join(folder, file)))) table.set(key, text);
  }
  return table;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

const SHIPPED = 'shipped.';

/**
 * A name that came with the city (a step of a drawing, a dispatch rule, a source, a holiday) in the reader's language. What
 * people named themselves, or renamed, stays as they wrote it.
 */
export function shippedName(name: string, t: Translate): string {
  const words = t(SHIPPED + name);
  return words === SHIPPED + name ? name : words;
}

/** `⟦, co-hosts {coHosts}⟧` is left out where a parameter in it has no value (`''` or `—`). */
function fillIn(text: string, parameters: Parameters): string {
  const said = text.replace(/⟦([^⟧]*)⟧/g, (_, part: string) =>
    [...part.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => ['', '—'].includes(String(parameters[name] ?? '')))
      ? ''
      : part,
  );
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined || value === null ? whole : String(value);
  });
}
