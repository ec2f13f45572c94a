import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { shapeOf, type Shape, type ZodNode } from './request-shape.ts';
import { adjustShape } from './validated-otherwise.ts';

export interface RequestShape {
  body?: Shape;
  bodyRequired: boolean;
  query?: Shape;
}

export type RequestShapes = (operation: string) => RequestShape;

/**
 * The zod schemas that Camunda generates from its OpenAPI document ship inside its client, but are not exported: they
 * are loaded by file path (the file name carries a build hash), so the engine checks requests by the very document
 * that its clients are generated from.
 */
export async function loadRequestShapes(): Promise<RequestShapes> {
  const entry = createRequire(import.meta.url).resolve('@camunda8/orchestration-cluster-api');
  const folder = path.dirname(entry);
  const file = readdirSync(folder).find((name) => /^zod\.gen-.*\.js$/.test(name));
  if (!file) throw new Error(`Camunda's request schemas are not in ${folder}: reinstall the dependencies (npm ci).`);
  const schemas = (await import(pathToFileURL(path.join(folder, file)).href)) as Record<string, ZodNode>;
  const known = new Map<string, RequestShape>();
  return (operation) => {
    let shape = known.get(operation);
    if (!shape) known.set(operation, (shape = requestShape(schemas[`z${operation}Data`], operation)));
    return shape;
  };
}

function requestShape(schema: ZodNode | undefined, operation: string): RequestShape {
  // what is not of Camunda's API (health, figures) takes no body
  if (!schema) return { bodyRequired: false };
  const shape = shapeOf(schema);
  if (shape.kind !== 'object') throw new Error(`The schema of ${operation} is not an object.`);
  const body = shape.properties.get('body');
  if (body) adjustShape(operation, body.shape);
  const query = shape.properties.get('query');
  return {
    body: body?.shape.kind === 'nothing' ? undefined : body?.shape,
    bodyRequired: body?.required === true && body.shape.kind !== 'nothing',
    query: query?.shape.kind === 'nothing' ? undefined : query?.shape,
  };
}
