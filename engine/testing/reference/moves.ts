import type { Live } from './live.ts';
import type { Part } from './plan.ts';

export type Values = Map<string, unknown>;

export interface GoOptions {
  undoesFor?: Live;
  round?: number;
  locals?: Values;
}

/** What the pieces of the interpreter ask of its heart (tokens.ts). */
export interface Moves {
  readonly lives: Live[];
  /** A token sets out to a part. */
  go(part: Part, scope: Live, options?: GoOptions): void;
  leave(live: Live): void;
  end(live: Live, unheard?: boolean): void;
  endInside(scope: Live, unheard?: boolean): void;
  isEmpty(scope: Live): boolean;
  set(from: Live, values: Values): void;
}
