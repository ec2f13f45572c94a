import { Refusal } from './signature.ts';

const maxCached = 500;
const cache = new Map<string, RegExp | null>();

/**
 * A pattern of XPath and Java as JavaScript's: flags s, m, i, x; null when it is none. `x` (white space in the pattern
 * means nothing) has no counterpart, so it is taken out here.
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

function compile(pattern: string, flags: string): RegExp | null {
  if (/[^smixq]/.test(flags)) return null;
  let source = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : pattern;
  if (flags.includes('x')) source = withoutSpace(source);
  const own = `g${flags.includes('s') ? 's' : ''}${flags.includes('m') ? 'm' : ''}${flags.includes('i') ? 'i' : ''}`;
  for (const mode of ['u', '']) {
    try {
      return new RegExp(source, own + mode);
    } catch {
      // Java allows escapes such as \- or \" that JavaScript's Unicode mode refuses: try without.
    }
  }
  return null;
}

const withoutSpace = (source: string): string => source.replace(/(\\.|\[(?:\\.|[^\]\\])*\])|\s+/gs, '$1');
