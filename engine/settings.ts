/** Limits of the engine; where Zeebe has one, its default is ours. */
export interface EngineSettings {
  /** Most commands in one transaction. */
  maxBatchCommands: number;
  /** A transaction takes no further command after this long. */
  maxBatchMs: number;
  /** Queued commands beyond this are refused with RESOURCE_EXHAUSTED. */
  maxQueuedCommands: number;
  /** How often one command may enter the same element of the same scope; beyond it the element gets an incident. */
  maxEntriesPerCommand: number;
  /** Instances of a parallel multi-instance body that one command makes; the others follow in further ones. */
  maxLoopInstancesPerCommand: number;
  /** Due timers, job deadlines, back-offs or messages taken by one sweep command. */
  maxSweepRows: number;
  /** Bytes of one variable document or message (Zeebe: 4 MB). */
  maxMessageBytes: number;
  /** Most long polls that wait, and most job streams that are open, at the same time. */
  maxOpenPolls: number;
  defaultPollTimeoutMs: number;
  /** How long a command waits for listeners or for the end of an instance, where it says nothing else. */
  defaultAnswerTimeoutMs: number;
  /** Bytes of a REST request's body, a deployment's too (Zeebe: 4 MB). */
  maxRequestBytes: number;
  /** Bytes of a REST request's headers. */
  maxHeaderBytes: number;
  /** A REST request must have arrived after so long, its headers after a fifth of that. */
  requestTimeoutMs: number;
  /** Open connections of the REST gateway; further ones are closed at once. */
  maxConnections: number;
  /** Objects and lists within each other in JSON (Camunda: 1000, Jackson's limit). */
  maxJsonDepth: number;
  /** How long a FEEL expression may take (Zeebe: 5 s). */
  maxExpressionMs: number;
  /** Iterations, calls and made items of one evaluation of FEEL. */
  maxExpressionSteps: number;
  /** Calls within calls in FEEL. */
  maxExpressionDepth: number;
  /** Call activities nested deeper than this raise an incident (Zeebe: 1000). */
  maxProcessDepth: number;
  /** How long a batch operation waits before it begins, as it does in Camunda, so that it may still be held back. */
  batchOperationDelayMs: number;
  /** Items listed by one step of a batch operation. */
  batchOperationPageItems: number;
  /** Items worked on by one step of a batch operation, between other commands (Zeebe: 100). */
  batchOperationChunkItems: number;
  /** A commit that takes longer is written to the log. */
  slowCommitMs: number;
  /** What has ended so long ago is removed; 0 keeps it for ever. */
  historyRetentionMs: number;
  /** 1 refuses an instance while another of the same process runs with its business id, as Camunda can be set to. */
  businessIdUniqueness: number;
}

export const defaultSettings: EngineSettings = {
  maxBatchCommands: 256,
  maxBatchMs: 20,
  maxQueuedCommands: 10_000,
  maxEntriesPerCommand: 1000,
  maxLoopInstancesPerCommand: 500,
  maxSweepRows: 400,
  maxMessageBytes: 4 * 1024 * 1024,
  maxOpenPolls: 10_000,
  defaultPollTimeoutMs: 10_000,
  defaultAnswerTimeoutMs: 10_000,
  maxRequestBytes: 4 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  requestTimeoutMs: 300_000,
  maxConnections: 10_000,
  maxJsonDepth: 1000,
  maxExpressionMs: 5000,
  maxExpressionSteps: 2_000_000,
  maxExpressionDepth: 400,
  maxProcessDepth: 1000,
  batchOperationDelayMs: 1000,
  batchOperationPageItems: 1000,
  batchOperationChunkItems: 100,
  slowCommitMs: 500,
  historyRetentionMs: 0,
  businessIdUniqueness: 0,
};
