import type { App } from '../ports/app.ts';
import type { ProcessEngine } from '../ports/process-engine.ts';

/**
 * Whether database and engine are of one installation. Deploying into an engine that has forgotten the tickets of the
 * database would leave them without a process, silently; tickets without a database would fail one by one.
 */
export async function compareEngine(
  app: App,
  engine: ProcessEngine,
): Promise<'FITS' | 'ENGINE_IS_ANOTHERS' | 'DATABASE_IS_ANOTHERS'> {
  const [newest] = await app.stores.processes.versions();
  if (newest) return (await engine.hasDefinition(newest.processDefinitionKey)) ? 'FITS' : 'ENGINE_IS_ANOTHERS';
  // Definitions alone are the trace of a first start that was cut off before it had kept its deployment.
  const running = (await engine.instanceCounts()).some(({ active }) => active > 0);
  return running ? 'DATABASE_IS_ANOTHERS' : 'FITS';
}
