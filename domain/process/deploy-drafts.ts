import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { Conflict } from '../errors/conflict.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import { NotFound } from '../errors/not-found.ts';
import type { App } from '../ports/app.ts';
import type { Lint } from '../ports/process-lint.ts';
import type { Stores } from '../ports/stores.ts';
import { deploySet } from './deploy-set.ts';
import type { ProcessDraft } from './process-file.ts';
import type { DeployPorts } from './store-deployment.ts';

/**
 * Deploys the named drafts in the set that runs, and discards them.
 * @returns the deployment's id
 * @throws InvalidInput what the lint rules or the engine refuse; Conflict('draftOutdated') when the file that a draft
 * began with is no longer the one that runs
 */
export async function deployDrafts(
  app: App,
  ports: DeployPorts & { lint: Lint },
  actor: Actor,
  input: { names: string[]; note: string },
): Promise<string> {
  demand(actor, 'deployProcess');
  if (input.note.trim() === '') throw new InvalidInput([{ field: 'note', code: 'required' }]);
  const drafts = await readDrafts(app.stores, input.names);
  const running = (await app.stores.processes.latestDeployment())?.files ?? [];
  for (const draft of drafts) await refuseOutdated(app.stores, draft);
  const drafted = new Set(drafts.map(({ name }) => name));
  const files = [...running.filter(({ name }) => !drafted.has(name)), ...drafts];
  const fatal = (await ports.lint(files)).filter((problem) => problem.fatal);
  if (fatal.length > 0) {
    throw new InvalidInput(
      fatal.map(({ file, elementId, rule, message, messageEn }) => ({
        field: [file, elementId].filter(Boolean).join('#'),
        code: 'lint',
        params: { rule, message, messageEn },
      })),
    );
  }
  return deploySet(app, ports, actor, {
    files: files.map(({ name, content }) => ({ name, content })),
    note: input.note,
    andThen: (stores) => stores.processes.deleteDrafts([...drafted]),
  });
}

async function readDrafts(stores: Stores, names: string[]): Promise<ProcessDraft[]> {
  if (names.length === 0) throw new InvalidInput([{ field: 'names', code: 'required' }]);
  const drafts: ProcessDraft[] = [];
  for (const name of names) {
    const draft = await stores.processes.draft(name);
    if (!draft) throw new NotFound('draft', name);
    drafts.push(draft);
  }
  return drafts;
}

async function refuseOutdated({ processes }: Stores, draft: ProcessDraft) {
  const checksumIn = (files: { name: string; checksum: string }[] | undefined) =>
    files?.find(({ name }) => name === draft.name)?.checksum;
  const base = checksumIn((await processes.deployment(draft.baseDeploymentId))?.files);
  const now = checksumIn((await processes.latestDeployment())?.files);
  if (base !== now) throw new Conflict('draftOutdated', { file: draft.name });
}
