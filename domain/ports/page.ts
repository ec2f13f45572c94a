/** A page of a list. `cursor` of a query is the `nextCursor` of the page before; opaque text. */
export interface PageRequest {
  limit: number; // 1–200
  cursor?: string | null;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** Of all that match, not of this page. */
  total: number;
}
