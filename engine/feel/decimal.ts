/**
 * Arithmetic of decimal fractions on doubles. Camunda computes with 34 decimal digits; doubles hold 15 to 17, which is
 * what JSON carries, but would show 0.1 + 0.2 as 0.30000000000000004. Results of short decimals are therefore rounded
 * to the places that the exact result can have, so that they are the double nearest to the decimal result.
 */
const maxPlaces = 20;

/** Digits after the point of the shortest decimal that is this double. */
function placesOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = String(value);
  const exponent = text.indexOf('e');
  const mantissa = exponent < 0 ? text : text.slice(0, exponent);
  const point = mantissa.indexOf('.');
  const places = point < 0 ? 0 : mantissa.length - point - 1;
  return Math.max(0, places - (exponent < 0 ? 0 : Number(text.slice(exponent + 1))));
}

function rounded(value: number, places: number): number {
  return places > maxPlaces || Math.abs(value) >= 1e15 ? value : Number(value.toFixed(places));
}

export function add(left: number, right: number): number {
  const sum = left + right;
  return Number.isInteger(left) && Number.isInteger(right)
    ? sum
    : rounded(sum, Math.max(placesOf(left), placesOf(right)));
}

export const subtract = (left: number, right: number): number => add(left, -right);

export function multiply(left: number, right: number): number {
  const product = left * right;
  if (Number.isInteger(left) && Number.isInteger(right)) return product;
  return rounded(product, placesOf(left) + placesOf(right));
}

/** The caller sees to it that `right` is not 0. */
export function divide(left: number, right: number): number {
  if (Number.isInteger(left) && Number.isInteger(right)) return left / right;
  const places = Math.max(placesOf(left), placesOf(right));
  const scale = 10 ** places;
  const above = Math.round(left * scale);
  const below = Math.round(right * scale);
  const exact = places <= maxPlaces && Number.isSafeInteger(above) && Number.isSafeInteger(below);
  return exact ? above / below : left / right;
}

export function power(base: number, exponent: number): number {
  const result = base ** exponent;
  if (Number.isInteger(base) || !Number.isInteger(exponent) || exponent < 0) return result;
  return rounded(result, placesOf(base) * exponent);
}
