import { demand } from '../access/demand.ts';
import type { Actor } from '../account/actor.ts';
import { InvalidInput } from '../errors/invalid-input.ts';
import type { App } from '../ports/app.ts';
import { DeploymentRejected } from '../ports/process-engine.ts';
import { readProcessFile } from './read-process-file.ts';
import { storeDeployment, type DeployPorts, type WholeSet } from './store-deployment.ts';

/**
 * Deploys a whole set under its file names; new tickets take it, running ones keep theirs.
 * @returns the deployment's id
 * @throws InvalidInput what the engine refuses, by file and element; NotAllowed; EngineUnavailable
 */
export async function deploySet(
  app: App,
  ports: DeployPorts,
  actor: Actor,
  input: { files: { name: string; content: string }[]; note: string; andThen?: WholeSet['andThen'] },
): Promise<string> {
  demand(actor, 'deployProcess');
  const files = input.files.map(readProcessFile);
  try {
    return await storeDeployment(app, ports, actor, { files, note: input.note, andThen: input.andThen });
  } catch (error) {
    if (!(error instanceof DeploymentRejected)) throw error;
    throw new InvalidInput(
      error.problems.map(({ file, elementId, message }) => ({
        field: [file, elementId].filter(Boolean).join('#'),
        code: 'engineRefuses',
        params: { message },
      })),
    );
  }
}
