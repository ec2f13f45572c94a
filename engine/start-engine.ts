import path from 'node:path';
import Database from 'better-sqlite3';
import { lockDataDir } from './data-lock.ts';
import { openEngine } from './open-engine.ts';
import type { Credentials } from './credentials.ts';
import { openGateway } from './rest/gateway.ts';
import { ReadStatements } from './rest/read-statements.ts';
import type { EngineLog } from './engine-log.ts';
import type { GlobalListener } from './state/global-listeners.ts';
import type { EngineSettings } from './settings.ts';

export interface EngineStart {
  dataDir: string;
  host: string;
  /** 0 for any free port. */
  restPort: number;
  /** None: no gRPC is spoken; 0 for any free port. */
  grpcPort?: number;
  /** None: whoever reaches the address may do everything. */
  credentials?: Credentials;
  /** Those that differ from the default. */
  settings?: Partial<EngineSettings>;
  /** User task listeners of all processes that the configuration names. */
  globalListeners?: GlobalListener[];
  /** Errors to standard error, where nothing is given. */
  log?: EngineLog;
}

export interface RunningEngine {
  /** `http://host:port`, without the `/v2`. */
  address: string;
  /** `host:port` of the gRPC gateway, where one was asked for. */
  grpcAddress?: string;
  stop(): Promise<void>;
}

/** Opens the database in `dataDir` and answers REST on it; what was opened is closed again when a later step fails. */
export async function startEngine(start: EngineStart): Promise<RunningEngine> {
  const undo: (() => unknown)[] = [];
  const undoAll = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    undo.push(lockDataDir(start.dataDir));
    const file = path.join(start.dataDir, 'engine.sqlite');
    const engine = openEngine({
      file,
      settings: start.settings,
      log: start.log,
      globalListeners: start.globalListeners,
    });
    undo.push(() => engine.close());
    const read = new ReadStatements(new Database(file, { readonly: true }));
    undo.push(() => read.close());
    const gateway = await openGateway({
      engine,
      read,
      host: start.host,
      port: start.restPort,
      credentials: start.credentials,
    });
    undo.push(() => gateway.close());
    const running: RunningEngine = { address: gateway.address, stop: undoAll };
    if (start.grpcPort !== undefined) {
      // loaded only where it is spoken: the application does without
      const { openGrpcGateway } = await import('./grpc/gateway.ts');
      const { host, credentials } = start;
      const grpc = await openGrpcGateway({ engine, host, port: start.grpcPort, credentials });
      undo.push(() => grpc.close());
      running.grpcAddress = grpc.address;
    }
    return running;
  } catch (error) {
    await undoAll();
    throw error;
  }
}
