import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line a request: no query, no body, no name, no address; a ticket number in a path is not personal. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    req.id = randomUUID();
    res.setHeader('x-request-id', req.id);
    const startedAt = performance.now();
    res.on('finish', () => {
      const took = Math.round(performance.now() - startedAt);
      const line = {
        requestId: req.id,
        method: req.method,
        path: req.baseUrl + req.path,
        status: res.statusCode,
        tookMs: took,
      };
      if (res.statusCode >= 500) log.error(line, 'request');
      else log.debug(line, 'request');
    });
    next();
  };
}
