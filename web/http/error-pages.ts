import type { ErrorRequestHandler, Request } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import type { RequestHandler } from 'express';
import type { RoomContext } from '../room.ts';
import { describeError, type Problem } from './describe-error.ts';

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
        .send(JSON.stringify({ ...(isApi(req) ? withFields(problem) : problem), instance: req.id }));
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

const isApi = (req: Request) => req.originalUrl.startsWith('/api/');

/** A program has no form whose field is marked: the sentence names it. */
function withFields(problem: Problem): Problem {
  const { problems } = problem;
  if (!problems?.length) return problem;
  return {
    ...problem,
    detail: problems.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join(' '),
  };
}

function wantsProblem(req: Request): boolean {
  if (isApi(req) || req.headers['hx-request'] || req.headers['x-csrf-token']) return true;
  return req.accepts('html', 'application/problem+json', 'json') !== 'html';
}
