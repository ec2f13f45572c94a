/** Where to go after a form: a path of this server only, never `//elsewhere`. */
export function safeNext(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/';
}
