/** The thing named does not exist, or the actor may not know that it does. */
export class NotFound extends Error {
  override name = 'NotFound' as const;
  kind: string;
  id: string;

  constructor(kind: string, id: string) {
    super(`${kind} ${id} not found`);
    this.kind = kind;
    this.id = id;
  }
}
