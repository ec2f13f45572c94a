import type { ErrorRequestHandler, Request } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import type { RequestHandler } from 'express';
import type { RoomContext } from '../room.ts';
import { describeError } from './describe-error.ts';

export const noSuchPage: RequestHandler = (req, _res, next) => next(new NotFound('page', req.path));

/** A page for people; problem details for programs, fetch and htmx. No stack leaves the house. */
export function errorPages(context: RoomContext): ErrorRequestHandler {
  return (error, req, res, next) => {
    const problem = describeError(error, req.t);
    if (problem.status >= 500) context.log.error({ err: error, requestId: req.id, path: req.path }, 'request failed');
    if (res.headersSent) {
      next(error);
      return;
    }
    if (wantsProblem(req)) {
      res
        .status(problem.status)
        .type('application/problem+json')
        .send(JSON.stringify({ ...problem, instance: req.id }));
      return;
    }
    if (problem.status === 401) {
      res.redirect(303, `/login?next=${encodeURIComponent(req.method === 'GET' ? req.originalUrl : '/')}`);
      return;
    }
    res.status(problem.status);
    context.page(req, res, 'views/error', {
      title: problem.title,
      problem,
      requestId: req.id,
      layout: req.viewer ? 'page' : 'bare',
    });
  };
}

function wantsProblem(req: Request): boolean {
  if (req.originalUrl.startsWith('/api/') || req.headers['hx-request'] || req.headers['x-csrf-token']) return true;
  return req.accepts('html', 'application/problem+json', 'json') !== 'html';
}
