import { numberOf } from '../../exact-json.ts';
import { parseAtLiteral } from '../temporal/at-literal.ts';
import type { NodeCompiler } from './compiler.ts';

export const numericLiteral: NodeCompiler = (node, compiler) => {
  const value = numberOf(compiler.text(node).replace(/\s+/g, ''));
  return () => value;
};

export const stringLiteral: NodeCompiler = (node, compiler) => {
  const value = unescape(compiler.text(node));
  return () => value;
};

export const booleanLiteral: NodeCompiler = (node, compiler) => {
  const value = compiler.text(node) === 'true';
  return () => value;
};

export const nullLiteral: NodeCompiler = () => () => null;

/** `@"2024-01-31"`: whatever temporal value the text is. */
export const atLiteral: NodeCompiler = (node, compiler) => {
  const text = unescape(compiler.text(node).replace(/^@\s*/, ''));
  const value = parseAtLiteral(text);
  return () => value;
};

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', "'": "'", '"': '"', '\\': '\\' };

/** The content of a quoted string; a backslash that begins no escape stays, as regular expressions need it. */
export function unescape(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:u\{?([\dA-Fa-f]{4})\}?|U([\dA-Fa-f]{6})|([nrtbf'"\\]))/g, (_, short, long, sign) => {
    if (sign !== undefined) return escapes[sign as string]!;
    const code = Number.parseInt((short ?? long) as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
