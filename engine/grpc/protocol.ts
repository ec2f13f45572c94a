import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { fromJSON, type ServiceDefinition } from '@grpc/proto-loader';
import protobuf from 'protobufjs';

type Json = { [name: string]: unknown };

/**
 * Zeebe's gateway protocol: the file of Camunda's own package and, over it, what 8.8 and 8.9 have added. Keys and
 * instants are read as numbers: keys are safe integers, and one that is not names nothing that exists.
 */
export function loadGatewayService(): ServiceDefinition {
  const published = createRequire(import.meta.url).resolve('@camunda8/sdk/dist/proto/zeebe.proto');
  const additions = fileURLToPath(new URL('./since-8-8.proto', import.meta.url));
  const json = overlay(parse(published), parse(additions));
  const definition = fromJSON(json, { keepCase: true, longs: Number, enums: String, defaults: true });
  return definition['gateway_protocol.Gateway'] as ServiceDefinition;
}

export function loadHealthService(): ServiceDefinition {
  const json = parse(fileURLToPath(new URL('./health.proto', import.meta.url)));
  return fromJSON(json, { enums: String, defaults: true })['grpc.health.v1.Health'] as ServiceDefinition;
}

function parse(file: string): Json {
  return protobuf.parse(readFileSync(file, 'utf8'), { keepCase: true }).root.toJSON() as Json;
}

/** A later version of Camunda's package may have an addition of ours already: its own word counts. */
function overlay(base: Json, additions: Json): Json {
  const result = { ...additions, ...base };
  for (const name of Object.keys(base)) {
    if (isObject(base[name]) && isObject(additions[name])) result[name] = overlay(base[name], additions[name]);
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
