import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { NotFound } from '../errors/not-found.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';

/** @throws NotFound, NotAllowed */
export async function discardDraft(app: App, actor: Actor, { name }: { name: string }): Promise<void> {
  demand(actor, 'editProcess');
  await app.transaction(async (stores) => {
    const draft = await stores.processes.draft(name);
    if (!draft) throw new NotFound('draft', name);
    await stores.processes.deleteDrafts([name]);
    await recordAudit(stores, app.realClock.now(), actor, {
      action: 'draftDiscarded',
      subject: name,
      data: { savedBy: draft.savedBy },
    });
  });
}
