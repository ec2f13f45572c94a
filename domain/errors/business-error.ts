/** Something the process itself handles: a BPMN error with this code (workflows/README.md). */
export class BusinessError extends Error {
  override name = 'BusinessError' as const;
  code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
