import { rateLimit, ipKeyGenerator } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { TooManyRequests } from './too-many-requests.ts';

const MINUTE_MS = 60_000;

function limiter(perMinute: number, keyOf: (req: Request) => string, skip: (req: Request) => boolean): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    skip,
    handler: (_req, _res, next) => next(new TooManyRequests()),
  });
}

/** Guessing passwords: by address and account, failed attempts only count. */
export function signInLimit(): RequestHandler {
  return rateLimit({
    windowMs: 5 * MINUTE_MS,
    limit: 10,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode < 400,
    keyGenerator: (req) =>
      `${ipKeyGenerator(req.ip ?? '')} ${String((req.body as Record<string, unknown>)?.['accountId'] ?? '')}`,
    handler: (_req, _res, next) => next(new TooManyRequests()),
  });
}

/** Writes of one person: far above what hands can do, far below what a runaway script does. Drafts have their own allowance. */
export function writeLimit(): RequestHandler {
  return limiter(
    240,
    (req) => req.viewer?.account.accountId ?? ipKeyGenerator(req.ip ?? ''),
    (req) => req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS',
  );
}
