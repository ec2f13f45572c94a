import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Engine } from '../engine.ts';
import type { Credentials } from '../credentials.ts';
import { basicAuth } from './basic-auth.ts';
import type { Actor } from '../operator-commands.ts';
import { anonymous } from '../state/audit-log.ts';
import { DocumentStore, documentsIn } from './documents/document-store.ts';
import { answerProblem, problemOf } from './failure.ts';
import type { Command } from '../commands.ts';
import type { Answer, Operation } from './operation.ts';
import { operations } from './operation-table.ts';
import { badRequest } from './problem.ts';
import { readForm, readJson } from './read-body.ts';
import type { ReadStatements } from './read-statements.ts';
import { Router } from './router.ts';
import { checkQuery } from './schema/check-query.ts';
import { loadRequestShapes, type RequestShape } from './schema/camunda-schemas.ts';
import type { EngineSettings } from '../settings.ts';
import { checkShape } from './schema/check-shape.ts';

export interface GatewayOptions {
  engine: Engine;
  read: ReadStatements;
  host: string;
  /** 0 for any free port. */
  port: number;
  /** None: whoever reaches the address may do everything. */
  credentials?: Credentials;
}

export interface Gateway {
  address: string;
  close(): Promise<void>;
}

const openPaths = new Set([
  '/v2/status',
  '/v2/license',
  '/actuator/health',
  '/actuator/health/liveness',
  '/actuator/health/readiness',
]);

/**
 * Serves Camunda's REST API v2 over the engine.
 * @throws the listening error of node:net, e.g. EADDRINUSE
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { figures, log } = options.engine;
  const shapes = await loadRequestShapes();
  const router = new Router(operations);
  const authenticate = options.credentials && basicAuth(options.credentials);
  const actor: Actor = options.credentials ? { type: 'USER', id: options.credentials.username } : anonymous;
  const engine = actingAs(options.engine, actor);
  const documents = new DocumentStore(documentsIn(path.dirname(engine.file)), () => engine.clock.now());
  const { settings } = options.engine;
  const timeouts = { requestTimeout: settings.requestTimeoutMs, headersTimeout: settings.requestTimeoutMs / 5 };
  const limits = { keepAliveTimeout: 65_000, maxHeaderSize: settings.maxHeaderBytes, ...timeouts };
  const server = createServer(limits, (request, response) => {
    const where = pathOf(request);
    const startedAt = performance.now();
    void (async () => {
      // a path that nothing serves is the client's word: all of them are counted as one
      let target = 'UNKNOWN';
      try {
        if (authenticate && !openPaths.has(where)) authenticate(request.headers.authorization);
        if (request.method === 'OPTIONS') sendOptions(response, router.methodsOf(where));
        else {
          const { operation, params } = router.match(request.method ?? 'GET', where);
          target = operation.path;
          send(response, await perform(operation, params, request, response));
        }
      } catch (error) {
        answerProblem(response, where, error, log);
      }
      const method = target === 'UNKNOWN' ? target : request.method!;
      figures.http.observe({ method, target, status: String(response.statusCode) }, startedAt);
    })();
  });
  server.maxConnections = settings.maxConnections;

  async function perform(
    operation: Operation,
    params: Record<string, string>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Answer> {
    const query = new URLSearchParams(request.url!.split('?', 2)[1] ?? '');
    const shape = shapes(operation.name);
    if (shape.query) checkQuery(shape.query, query, operation.ownQuery);
    const body = await readBody(operation, request, shape, settings);
    try {
      return await operation.answer({
        engine,
        actor,
        read: options.read,
        documents,
        params,
        query,
        body,
        headers: request.headers,
        signal: () => signalOf(response),
      });
    } catch (error) {
      throw problemOf(error, operation);
    }
  }

  await listen(server, options.host, options.port);
  const { port } = server.address() as AddressInfo;
  return { address: `http://${options.host}:${port}`, close: () => close(server) };
}

async function readBody(operation: Operation, request: IncomingMessage, shape: RequestShape, settings: EngineSettings) {
  if (operation.body === 'none' || operation.method === 'GET') return undefined;
  if (typeof operation.body === 'object') {
    return readForm(request, operation.body.maxBytes ?? settings.maxRequestBytes, operation.body.files);
  }
  const body = await readJson(request, settings.maxRequestBytes, settings.maxJsonDepth);
  if (!shape.body) return undefined;
  if (body === undefined || body === null) {
    if (shape.bodyRequired) throw badRequest('Required request body is missing');
    checkShape(shape.body, {}, operation.rules);
    return {};
  }
  checkShape(shape.body, body, operation.rules);
  return body;
}

/** The engine as this gateway's callers use it: what they do is written down as theirs. */
function actingAs(engine: Engine, actor: Actor): Engine {
  if (actor === anonymous) return engine;
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'execute') return (command: Command) => target.execute(command, actor);
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function sendOptions(response: ServerResponse, methods: string[]) {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
  response.writeHead(200, { allow: allowed.join(','), 'content-length': 0 }).end();
}

function signalOf(response: ServerResponse) {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function send(response: ServerResponse, answer: Answer) {
  if (response.destroyed) return;
  if (answer.text === undefined) {
    response.writeHead(answer.status).end();
    return;
  }
  const bytes = typeof answer.text === 'string' ? Buffer.from(answer.text, 'utf8') : answer.text;
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': bytes.length }).end(bytes);
}

function pathOf(request: IncomingMessage) {
  const where = request.url!.split('?', 1)[0]!;
  return where.length > 1 && where.endsWith('/') ? where.slice(0, -1) : where;
}

function listen(server: Server, host: string, port: number) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
