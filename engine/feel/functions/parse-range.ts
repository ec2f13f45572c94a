import { FeelRange } from '../range.ts';
import { compare } from '../ordering.ts';
import { parseAtLiteral } from '../temporal/at-literal.ts';
import type { FeelValue } from '../value.ts';

const temporalFunction = /^(?:date and time|date|time|duration)\s*\(\s*"(.*)"\s*\)$/;

/** `[18..21)` and the like: bounds are numbers, strings or temporal values; null when the text is no range. */
export function parseRange(text: string): FeelRange | null {
  const match = /^\s*([[(\]])(.*)\.\.(.*)([\])[])\s*$/s.exec(text);
  if (!match) return null;
  const [, open, from, to, close] = match as unknown as [string, string, string, string, string];
  const start = bound(from);
  const end = bound(to);
  if (start === undefined || end === undefined || (start === null && end === null)) return null;
  const startIncluded = open === '[';
  const endIncluded = close === ']';
  // An end that is open to infinity cannot be included.
  if ((start === null && startIncluded) || (end === null && endIncluded)) return null;
  if (start !== null && end !== null) {
    const order = compare(start, end);
    if (order === null || order > 0) return null;
  }
  return new FeelRange(startIncluded, start, end, endIncluded);
}

/** undefined when it is no literal. */
function bound(text: string): FeelValue | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'null') return null;
  if (/^-?(?:\d+\.?\d*|\.\d+)$/.test(trimmed)) return Number(trimmed);
  if (/^"[^"]*"$/.test(trimmed)) return trimmed.slice(1, -1);
  const temporal = /^@\s*"(.*)"$/.exec(trimmed)?.[1] ?? temporalFunction.exec(trimmed)?.[1];
  return temporal === undefined ? undefined : (parseAtLiteral(temporal) ?? undefined);
}
