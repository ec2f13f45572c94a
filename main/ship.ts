import { compareEngine } from '../domain/process/compare-engine.ts';
import { shipProcesses } from '../domain/process/ship-processes.ts';
import type { DeployPorts } from '../domain/process/store-deployment.ts';
import type { App } from '../domain/ports/app.ts';
import type { Log } from '../domain/ports/log.ts';
import { DeploymentRejected } from '../domain/ports/process-engine.ts';
import { shippedFiles } from '../workflows/shipped-files.ts';
import type { Settings } from './settings.ts';
import { StartFailure } from './start-failure.ts';

/** Database and engine belong together, and what this version brings is deployed. @throws StartFailure */
export async function shipAtStart(app: App, ports: DeployPorts, settings: Settings, log: Log): Promise<void> {
  const found = await compareEngine(app, ports.engine);
  if (found !== 'FITS') throw new StartFailure(mismatch(found, settings));
  try {
    const { deployed, keptBack } = await shipProcesses(app, ports, shippedFiles());
    if (deployed.length > 0) log.info({ files: deployed }, 'processes of this version are deployed');
    if (keptBack.length > 0) log.warn({ files: keptBack }, 'newer versions of changed processes wait to be adopted');
  } catch (error) {
    if (!(error instanceof DeploymentRejected)) throw error;
    // What runs goes on; only a first start has nothing to go on with.
    if (!(await app.stores.processes.latestDeployment())) throw error;
    log.error({ err: error, problems: error.problems }, 'the engine refuses the processes of this version');
  }
}

function mismatch(found: 'ENGINE_IS_ANOTHERS' | 'DATABASE_IS_ANOTHERS', settings: Settings) {
  const database = settings.databaseUrl === undefined ? `the database in ${settings.dataDir}` : 'DATABASE_URL';
  const engine = settings.camundaAddress ?? `the engine in ${settings.dataDir}`;
  return found === 'ENGINE_IS_ANOTHERS'
    ? `The processes of ${database} are unknown to ${engine}: the two belong together, so restore both from the same backup, or begin anew with an empty DATA_DIR and an empty database.`
    : `${engine} runs processes that ${database} knows nothing of: the two belong together, so restore both from the same backup, or begin anew with an empty DATA_DIR.`;
}
