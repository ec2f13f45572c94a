import type { Request, Router } from 'express';
import type { RoomContext } from '../../room.ts';
import { requireRole } from '../../shell/viewer.ts';

export type AdminRoutes = (router: Router, context: RoomContext) => void;

/** @throws NotAllowed */
export const adminOf = (req: Request) => requireRole(req, 'admin');

/** A form sends one of several as text, several as a list, none not at all. */
export const listOf = (value: unknown): string[] =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
