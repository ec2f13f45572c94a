/** What is to be said to the engine after commit: at least once, in order per ticket. */
export type OutboxMessage =
  | {
      kind: 'PUBLISH_MESSAGE';
      name: string;
      correlationKey: string;
      messageId: string;
      timeToLiveMs: number;
      variables: Record<string, unknown>;
    }
  | { kind: 'COMPLETE_TASK'; taskKey: string; answerId: string; variables: Record<string, unknown> }
  | { kind: 'ASSIGN_TASK'; taskKey: string; assignee: string | null } // null = unassign
  | {
      kind: 'UPDATE_TASK';
      taskKey: string;
      changeset: { dueDate?: string; priority?: number; candidateGroups?: string[] };
    };

export interface OutboxRow {
  outboxId: number;
  orderKey: string; // ticket number; rows of one key are sent in order
  message: OutboxMessage;
  createdAt: number; // real time, like all instants here
  claimedUntil: number | null;
  claimedBy: string | null;
  attempts: number;
  nextAttemptAt: number;
  sentAt: number | null;
  failedAt: number | null; // given up: a person must look (listed at /admin/outbox)
  lastError: string | null;
}
