import { maskPhone } from './mask-phone.ts';

/**
 * Numbers as people write them, with blanks or hyphens between the groups: identity cards (18 or the old 15 digits), bank
 * cards, then mobiles (with or without +86) and landlines with their area code. Longest first; a run that belongs to a longer
 * number or word is none of these.
 */
const NUMBERS =
  /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{16,19}|\d{15}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8})(?![0-9A-Za-z])/g;
const FULL_WIDTH = /[０-９]/g;

/** Free text without the telephone, identity and card numbers in it. What it returns is not changed by masking again. */
export function maskText(text: string): string {
  // Full-width digits are the same digits to a reader.
  const plain = text.replace(FULL_WIDTH, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const masked = plain.replace(NUMBERS, (found) => maskNumber(found));
  return masked === plain ? text : masked;
}

function maskNumber(found: string): string {
  const digits = found.replace(/[^0-9Xx]/g, '');
  if (digits.length >= 15) return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 5)}${digits.slice(-2)}`;
  return maskPhone(found) ?? '****';
}
