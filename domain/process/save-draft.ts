import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { ProcessDraft } from './process-file.ts';
import { readProcessFile } from './read-process-file.ts';

/**
 * Keeps a designer's work on one file of the set. `expectedVersion` is the draft's that was read, 0 for none.
 * @throws Conflict('draftChanged') when somebody has saved since; InvalidInput; NotAllowed
 */
export async function saveDraft(
  app: App,
  actor: Actor,
  input: { name: string; content: string; expectedVersion: number },
): Promise<ProcessDraft> {
  demand(actor, 'editProcess');
  const { name, kind, content } = readProcessFile(input);
  return app.transaction(async (stores) => {
    const before = await stores.processes.draft(name);
    const latest = await stores.processes.latestDeployment();
    const draft: ProcessDraft = {
      name,
      kind,
      content,
      // What a draft began with is what its deployment is compared with.
      baseDeploymentId: before?.baseDeploymentId ?? latest?.deploymentId ?? '',
      version: input.expectedVersion + 1,
      savedAt: app.realClock.now(),
      savedBy: actor.accountId,
    };
    await stores.processes.saveDraft(draft, input.expectedVersion);
    return draft;
  });
}
