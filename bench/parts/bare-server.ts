import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts bare-server-process.ts. */
export async function startBareServer(): Promise<{ address: string; stop(): void }> {
  const file = fileURLToPath(new URL('./bare-server-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { address, stop: () => void child.kill() };
}
