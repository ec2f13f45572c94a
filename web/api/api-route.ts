import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import type { Request } from 'express';
import { z } from 'zod';
import type { Actor } from '../../domain/account/actor.ts';
import type { RoomContext } from '../room.ts';

extendZodWithOpenApi(z);

export { z };

/** What a handler is given: everything has passed the route's schemas. */
export interface ApiCall<Params, Query, Body> {
  context: RoomContext;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  req: Request;
}

/** One operation: the same schemas check the request and describe it in /api/openapi.json. */
export interface ApiRoute<Params = unknown, Query = unknown, Body = unknown> {
  method: 'get' | 'post' | 'put';
  /** OpenAPI's notation, e.g. /tickets/{ticketNo}; below /api. */
  path: string;
  operationId: string;
  summary: string;
  tag: 'tickets' | 'tasks' | 'processes';
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Of success; errors are problem details. */
  response: z.ZodType;
  status?: 200 | 201;
  handle(call: ApiCall<Params, Query, Body>): Promise<unknown>;
}

/** Keeps the types of the schemas for the handler. */
export const apiRoute = <P, Q, B>(route: ApiRoute<P, Q, B>): ApiRoute => route as unknown as ApiRoute;

export const ticketNoParams = z.object({ ticketNo: z.string().max(40) });
export const taskKeyParams = z.object({ taskKey: z.string().max(40) });
export const processIdParams = z.object({ processId: z.string().max(200) });

/** ISO 8601 with an offset on the wire, epoch milliseconds inside. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
};
export const pageOf = (item: z.ZodType) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

/** Instants leave as text: every number under a name that ends in `At` (or is `at`). */
export function withInstants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'number' && /(^at|At)$/.test(name) ? new Date(inner).toISOString() : withInstants(inner),
    ]),
  );
}
