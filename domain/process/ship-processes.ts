import { SYSTEM } from '../account/actor.ts';
import type { App } from '../ports/app.ts';
import type { ProcessFile } from './process-file.ts';
import { readProcessFile } from './read-process-file.ts';
import { changedFiles, storeDeployment, type DeployPorts } from './store-deployment.ts';

const NOTE = '随版本发布';

/**
 * Deploys what the software brings, at a start. A file is shipped once in its life, and never over a designer's work:
 * where the running file is none that was ever shipped, it stays, and the newer one is theirs to adopt.
 * @returns names of the files that were deployed, and of those that were kept back
 * @throws DeploymentRejected, EngineUnavailable
 */
export async function shipProcesses(
  app: App,
  ports: DeployPorts,
  shipped: { name: string; content: string }[],
): Promise<{ deployed: string[]; keptBack: string[] }> {
  const files = shipped.map(readProcessFile);
  const known = await app.stores.processes.shipped();
  const everShipped = (name: string, checksum: string) =>
    known.some((file) => file.name === name && file.checksum === checksum);
  const fresh = files.filter(({ name, checksum }) => !everShipped(name, checksum));
  if (fresh.length === 0) return { deployed: [], keptBack: [] };

  const running = (await app.stores.processes.latestDeployment())?.files ?? [];
  const isDesigners = ({ name, checksum }: ProcessFile) => {
    const now = running.find((file) => file.name === name);
    return now !== undefined && now.checksum !== checksum && !everShipped(name, now.checksum);
  };
  const adopted = fresh.filter((file) => !isDesigners(file));
  const set = [...running.filter(({ name }) => !adopted.some((file) => file.name === name)), ...adopted];
  const mark = { at: app.realClock.now(), files: adopted.map(({ name, checksum }) => ({ name, checksum })) };
  const deployed = changedFiles(running, set);
  if (deployed.length > 0) {
    await storeDeployment(app, ports, SYSTEM, {
      files: set,
      note: NOTE,
      andThen: (stores) => stores.processes.markShipped(mark.files, mark.at),
    });
  } else {
    await app.stores.processes.markShipped(mark.files, mark.at);
  }
  return { deployed, keptBack: fresh.filter(isDesigners).map(({ name }) => name) };
}
