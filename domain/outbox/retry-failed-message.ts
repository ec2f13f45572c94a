import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';

/** A message to the engine that was given up, sent once more after a person has looked. @throws NotAllowed */
export async function retryFailedMessage(app: App, actor: Actor, { outboxId }: { outboxId: number }): Promise<void> {
  demand(actor, 'viewOutbox');
  const now = app.realClock.now();
  await app.transaction(async (stores) => {
    await stores.outbox.retryFailed(outboxId, now);
    await recordAudit(stores, now, actor, { action: 'outboxRetried', subject: String(outboxId) });
  });
}
