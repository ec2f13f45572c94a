import { randomUUID } from 'node:crypto';
import type { FeelValue } from '../value.ts';
import { invalidPattern, regularExpression } from './regular-expression.ts';
import { withinTime } from './within-time.ts';
import { type FunctionTable, Refusal, signature } from './signature.ts';

/** Characters are counted as Unicode code points, as DMN asks for. */
const characters = (text: string): string[] => Array.from(text);

function substring(text: string, start: number, length: number | null): FeelValue | Refusal {
  const all = characters(text);
  const position = Math.trunc(start);
  const from = position > 0 ? position - 1 : all.length + position;
  if (position === 0 || from < 0 || from > all.length)
    return new Refusal(`start position ${start} is outside the string`);
  if (length === null) return all.slice(from).join('');
  if (length < 1) return new Refusal(`length ${length} must be at least 1`);
  return all.slice(from, from + Math.trunc(length)).join('');
}

/** In the replacement `$1` or `${name}` is a group, `$0` the match, `\\$` a dollar. */
function replaced(input: string, pattern: string, replacement: string, flags?: string): FeelValue | Refusal {
  const expression = regularExpression(pattern, flags);
  if (!expression) return invalidPattern(pattern);
  const template = replacement.replace(/\\([\s\S])|\$\{(\w+)\}|\$0|\$(?!\d)/g, (found, escaped, name) => {
    if (name !== undefined) return `$<${name as string}>`;
    if (found === '$0') return '$&';
    return escaped === undefined || escaped === '$' ? '$$' : (escaped as string);
  });
  return withinTime(expression, input, () => input.replace(expression, template));
}

function split(text: string, delimiter: string): FeelValue | Refusal {
  const expression = regularExpression(delimiter);
  if (!expression) return new Refusal(`Invalid pattern for delimiter '${delimiter}'`);
  const parts: string[] = [];
  let from = 0;
  for (const match of withinTime(expression, text, () => [...text.matchAll(expression)])) {
    // An empty match cuts between characters only.
    if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function matches(input: string, pattern: string, flags?: string): FeelValue | Refusal {
  const expression = regularExpression(pattern, flags);
  if (!expression) return invalidPattern(pattern);
  expression.lastIndex = 0;
  return withinTime(expression, input, () => expression.test(input));
}

function before(text: string, match: string): string {
  const index = text.indexOf(match);
  return index > 0 ? text.slice(0, index) : '';
}

function after(text: string, match: string): string {
  const index = text.indexOf(match);
  return index >= 0 ? text.slice(index + match.length) : '';
}

const inString = [
  ['string', 'string'],
  ['match', 'string'],
] as const;

export const stringFunctions: FunctionTable = {
  substring: [
    signature(
      [
        ['string', 'string'],
        ['start position', 'number'],
      ],
      ([text, start]) => substring(text, start, null),
    ),
    signature(
      [
        ['string', 'string'],
        ['start position', 'number'],
        ['length', 'number?'],
      ],
      ([text, start, length]) => substring(text, start, length),
    ),
  ],
  'string length': [signature([['string', 'string']], ([text]) => characters(text).length)],
  'upper case': [signature([['string', 'string']], ([text]) => text.toUpperCase())],
  'lower case': [signature([['string', 'string']], ([text]) => text.toLowerCase())],
  'substring before': [signature(inString, ([text, match]) => before(text, match))],
  'substring after': [signature(inString, ([text, match]) => after(text, match))],
  contains: [signature(inString, ([text, match]) => text.includes(match))],
  'starts with': [signature(inString, ([text, match]) => text.startsWith(match))],
  'ends with': [signature(inString, ([text, match]) => text.endsWith(match))],
  replace: [
    signature(
      [
        ['input', 'string'],
        ['pattern', 'string'],
        ['replacement', 'string'],
      ],
      ([input, pattern, replacement]) => replaced(input, pattern, replacement),
    ),
    signature(
      [
        ['input', 'string'],
        ['pattern', 'string'],
        ['replacement', 'string'],
        ['flags', 'string?'],
      ],
      ([input, pattern, replacement, flags]) => replaced(input, pattern, replacement, flags ?? ''),
    ),
  ],
  matches: [
    signature(
      [
        ['input', 'string'],
        ['pattern', 'string'],
      ],
      ([input, pattern]) => matches(input, pattern),
    ),
    signature(
      [
        ['input', 'string'],
        ['pattern', 'string'],
        ['flags', 'string?'],
      ],
      ([input, pattern, flags]) => matches(input, pattern, flags ?? ''),
    ),
  ],
  split: [
    signature(
      [
        ['string', 'string'],
        ['delimiter', 'string'],
      ],
      ([text, delimiter]) => split(text, delimiter),
    ),
  ],
  extract: ['string', 'input'].map((name) =>
    signature(
      [
        [name, 'string'],
        ['pattern', 'string'],
      ],
      ([input, pattern]) => {
        const expression = regularExpression(pattern);
        if (!expression) return invalidPattern(pattern);
        return withinTime(expression, input, () => [...input.matchAll(expression)].map((match) => match[0]));
      },
    ),
  ),
  trim: [signature([['string', 'string']], ([text]) => text.trim())],
  'is blank': [signature([['string', 'string']], ([text]) => text.trim() === '')],
  uuid: [signature([], () => randomUUID())],
};
