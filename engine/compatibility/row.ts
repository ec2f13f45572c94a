/** How much of something is there; what is missing or why it is absent stands in the row's note. */
export type State = 'full' | 'partial' | 'none';

export interface Row {
  name: string;
  state: State;
  /** Of `partial`: what is missing; of `none`: why, and what happens instead; of `full`: what a reader may wonder about. */
  note?: string;
}
