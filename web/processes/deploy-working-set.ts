import type { Actor } from '../../domain/account/actor.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { deployDrafts } from '../../domain/process/deploy-drafts.ts';
import type { RoomContext } from '../room.ts';
import { formProblems } from './form-problems.ts';
import { processSet } from './process-set.ts';

/**
 * Deploys all drafts in the set that runs.
 * @returns the deployment's id
 * @throws InvalidInput: fields are `file#element`, for what the lint rules, the forms or the engine refuse
 */
export async function deployWorkingSet(
  { app, engine, lint, readBpmn }: RoomContext,
  actor: Actor,
  note: string,
): Promise<string> {
  const { working } = await processSet(app);
  const problems = formProblems(working);
  if (problems.length > 0) throw new InvalidInput(problems);
  const names = working.filter(({ draft }) => draft !== undefined).map(({ name }) => name);
  if (names.length === 0) throw new InvalidInput([{ field: '', code: 'nothingToDeploy' }]);
  return deployDrafts(app, { engine, lint, readBpmn }, actor, { names, note });
}
