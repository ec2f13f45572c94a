import type { Actor } from '../account/actor.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import type { App } from '../ports/app.ts';
import type { FormDraft } from './task.ts';

const MAX_CHARACTERS = 64_000;
/** `intake`, a second intake beside it, or a task's form. */
const DRAFT_KEY = /^(intake(:[\w-]{1,40})?|task:[\w-]{1,60})$/;

/** What a person has typed so far, under their own name only. @throws InvalidInput */
export async function saveFormDraft(
  app: App,
  actor: Actor,
  draft: { draftKey: string; data: Record<string, unknown> },
): Promise<FormDraft> {
  if (!DRAFT_KEY.test(draft.draftKey)) throw new InvalidInput([{ field: 'draftKey', code: 'badFormat' }]);
  if (JSON.stringify(draft.data).length > MAX_CHARACTERS)
    throw new InvalidInput([{ field: 'data', code: 'tooLong', params: { max: MAX_CHARACTERS } }]);
  const saved = { ...draft, accountId: actor.accountId, savedAt: app.realClock.now() };
  await app.transaction((stores) => stores.formDrafts.save(saved));
  return saved;
}

export function loadFormDraft(app: App, actor: Actor, draftKey: string): Promise<FormDraft | undefined> {
  return app.stores.formDrafts.find(actor.accountId, draftKey);
}

export function discardFormDraft(app: App, actor: Actor, draftKey: string): Promise<void> {
  return app.transaction((stores) => stores.formDrafts.delete(actor.accountId, draftKey));
}
