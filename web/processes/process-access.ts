import type { Request, RequestHandler } from 'express';
import type { Actor } from '../../domain/account/actor.ts';
import { requireRole } from '../shell/viewer.ts';

/** Whoever answers for the whole may see the processes; designers and admins change them. @throws NotAllowed */
export const requireReader = (req: Request): Actor =>
  requireRole(req, 'designer', 'admin', 'director', 'supervisor', 'dispatcher');

export const requireProcessReader: RequestHandler = (req, _res, next) => {
  requireReader(req);
  next();
};

/** @throws NotAllowed */
export const requireDesigner = (req: Request): Actor => requireRole(req, 'designer', 'admin');

export const mayDesign = (req: Request): boolean =>
  req.viewer?.actor.roles.some((role) => role === 'designer' || role === 'admin') ?? false;
