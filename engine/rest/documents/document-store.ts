import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.ts';

export interface DocumentMetadata {
  contentType: string;
  fileName: string;
  expiresAt: string | null;
  size: number;
  processDefinitionId: string | null;
  processInstanceKey: string | null;
  customProperties: Record<string, unknown>;
}

/** Camunda's ids are free text: what stands in a file name must not lead out of the folder. */
const fileNameOf = (documentId: string) => Buffer.from(documentId, 'utf8').toString('base64url');
export const metadataSuffix = '.json';
export const documentsIn = (dataDir: string) => path.join(dataDir, 'documents');
const maxIdBytes = 150;

/** How often, at most, what has expired is looked for. */
const sweepEveryMs = 60_000;

/**
 * Camunda's local document store: two files a document in a folder of the data, the metadata last, so that a document
 * that a crash has cut off is not there. What has expired is not found any more and removed by and by.
 */
export class DocumentStore {
  static readonly id = 'local';
  readonly #folder: string;
  readonly #now: () => number;
  #sweptAt = 0;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /** @throws Problem 409 when the id is taken */
  async create(documentId: string = randomUUID(), content: Buffer, metadata: DocumentMetadata) {
    if (Buffer.byteLength(documentId) > maxIdBytes || documentId.trim() === '') {
      throw new Problem(
        400,
        'INVALID_ARGUMENT',
        `The provided documentId exceeds the limit of ${maxIdBytes} characters`,
      );
    }
    await mkdir(this.#folder, { recursive: true });
    await this.#sweep();
    if (await this.#metadata(documentId)) {
      throw new Problem(409, 'ALREADY_EXISTS', `Document with id '${documentId}' already exists`);
    }
    const file = this.#path(documentId);
    await write(file, content);
    await write(file + metadataSuffix, Buffer.from(JSON.stringify(metadata), 'utf8'));
    return { documentId, contentHash: hashOf(content) };
  }

  /** @throws Problem 404 when it is not there, 400 when the hash is not its own */
  async read(documentId: string, contentHash: string | null) {
    const metadata = await this.#metadata(documentId);
    if (!metadata) throw new Problem(404, 'NOT_FOUND', `Document with id '${documentId}' not found`);
    const content = await readFile(this.#path(documentId));
    if (contentHash === null || contentHash.trim() === '') {
      throw new Problem(400, 'INVALID_ARGUMENT', `No document hash provided for document ${documentId}`);
    }
    if (contentHash !== hashOf(content)) {
      const detail = `Document hash for document ${documentId} doesn't match the provided hash ${contentHash}`;
      throw new Problem(400, 'INVALID_ARGUMENT', detail);
    }
    return { content, contentType: metadata.contentType };
  }

  /** As in Camunda, one that is not there is no failure. */
  async delete(documentId: string) {
    await this.#remove(fileNameOf(documentId));
  }

  async #metadata(documentId: string): Promise<DocumentMetadata | undefined> {
    const metadata = await this.#readMetadata(fileNameOf(documentId));
    return metadata && !this.#isExpired(metadata) ? metadata : undefined;
  }

  async #readMetadata(name: string): Promise<DocumentMetadata | undefined> {
    if (name.length > 255 - metadataSuffix.length) return undefined;
    try {
      return JSON.parse(await readFile(path.join(this.#folder, name + metadataSuffix), 'utf8')) as DocumentMetadata;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #sweep() {
    if (this.#now() - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = this.#now();
    for (const file of await readdir(this.#folder)) {
      if (!file.endsWith(metadataSuffix)) continue;
      const name = file.slice(0, -metadataSuffix.length);
      const metadata = await this.#readMetadata(name);
      if (metadata && this.#isExpired(metadata)) await this.#remove(name);
    }
  }

  #isExpired({ expiresAt }: DocumentMetadata) {
    return expiresAt !== null && Date.parse(expiresAt) <= this.#now();
  }

  async #remove(name: string) {
    const file = path.join(this.#folder, name);
    await rm(file + metadataSuffix, { force: true });
    await rm(file, { force: true });
  }

  #path(documentId: string) {
    return path.join(this.#folder, fileNameOf(documentId));
  }
}

/** Whole or not at all: what is answered as stored is on the disk. */
async function write(file: string, content: Buffer) {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  const handle = await open(unfinished, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}

function hashOf(content: Buffer) {
  return createHash('sha256').update(content).digest('hex');
}
