import { Refusal } from './signature.ts';

const maxCached = 500;
const cache = new Map<string, RegExp | null>();

/**
 * A pattern of XPath and Java as JavaScript's: flags s, m, i, x (white space means nothing), q (no pattern at all); null
 * when it is none. What Java writes otherwise is rewritten: flags in front (`(?i)`), `\A`, `\z`, `\Q…\E`, `\p{Alpha}`,
 * `\p{IsHan}`, differences of classes (`[a-z&&[^x]]`, `[a-z-[x]]`).
 */
export function regularExpression(pattern: string, flags = ''): RegExp | null {
  const key = `${flags}/${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = compile(pattern, flags);
  if (cache.size >= maxCached) cache.clear();
  cache.set(key, made);
  return made;
}

export const invalidPattern = (pattern: string): Refusal => new Refusal(`Invalid pattern '${pattern}'`);

function compile(pattern: string, given: string): RegExp | null {
  if (/[^smixq]/.test(given)) return null;
  const inFront = given.includes('q') ? null : /^\(\?([smix]+)\)/.exec(pattern);
  const flags = given + (inFront?.[1] ?? '');
  let source = inFront ? pattern.slice(inFront[0].length) : pattern;
  source = given.includes('q') ? quoted(source) : rewritten(flags.includes('x') ? withoutSpace(source) : source);
  const own = `g${['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('')}`;
  // Java allows escapes such as \- or \" that JavaScript's Unicode modes refuse: without them at last.
  for (const mode of /&&|--/.test(source) ? ['v'] : ['u', '']) {
    try {
      return new RegExp(source, own + mode);
    } catch {
      // Not in this mode; the next one is tried.
    }
  }
  return null;
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const withoutSpace = (source: string): string => source.replace(/(\\.|\[(?:\\.|[^\]\\])*\])|\s+/gs, '$1');

const classes: Record<string, string> = {
  Alpha: 'A-Za-z',
  Lower: 'a-z',
  Upper: 'A-Z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: '\\s',
};

const properties: Record<string, string> = {
  Alphabetic: 'Alphabetic',
  Letter: 'L',
  Digit: 'Nd',
  Uppercase: 'Uppercase',
  Lowercase: 'Lowercase',
};

const difference = /\[((?:\\.|[^\]\\[])+)(-|&&)(\[(?:\\.|[^\]\\])*\])\]/g;

function rewritten(source: string): string {
  const literal = source
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => quoted(text))
    .replace(
      difference,
      (_, from: string, sign: string, other: string) => `[[${from}]${sign === '-' ? '--' : sign}${other}]`,
    );
  return literal.replace(/\\\\|\\A|\\[zZ]|\\p\{(\w+)\}/g, (found, name: string | undefined, at: number) => {
    if (found === '\\A') return '^';
    if (found === '\\z' || found === '\\Z') return '$';
    if (name === undefined) return found;
    if (Object.hasOwn(classes, name)) return isInClass(literal, at) ? classes[name]! : `[${classes[name]}]`;
    if (!name.startsWith('Is')) return found;
    const property = name.slice(2);
    return Object.hasOwn(properties, property) ? `\\p{${properties[property]}}` : `\\p{Script=${property}}`;
  });
}

function isInClass(source: string, at: number): boolean {
  const before = source.slice(0, at).replace(/\\./gs, '');
  return before.lastIndexOf('[') > before.lastIndexOf(']');
}
