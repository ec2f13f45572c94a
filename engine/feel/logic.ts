/** Three-valued logic: null is unknown. Lazy: what cannot change the result is not evaluated. */
export function some<T>(items: Iterable<T>, test: (item: T) => unknown): boolean | null {
  let result: boolean | null = false;
  for (const item of items) {
    const found = test(item);
    if (found === true) return true;
    if (found !== false) result = null;
  }
  return result;
}

export function every<T>(items: Iterable<T>, test: (item: T) => unknown): boolean | null {
  let result: boolean | null = true;
  for (const item of items) {
    const found = test(item);
    if (found === false) return false;
    if (found !== true) result = null;
  }
  return result;
}
