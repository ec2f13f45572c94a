import {
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  setLogVerbosity,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Credentials } from '../credentials.ts';
import type { Engine } from '../engine.ts';
import { authentication } from './authentication.ts';
import { healthService } from './health.ts';
import { loadGatewayService, loadHealthService } from './protocol.ts';
import type { Rpc, RpcContext } from './rpc.ts';
import { rpcs } from './rpc-table.ts';
import { activateJobs, streamActivatedJobs, type JobCall } from './rpcs/activation.ts';
import { statusOf } from './status.ts';

export interface GrpcGatewayOptions {
  engine: Engine;
  host: string;
  /** 0 for any free port. */
  port: number;
  /** None: whoever reaches the address may do everything. */
  credentials?: Credentials;
}

export interface GrpcGateway {
  /** `host:port`, as Zeebe's clients take it. */
  address: string;
  close(): Promise<void>;
}

/**
 * Serves Zeebe's gateway protocol over the engine.
 * @throws an error with the code EADDRINUSE and the port when something listens there already
 */
export async function openGrpcGateway({ engine, host, port, credentials }: GrpcGatewayOptions): Promise<GrpcGateway> {
  // what fails is thrown or answered: grpc-js need not print it as well
  if (!process.env.GRPC_VERBOSITY) setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': engine.settings.maxMessageBytes,
    'grpc.max_send_message_length': -1,
    interceptors: credentials ? [authentication(credentials)] : [],
  });
  const context: RpcContext = { engine, host, port };
  server.addService(loadGatewayService(), implementation(context));
  server.addService(loadHealthService(), healthService(engine));
  context.port = await bind(server, host, port);
  return {
    address: `${host}:${context.port}`,
    close: async () => server.forceShutdown(),
  };
}

function implementation(context: RpcContext): UntypedServiceImplementation {
  const { engine } = context;
  const unary = Object.entries(rpcs).map(([name, rpc]) => [name, answering(name, rpc, context)] as const);
  return {
    ...Object.fromEntries(unary),
    ActivateJobs: failing(engine, 'ActivateJobs', 'ACTIVATE', (call) => activateJobs(call, engine)),
    StreamActivatedJobs: failing(engine, 'StreamActivatedJobs', undefined, async (call) =>
      streamActivatedJobs(call, engine),
    ),
  };
}

/** Asks for plain requests: Camunda's SDK would spend more than a third of its time on squeezing small ones. */
function uncompressed(): Metadata {
  const metadata = new Metadata();
  metadata.set('grpc-accept-encoding', 'identity');
  return metadata;
}

function answering(name: string, rpc: Rpc, context: RpcContext) {
  const { figures, log } = context.engine;
  return (call: ServerUnaryCall<unknown, object>, callback: sendUnaryData<object>): void => {
    const startedAt = performance.now();
    const measure = (code: status) =>
      figures.grpc.observe({ method: 'UNARY', target: name, status: status[code] }, startedAt);
    void (async () => {
      try {
        const answer = await rpc.answer(call.request, context);
        call.sendMetadata(uncompressed());
        callback(null, answer);
        measure(status.OK);
      } catch (error) {
        const failure = statusOf(error, rpc.intent, log);
        callback(failure);
        measure(failure.code);
      }
    })();
  };
}

/** Of a call that streams jobs until its caller goes away, what is measured is how long its opening took. */
function failing(
  { figures, log }: Engine,
  name: string,
  intent: string | undefined,
  serve: (call: JobCall) => Promise<void>,
) {
  return (call: JobCall): void => {
    const startedAt = performance.now();
    const measure = (code: status) =>
      figures.grpc.observe({ method: 'SERVER_STREAMING', target: name, status: status[code] }, startedAt);
    call.sendMetadata(uncompressed());
    serve(call).then(
      () => measure(status.OK),
      (error: unknown) => {
        const failure = statusOf(error, intent, log);
        call.emit('error', failure);
        measure(failure.code);
      },
    );
  };
}

function bind(server: Server, host: string, port: number) {
  return new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (!error) resolve(bound);
      // grpc-js tells what the system said in its message only
      else if (!error.message.includes('EADDRINUSE')) reject(error);
      else reject(Object.assign(new Error(error.message), { code: 'EADDRINUSE', port }));
    });
  });
}
