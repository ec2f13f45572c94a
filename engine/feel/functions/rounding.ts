/** Java's rounding modes on the decimal digits of a number. */
export const roundingModes = [
  'UP',
  'DOWN',
  'CEILING',
  'FLOOR',
  'HALF_UP',
  'HALF_DOWN',
  'HALF_EVEN',
  'UNNECESSARY',
] as const;
export type RoundingMode = (typeof roundingModes)[number];

const minScale = -6111;
const maxScale = 6176;

/** null when the scale is outside of what DMN allows. */
export function round(value: number, scale: number, mode: RoundingMode): number | null {
  const places = Math.trunc(scale);
  if (places < minScale || places > maxScale) return null;
  const [digits, exponent] = decimalOf(Math.abs(value));
  // How many of the digits lie beyond the places to keep.
  const cut = -(exponent + places);
  if (cut <= 0) return value;
  const negative = value < 0;
  const kept = digits.length > cut ? BigInt(digits.slice(0, digits.length - cut)) : 0n;
  const rest = digits.padStart(cut, '0').slice(-cut);
  const up = roundsUp(mode, negative, kept, rest);
  const magnitude = Number(`${kept + (up ? 1n : 0n)}e${-places}`);
  return negative && magnitude !== 0 ? -magnitude : magnitude;
}

/** The digits of a number without point, and the power of ten they are to be multiplied by. */
function decimalOf(value: number): [digits: string, exponent: number] {
  const [mantissa, power = '0'] = String(value).split('e') as [string, string?];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  return [whole + fraction, Number(power) - fraction.length];
}

function roundsUp(mode: RoundingMode, negative: boolean, kept: bigint, rest: string): boolean {
  if (/^0*$/.test(rest)) return false;
  if (mode === 'UP') return true;
  if (mode === 'DOWN') return false;
  if (mode === 'CEILING') return !negative;
  if (mode === 'FLOOR') return negative;
  const half = `5${'0'.repeat(rest.length - 1)}`;
  if (rest !== half) return rest > half;
  return mode === 'HALF_UP' || (mode === 'HALF_EVEN' && kept % 2n === 1n);
}

export function roundingMode(name: string): RoundingMode | null {
  const upper = name.toUpperCase();
  return roundingModes.find((mode) => mode === upper) ?? null;
}
