import { parseJson } from '../exact-json.ts';
import type { JsonObject } from '../json.ts';
import { messagePackType } from '../message-pack-type.ts';
import { defaultSettings } from '../settings.ts';
import { tenantId } from '../rest/tenant.ts';
import { InvalidRequest } from './rpc.ts';

/** Zeebe adds durations to instants as 64-bit integers; a century is as good as what is beyond the safe ones. */
const maxDurationMs = 100 * 365 * 24 * 3_600_000;

/** @throws InvalidRequest in the gateway's words unless the text is empty or a JSON object */
export function documentOf(text: string): JsonObject {
  if (text.trim() === '') return {};
  const value = parse(text);
  if (value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw new InvalidRequest(
    `Property 'variables' is invalid: Expected document to be a root level object, but was '${messagePackType(value)}'`,
  );
}

function parse(text: string): unknown {
  try {
    return parseJson(text, defaultSettings.maxJsonDepth);
  } catch {
    throw new InvalidRequest(`Invalid JSON value: ${text}`);
  }
}

/** The engine has one tenant, as a cluster without multi-tenancy. */
export function requireDefaultTenant(request: string, given: string): void {
  if (given.trim() === '' || given === tenantId) return;
  throw new InvalidRequest(
    `Expected to handle gRPC request ${request} with tenant identifier '${given}', but multi-tenancy is disabled`,
  );
}

/** Keys are int64 on the wire and safe integers inside; one that is not names nothing that exists. */
export function keyOf(value: number): number {
  return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER;
}

export function durationMsOf(value: number): number {
  return Math.min(value, maxDurationMs);
}
