import type { ServerResponse } from 'node:http';
import { CommandRejection } from '../command-rejection.ts';
import type { EngineLog } from '../engine-log.ts';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';

const statusOfRejection: Record<string, number> = {
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  INVALID_STATE: 409,
  FORBIDDEN: 403,
  UNAUTHORIZED: 401,
  EXCEEDED_BATCH_RECORD_SIZE: 400,
  RESOURCE_EXHAUSTED: 503,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

/** A rejection of the engine in the words of Camunda's gateway; anything else goes through unchanged. */
export function problemOf(error: unknown, operation: Operation): unknown {
  if (!(error instanceof CommandRejection)) return error;
  const status = statusOfRejection[error.type] ?? 500;
  return new Problem(status, error.type, error.describe(operation.intent));
}

/** @param path the request's, printed as the problem's instance */
export function answerProblem(response: ServerResponse, path: string, error: unknown, log: EngineLog) {
  if (response.destroyed || response.headersSent) return;
  const problem = error instanceof Problem ? error : unexpected(error, path, log);
  const bytes = Buffer.from(JSON.stringify(problem.toJson(path)), 'utf8');
  response
    .writeHead(problem.status, {
      ...problem.headers,
      'content-type': 'application/problem+json',
      'content-length': bytes.length,
    })
    .end(bytes);
}

/** A defect of the engine: the caller learns that it failed, the log learns why. */
function unexpected(error: unknown, path: string, log: EngineLog) {
  log.error({ err: error, path }, 'a request failed unexpectedly');
  return new Problem(500, 'Internal Server Error', 'Unexpected error occurred during the request processing');
}
