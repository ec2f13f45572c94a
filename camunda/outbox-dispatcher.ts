import { deliverMessage } from '../domain/outbox/deliver-message.ts';
import { LEASE_MS, nextAttemptAt } from '../domain/outbox/outbox-policy.ts';
import type { OutboxRow } from '../domain/outbox/outbox-row.ts';
import { recordDelivery } from '../domain/outbox/record-delivery.ts';
import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import { EngineRefused, EngineUnavailable, type ProcessEngine } from '../domain/ports/process-engine.ts';

/** Tickets whose rows are under way at the same time. */
const MAX_IN_HAND = 16;
/** For rows of other nodes, and those that wait for their next attempt. */
const POLL_MS = 500;

export interface OutboxDispatcher {
  /** Something was committed that may have left a row. */
  wake(): void;
  /** Claims nothing further; resolves when what is under way is recorded. */
  stop(): Promise<void>;
}

/** Says to the engine what committed transactions have left to say: at least once, in order per ticket. */
export function startOutboxDispatcher(given: {
  app: App;
  engine: ProcessEngine;
  log: Log;
  /** Names this process in the rows it has claimed. */
  nodeId: string;
}): OutboxDispatcher {
  const { app, log, nodeId } = given;
  const inHand = new Set<Promise<void>>();
  let stopped = false;
  let woken = false;
  let endWait: (() => void) | undefined;

  const wake = () => {
    woken = true;
    endWait?.();
  };
  const send = (row: OutboxRow) => {
    const sent = sendRow(given, row).finally(() => {
      inHand.delete(sent);
      // The next row of the same ticket may go now.
      wake();
    });
    inHand.add(sent);
  };
  const waitForWork = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopped) endWait();
    });

  async function claimAndSend() {
    woken = false;
    const limit = MAX_IN_HAND - inHand.size;
    if (limit <= 0) return;
    const now = app.realClock.now();
    for (const row of await app.stores.outbox.claim({ by: nodeId, now, until: now + LEASE_MS, limit })) send(row);
  }
  async function loop() {
    while (!stopped) {
      await claimAndSend().catch((error: unknown) => {
        log.error({ err: error }, 'the outbox cannot be read');
      });
      await waitForWork();
    }
    await Promise.all(inHand);
  }
  const running = loop();
  return {
    wake,
    stop() {
      stopped = true;
      endWait?.();
      return running;
    },
  };
}

async function sendRow({ app, engine, log }: { app: App; engine: ProcessEngine; log: Log }, row: OutboxRow) {
  try {
    await recordDelivery(app, row, await deliverMessage(engine, row.message));
  } catch (error) {
    await recordFailure(app, log, row, error).catch((failing: unknown) => {
      // Its lease ends by itself, and it is tried again then.
      log.error({ err: failing, outboxId: row.outboxId }, 'the outbox cannot be written');
    });
  }
}

async function recordFailure(app: App, log: Log, row: OutboxRow, error: unknown) {
  const now = app.realClock.now();
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineRefused) {
    log.error({ err: error, outboxId: row.outboxId, kind: row.message.kind }, 'the engine refuses what it was told');
    return app.stores.outbox.giveUp(row.outboxId, now, reason);
  }
  if (!(error instanceof EngineUnavailable)) log.error({ err: error, outboxId: row.outboxId }, 'a delivery failed');
  return app.stores.outbox.retryLater(row.outboxId, nextAttemptAt(row.attempts, now), reason);
}
