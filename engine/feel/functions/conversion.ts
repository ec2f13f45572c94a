import { numberOf } from '../../exact-json.ts';
import { fromJson, toJsonText } from '../json.ts';
import { print } from '../print.ts';
import type { FeelValue } from '../value.ts';
import { type FunctionTable, Refusal, signature } from './signature.ts';
import { parseRange } from './parse-range.ts';

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function parseNumber(text: string): FeelValue | Refusal {
  return numberPattern.test(text) ? numberOf(text) : new Refusal(`Can't parse '${text}' as a number`);
}

const groupings = new Set([' ', ',', '.']);
const wrongGrouping = "illegal argument for grouping. Must be one of ' ', ',' or '.'";
const decimals = new Set([',', '.']);

function number(text: string, grouping: string | null, decimal: string | null): FeelValue | Refusal {
  const wrong =
    (grouping !== null && !groupings.has(grouping)) ||
    (decimal !== null && !decimals.has(decimal)) ||
    (grouping !== null && grouping === decimal);
  if (wrong) {
    return new Refusal("illegal arguments for grouping or decimal. Must be one of ' ' (grouping only), ',' or '.'");
  }
  const ungrouped = grouping === null ? text : text.replaceAll(grouping, '');
  return parseNumber(decimal === null ? ungrouped : ungrouped.replace(decimal, '.'));
}

function string(value: FeelValue): FeelValue {
  return value === null || typeof value === 'string' ? value : print(value);
}

function parsedJson(text: string): FeelValue | Refusal {
  try {
    return fromJson(text);
  } catch {
    return new Refusal(`Failed to parse JSON from '${text}'`);
  }
}

export const conversionFunctions: FunctionTable = {
  string: [signature([['from', 'any']], ([value]) => string(value))],
  number: [
    signature([['from', 'string']], ([text]) => parseNumber(text)),
    signature(
      [
        ['from', 'string'],
        ['grouping separator', 'string'],
      ],
      ([text, grouping]) =>
        groupings.has(grouping) ? parseNumber(text.replaceAll(grouping, '')) : new Refusal(wrongGrouping),
    ),
    signature(
      [
        ['from', 'string'],
        ['grouping separator', 'string?'],
        ['decimal separator', 'string?'],
      ],
      ([text, grouping, decimal]) => number(text, grouping, decimal),
    ),
  ],
  'from json': [
    signature([['json', 'string?']], ([text]) => (text === null ? null : parsedJson(text))),
    signature([['value', 'string?']], ([text]) => (text === null ? null : parsedJson(text))),
  ],
  'to json': [signature([['value', 'any']], ([value]) => toJsonText(value))],
  'to base64': [signature([['value', 'string']], ([value]) => Buffer.from(value, 'utf8').toString('base64'))],
  'from base64': [signature([['value', 'string']], ([value]) => fromBase64(value))],
  range: [
    signature([['from', 'string']], ([text]) => parseRange(text) ?? new Refusal(`Can't parse '${text}' as a range`)),
  ],
};

function fromBase64(text: string): FeelValue | Refusal {
  if (!/^[A-Za-z\d+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return new Refusal(`'${text}' is not Base64`);
  return Buffer.from(text, 'base64').toString('utf8');
}
