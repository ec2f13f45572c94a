/** Somebody else was first. `code` is a message key: `error.conflict.<code>`. */
export class Conflict extends Error {
  override name = 'Conflict' as const;
  code: string;
  params: Record<string, string | number>;

  constructor(code: string, params: Record<string, string | number> = {}) {
    super(`conflict: ${code}`);
    this.code = code;
    this.params = params;
  }
}
