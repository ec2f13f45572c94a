import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Camunda8 } from '@camunda8/sdk';
import type { EngineSettings } from '../../settings.ts';
import { startEngine } from '../../start-engine.ts';

/** A whole engine on a fresh folder and Camunda's own client that speaks to it over HTTP. */
export async function startRestEngine(settings: Partial<EngineSettings> = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'engine-rest-'));
  const running = await startEngine({ dataDir, host: '127.0.0.1', restPort: 0, settings });
  const camunda = new Camunda8({
    ZEEBE_REST_ADDRESS: running.address,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
  });
  const client = camunda.getOrchestrationClusterApiClientLoose();
  return {
    address: running.address,
    dataDir,
    client,
    /** A bare request, for what the client itself would refuse to send. */
    async request(method: string, where: string, body?: unknown, headers: Record<string, string> = {}) {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${running.address}${where}`, {
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        body: text,
      });
      const answer = await response.text();
      return { status: response.status, body: (answer === '' ? undefined : JSON.parse(answer)) as any };
    },
    async stop() {
      client.stopAllWorkers();
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type RestEngine = Awaited<ReturnType<typeof startRestEngine>>;

/** Search at once: the engine answers after the commit, so nothing has to be waited for. */
export const now = { consistency: { waitUpToMs: 0 } };

export async function deploy(engine: RestEngine, files: Record<string, string>) {
  const resources = Object.entries(files).map(([name, content]) => new File([content], name));
  return engine.client.createDeployment({ resources: resources as never });
}
