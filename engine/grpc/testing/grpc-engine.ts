import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Camunda8 } from '@camunda8/sdk';
import { credentials as channel, makeClientConstructor, Metadata, type ClientReadableStream } from '@grpc/grpc-js';
import type { Credentials } from '../../credentials.ts';
import type { EngineSettings } from '../../settings.ts';
import { startEngine } from '../../start-engine.ts';
import { loadGatewayService, loadHealthService } from '../protocol.ts';

export function freshFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'engine-grpc-'));
}

/** Camunda's own client for the gateway. */
export function sdkClient(grpcAddress: string, settings: Record<string, unknown> = {}) {
  const camunda = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_WORKER_POLL_INTERVAL_MS: 100 },
    ...settings,
  } as never);
  return camunda.getZeebeGrpcApiClient();
}

/** Camunda's protocol is one of two that the gateway speaks. */
export function healthClient(address: string) {
  const Health = makeClientConstructor(loadHealthService() as never, 'Health');
  return new Health(address, channel.createInsecure()) as any;
}

/** What the protocol of 8.9 has and the SDK's client does not know, and calls that it would not make. */
export class BareClient {
  readonly #client: InstanceType<ReturnType<typeof makeClientConstructor>>;

  constructor(address: string) {
    const Gateway = makeClientConstructor(loadGatewayService() as never, 'Gateway');
    this.#client = new Gateway(address, channel.createInsecure());
  }

  call<T = any>(rpc: string, request: object, more: { deadlineMs?: number; headers?: Record<string, string> } = {}) {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(more.headers ?? {})) metadata.set(name, value);
    const options = more.deadlineMs === undefined ? {} : { deadline: Date.now() + more.deadlineMs };
    return new Promise<T>((resolve, reject) => {
      this.#client[rpc]!(request, metadata, options, (error: Error | null, answer: T) =>
        error ? reject(error) : resolve(answer),
      );
    });
  }

  stream<T = any>(rpc: string, request: object): ClientReadableStream<T> {
    return (this.#client[rpc] as any)(request);
  }

  /** Everything that a streaming rpc answers until it ends. */
  async all<T = any>(rpc: string, request: object): Promise<T[]> {
    const answers: T[] = [];
    for await (const answer of this.stream<T>(rpc, request)) answers.push(answer as T);
    return answers;
  }

  close(): void {
    this.#client.close();
  }
}

interface GrpcEngineStart {
  dataDir?: string;
  grpcPort?: number;
  credentials?: Credentials;
  settings?: Partial<EngineSettings>;
}

/** A whole engine with its gateway on a folder, a fresh one by default. */
export async function startGrpcEngine(start: GrpcEngineStart = {}) {
  const dataDir = start.dataDir ?? freshFolder();
  const said: string[] = [];
  const say = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`);
  const running = await startEngine({
    dataDir,
    host: '127.0.0.1',
    restPort: 0,
    grpcPort: start.grpcPort ?? 0,
    credentials: start.credentials,
    settings: start.settings,
    log: { info: say, warn: say, error: say },
  });
  const bare = new BareClient(running.grpcAddress!);
  return {
    ...running,
    grpcAddress: running.grpcAddress!,
    dataDir,
    bare,
    /** What it has written to its log. */
    said,
    async stop() {
      bare.close();
      await running.stop();
      if (!start.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
