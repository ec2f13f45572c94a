import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { SignInNeeded } from '../shell/viewer.ts';

/** In a form as `_csrf`, from htmx and fetch as a header. A request by token carries no cookie and needs none. */
export const { csrfSynchronisedProtection, generateToken: csrfToken } = csrfSync({
  size: 32,
  getTokenFromRequest: (req: Request) => {
    const header = req.headers['x-csrf-token'];
    if (typeof header === 'string') return header;
    const field: unknown = (req.body as Record<string, unknown> | undefined)?.['_csrf'];
    return typeof field === 'string' ? field : undefined;
  },
  skipCsrfProtection: (req: Request) => req.viewer?.via === 'token',
});

/** Whose session is over has no token either: they are asked to sign in, not told of a form that is too old. */
export const csrfProtection: RequestHandler = (req, res, next) =>
  csrfSynchronisedProtection(req, res, (error?: unknown) =>
    next(error && !req.viewer && req.path !== '/login' ? new SignInNeeded() : error),
  );
