/** One line of a bench. Where a peer is measured, `limit` is for `ratio` (ours / peer), else it is for `ours`. */
export interface Figure {
  name: string;
  unit: string;
  ours: number;
  peer: number | null;
  ratio: number | null;
  /** What was asked for; null where a figure is there for understanding only. */
  limit: number | null;
  /** Whether the limit is a floor or a ceiling. */
  limitIs?: 'least' | 'most';
  [detail: string]: unknown;
}

interface Measured {
  ours: number;
  peer?: number;
  least?: number;
  most?: number;
}

export function figure(name: string, unit: string, measured: Measured, details: object = {}): Figure {
  const { ours, peer, least, most } = measured;
  const ratio = peer === undefined ? null : round(ours / peer);
  const limit = least ?? most ?? null;
  const line: Figure = { name, unit, ours: round(ours), peer: peer === undefined ? null : round(peer), ratio, limit };
  if (limit !== null) line.limitIs = least === undefined ? 'most' : 'least';
  return Object.assign(line, details);
}

/** Three digits are more than a measurement of this kind knows. */
export const round = (value: number): number => Number(value.toPrecision(4));

/** @param share 0.5 for the median */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const count = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
