import type { Request } from 'express';
import type { Account } from '../../domain/account/account.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import type { Role } from '../../domain/account/account.ts';
import type { Locale, Translate } from '../i18n/messages.ts';

/** Who reads this page, and how. */
export interface Viewer {
  account: Account;
  actor: Actor;
  /** A browser's session, or a program's token. */
  via: 'session' | 'token';
}

declare global {
  namespace Express {
    interface Request {
      id: string;
      locale: Locale;
      t: Translate;
      viewer?: Viewer;
    }
  }
}
declare module 'express-session' {
  interface SessionData {
    accountId: string;
    /** Real time. */
    signedInAt: number;
    /** Of the password in force at sign-in: a changed password ends the other sessions. */
    passwordMark: string;
  }
}

/** No session, or a lost one: pages are sent to the login, programs get 401. */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded' as const;
}

/** @throws SignInNeeded */
export function requireViewer(req: Request): Viewer {
  if (!req.viewer) throw new SignInNeeded();
  return req.viewer;
}

/** Who acts, for a use case. @throws SignInNeeded */
export function requireActor(req: Request): Actor {
  return requireViewer(req).actor;
}

/** For pages that belong to roles; use cases check for themselves as well. @throws SignInNeeded, NotAllowed('role') */
export function requireRole(req: Request, ...roles: Role[]): Actor {
  const actor = requireActor(req);
  if (!roles.some((role) => actor.roles.includes(role))) throw new NotAllowed('role');
  return actor;
}
