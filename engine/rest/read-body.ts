import type { IncomingMessage } from 'node:http';
import { parseJson } from '../exact-json.ts';
import { badRequest, Problem } from './problem.ts';

/** @throws Problem 413 when the body is larger than `maxBytes`, 415 when it is neither JSON nor empty */
export async function readJson(request: IncomingMessage, maxBytes: number, maxDepth: number): Promise<unknown> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) return undefined;
  const type = mediaType(request);
  if (type !== 'application/json' && !type.endsWith('+json')) throw unsupported(type);
  try {
    return parseJson(bytes.toString('utf8'), maxDepth);
  } catch {
    throw badRequest('Failed to read request');
  }
}

export interface UploadedFile {
  name: string;
  contentType: string;
  content: Buffer;
}

export interface Form {
  files: UploadedFile[];
  /** Every other part as text, a part that comes several times several times. */
  fields: Map<string, string[]>;
}

/** Form data with the files of the part named `fileField`. */
export async function readForm(request: IncomingMessage, maxBytes: number, fileField: string): Promise<Form> {
  const type = mediaType(request);
  if (type !== 'multipart/form-data') throw unsupported(type);
  const bytes = await readBytes(request, maxBytes);
  const data = await parseForm(bytes, request.headers['content-type']!);
  const form: Form = { files: [], fields: new Map() };
  for (const [name, value] of data) {
    if (name === fileField && typeof value !== 'string') {
      const content = Buffer.from(await value.arrayBuffer());
      form.files.push({ name: value.name, contentType: value.type, content });
    } else {
      const text = typeof value === 'string' ? value : await value.text();
      form.fields.set(name, [...(form.fields.get(name) ?? []), text]);
    }
  }
  return form;
}

async function parseForm(bytes: Buffer, contentType: string) {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw badRequest('Failed to parse multipart servlet request');
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // The rest is read and dropped, so that the client gets its answer instead of a broken pipe.
    if (length <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (length > maxBytes * 16) request.destroy();
  }
  if (length > maxBytes) {
    throw new Problem(413, 'Payload Too Large', `Request body exceeds the limit of ${maxBytes} bytes`);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function mediaType(request: IncomingMessage) {
  return (request.headers['content-type'] ?? 'null').split(';')[0]!.trim().toLowerCase();
}

function unsupported(type: string) {
  return new Problem(415, 'Unsupported Media Type', `Content-Type '${type}' is not supported.`);
}
