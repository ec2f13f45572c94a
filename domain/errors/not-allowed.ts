/** The actor is known, the thing is known, and the rule says no. `code` is a message key: `error.notAllowed.<code>`. */
export class NotAllowed extends Error {
  override name = 'NotAllowed' as const;
  code: string;
  params: Record<string, string | number>;

  constructor(code: string, params: Record<string, string | number> = {}) {
    super(`not allowed: ${code}`);
    this.code = code;
    this.params = params;
  }
}
