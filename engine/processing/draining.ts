import type { ExecutableProcess } from '../model/executable-process.ts';
import type { Run } from './run.ts';

/** A definition that is there, or was deleted while instances of it run: those go on, but no new one begins. */
export interface Found {
  process: ExecutableProcess;
  draining: boolean;
}

export function findDefinition(run: Run, key: number): Found | undefined {
  const process = run.state.definitions.process(key);
  if (!process) return undefined;
  if (run.state.definitions.isActive(key)) return { process, draining: false };
  return run.state.queries.running(key) && { process, draining: true };
}

/** The definition that would have been meant if it weren't deleted, while instances of it run. */
export function findDraining(
  run: Run,
  by: 'latest' | 'version' | 'deployment' | 'versionTag',
  processId: string,
  value?: number | string,
): ExecutableProcess | undefined {
  const query = run.state.queries.drained[by];
  const instance = by === 'latest' ? query(processId) : query(processId, value!);
  return instance && run.element(instance).process;
}
