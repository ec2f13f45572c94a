import type { SyntaxNode, Tree } from '@lezer/common';
import type { LRParser } from '@lezer/lr';
import { parser } from 'lezer-feel';
import { trackNames } from './known-names.ts';
import { renamed } from './renamed-words.ts';

export type Grammar = 'Expression' | 'UnaryTests';

export class FeelSyntaxError extends Error {
  override name = 'FeelSyntaxError';
  readonly source: string;

  constructor(source: string, reason: string) {
    super(`failed to parse expression '${source}': ${reason}`);
    this.source = source;
  }
}

/** Throws FeelSyntaxError. `names` are those with spaces or special characters that the source may use. */
export function parse(source: string, grammar: Grammar, names: string[]): { tree: Tree; text: string } {
  const text = renamed(source);
  const used = names.filter((name) => text.includes(firstWord(name)));
  let tree: Tree;
  try {
    tree = parserFor(grammar, used).parse(text);
  } catch (error) {
    throw new FeelSyntaxError(source, reasonOf(error, source));
  }
  return { tree, text };
}

const maxParsers = 500;
const parsers = new Map<string, LRParser>();

/** A parser for few names is a small one; most expressions use none of those with spaces. */
function parserFor(grammar: Grammar, names: string[]): LRParser {
  const key = [grammar, ...names].join('\n');
  let found = parsers.get(key);
  if (!found) {
    found = parser.configure({ top: grammar, contextTracker: trackNames(names), dialect: 'camunda', strict: true });
    if (parsers.size >= maxParsers) parsers.clear();
    parsers.set(key, found);
  }
  return found;
}

const firstWord = (name: string): string => /^[\p{L}\p{N}_?]+/u.exec(name)?.[0] ?? name;

/** The parser stops at the first error (strict): to go on beyond it can take very long. */
function reasonOf(error: unknown, source: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const at = Number(/^No parse at (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(at)) return message;
  const found = source.slice(at, at + 10).trim();
  return `${found === '' ? 'unexpected end' : `unexpected '${found}'`} at position ${at + 1}`;
}

/** The children that carry meaning: brackets, commas and words of the grammar that have no content are left in. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', '.', '..', '<', '>']);
const words = new Set(
  'for in return if then else some every satisfies or and between instance of function external'.split(' '),
);

/** The children without brackets and keywords. */
export const operandsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => !punctuation.has(child.name) && !words.has(child.name));
