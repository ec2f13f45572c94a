import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';

/** In a form as `_csrf`, from htmx and fetch as a header. A request by token carries no cookie and needs none. */
export const { csrfSynchronisedProtection: csrfProtection, generateToken: csrfToken } = csrfSync({
  size: 32,
  getTokenFromRequest: (req: Request) => {
    const header = req.headers['x-csrf-token'];
    if (typeof header === 'string') return header;
    const field: unknown = (req.body as Record<string, unknown> | undefined)?.['_csrf'];
    return typeof field === 'string' ? field : undefined;
  },
  skipCsrfProtection: (req: Request) => req.viewer?.via === 'token',
});
