export type RejectionType =
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'INVALID_STATE'
  | 'FORBIDDEN'
  | 'RESOURCE_EXHAUSTED'
  | 'DEADLINE_EXCEEDED'
  | 'UNAVAILABLE'
  | 'INTERNAL_ERROR';

/** What says nothing about the command, only that the engine could not take it or answer it now. */
const ofTheEngine: ReadonlySet<RejectionType> = new Set([
  'RESOURCE_EXHAUSTED',
  'DEADLINE_EXCEEDED',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
]);

/** A command that the engine refuses; nothing of it has been written. */
export class CommandRejection extends Error {
  override name = 'CommandRejection' as const;
  type: RejectionType;
  reason: string;
  /** Zeebe's name of the command, where it is not the one that the request usually stands for. */
  intent: string | undefined;

  constructor(type: RejectionType, reason: string, intent?: string) {
    super(`${type}: ${reason}`);
    this.type = type;
    this.reason = reason;
    this.intent = intent;
  }

  /** @param usualIntent Zeebe's name of the command */
  describe(usualIntent: string | undefined): string {
    const intent = this.intent ?? usualIntent;
    if (!intent || ofTheEngine.has(this.type)) return this.reason;
    return `Command '${intent}' rejected with code '${this.type}': ${this.reason}`;
  }
}
