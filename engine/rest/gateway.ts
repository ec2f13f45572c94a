import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../engine.ts';
import type { Credentials } from '../credentials.ts';
import { basicAuth } from './basic-auth.ts';
import { answerProblem, problemOf } from './failure.ts';
import type { Answer, Operation } from './operation.ts';
import { operations } from './operation-table.ts';
import { badRequest } from './problem.ts';
import { readForm, readJson } from './read-body.ts';
import type { ReadStatements } from './read-statements.ts';
import { Router } from './router.ts';
import { loadRequestShapes, type RequestShapes } from './schema/camunda-schemas.ts';
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
  const { settings } = options.engine;
  const timeouts = { requestTimeout: settings.requestTimeoutMs, headersTimeout: settings.requestTimeoutMs / 5 };
  const limits = { keepAliveTimeout: 65_000, maxHeaderSize: settings.maxHeaderBytes, ...timeouts };
  const server = createServer(limits, (request, response) => {
    const path = pathOf(request);
    const startedAt = performance.now();
    void (async () => {
      // a path that nothing serves is the client's word: all of them are counted as one
      let target = 'UNKNOWN';
      try {
        if (authenticate && !openPaths.has(path)) authenticate(request.headers.authorization);
        const { operation, params } = router.match(request.method ?? 'GET', path);
        target = operation.path;
        send(response, await perform(operation, params, request, response));
      } catch (error) {
        answerProblem(response, path, error, log);
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
    const body = await readBody(operation, request, shapes, settings);
    try {
      return await operation.answer({
        engine: options.engine,
        read: options.read,
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

async function readBody(
  operation: Operation,
  request: IncomingMessage,
  shapes: RequestShapes,
  settings: EngineSettings,
) {
  if (operation.body === 'none' || request.method === 'GET') return undefined;
  if (operation.body === 'multipart') return readForm(request, settings.maxRequestBytes, 'resources');
  const shape = shapes(operation.name);
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
  const bytes = Buffer.from(answer.text, 'utf8');
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': bytes.length }).end(bytes);
}

function pathOf(request: IncomingMessage) {
  const path = request.url!.split('?', 1)[0]!;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
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
