import { DocumentStore, type DocumentMetadata } from '../documents/document-store.ts';
import { json, noContent, type Operation, type RestRequest } from '../operation.ts';
import { badRequest, Problem } from '../problem.ts';
import type { Form, UploadedFile } from '../read-body.ts';
import { checkShape } from '../schema/check-shape.ts';
import type { Shape } from '../schema/request-shape.ts';

/** Of one upload, as Camunda's gateway takes them. */
const maxBytes = 10 * 1024 * 1024;

const anyBytes = 'application/octet-stream';
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(; ?[\w-]+=[\w"-]+)*$/;

type Given = Partial<DocumentMetadata>;

const text = { kind: 'string', isDateTime: false } as const;
const metadataProperties: Record<string, Shape> = {
  contentType: text,
  fileName: text,
  expiresAt: { kind: 'string', isDateTime: true },
  size: { kind: 'number' },
  processDefinitionId: text,
  processInstanceKey: { ...text, pattern: /^-?[0-9]+$/ },
  customProperties: { kind: 'map' },
};
const metadataShape: Shape = {
  kind: 'object',
  properties: new Map(Object.entries(metadataProperties).map(([name, shape]) => [name, { shape, required: false }])),
};

function parseJson(part: string, value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw badRequest(`Failed to read request part '${part}'`);
  }
}

function checkMetadata(given: unknown): Given {
  checkShape(metadataShape, given, (metadata: Given, invalid) => {
    if (metadata.fileName?.trim() === '') invalid.push('The file name must not be empty, if present');
    if (metadata.contentType?.trim() === '') invalid.push('The content type must not be empty, if present');
  });
  return given as Given;
}

function metadataOf(file: UploadedFile, given: Given): DocumentMetadata {
  return {
    contentType: given.contentType ?? (file.contentType || anyBytes),
    fileName: given.fileName ?? file.name,
    expiresAt: given.expiresAt ? new Date(given.expiresAt).toISOString() : null,
    size: file.content.length,
    processDefinitionId: given.processDefinitionId ?? null,
    processInstanceKey: given.processInstanceKey ?? null,
    customProperties: given.customProperties ?? {},
  };
}

function requireStore(query: URLSearchParams) {
  const storeId = query.get('storeId');
  if (storeId === null || storeId === DocumentStore.id) return;
  throw new Problem(400, 'INVALID_ARGUMENT', `Document store with id '${storeId}' does not exist`);
}

function filesOf(form: Form, part: string) {
  if (form.files.length === 0) throw badRequest(`Required part '${part}' is not present.`);
  return form.files;
}

async function store({ documents }: RestRequest, documentId: string | null, file: UploadedFile, given: Given) {
  const metadata = metadataOf(file, given);
  const created = await documents.create(documentId ?? undefined, file.content, metadata);
  return { 'camunda.document.type': 'camunda', storeId: DocumentStore.id, ...created, metadata };
}

/** One array, or, as Camunda's client sends it, a part for each file. */
function metadataList(form: Form): Given[] | undefined {
  const parts = form.fields.get('metadataList');
  const list = parts?.flatMap((part) => parseJson('metadataList', part));
  if (list && list.length !== form.files.length) {
    throw badRequest(`metadataList length (${list.length}) does not match files length (${form.files.length})`);
  }
  return list?.map(checkMetadata);
}

async function createMany(request: RestRequest) {
  const form = request.body as Form;
  const files = filesOf(form, 'files');
  const metadata = metadataList(form);
  const createdDocuments: unknown[] = [];
  const failedDocuments: unknown[] = [];
  for (const [index, file] of files.entries()) {
    const given = metadata?.[index] ?? {};
    try {
      createdDocuments.push(await store(request, null, file, given));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { status, title, detail } = error;
      failedDocuments.push({ fileName: given.fileName ?? file.name, status, title, detail });
    }
  }
  return json({ failedDocuments, createdDocuments }, failedDocuments.length > 0 ? 207 : 201);
}

export const documentOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/documents',
    name: 'CreateDocument',
    body: { files: 'file', maxBytes },
    answer: async (request) => {
      requireStore(request.query);
      const form = request.body as Form;
      const [file] = filesOf(form, 'file');
      const metadata = form.fields.get('metadata')?.[0];
      const given = metadata === undefined ? {} : checkMetadata(parseJson('metadata', metadata));
      return json(await store(request, request.query.get('documentId'), file!, given), 201);
    },
  },
  {
    method: 'POST',
    path: '/v2/documents/batch',
    name: 'CreateDocuments',
    body: { files: 'files', maxBytes },
    answer: (request) => {
      requireStore(request.query);
      return createMany(request);
    },
  },
  {
    method: 'GET',
    path: '/v2/documents/{documentId}',
    name: 'GetDocument',
    answer: async ({ documents, params, query }) => {
      requireStore(query);
      const { content, contentType } = await documents.read(params.documentId!, query.get('contentHash'));
      return { status: 200, text: content, contentType: mediaType.test(contentType) ? contentType : anyBytes };
    },
  },
  {
    method: 'DELETE',
    path: '/v2/documents/{documentId}',
    name: 'DeleteDocument',
    body: 'none',
    answer: async ({ documents, params, query }) => {
      requireStore(query);
      await documents.delete(params.documentId!);
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/documents/{documentId}/links',
    name: 'CreateDocumentLink',
    rules: (body, invalid) => {
      if (body.timeToLive <= 0) {
        invalid.push(`The value for timeToLive is '${body.timeToLive}' but must be greater than 0`);
      }
    },
    answer: async ({ documents, params, query }) => {
      requireStore(query);
      await documents.read(params.documentId!, query.get('contentHash'));
      throw new Problem(403, 'FORBIDDEN', 'The local storage document store does not support creating links');
    },
  },
];
