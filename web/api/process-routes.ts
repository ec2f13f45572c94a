import { saveDraft } from '../../domain/process/save-draft.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { deployWorkingSet } from '../processes/deploy-working-set.ts';
import { requireDesigner, requireReader } from '../processes/process-access.ts';
import { fileOfProcess, processSet } from '../processes/process-set.ts';
import { apiRoute, processIdParams, z, type ApiRoute } from './api-route.ts';

const maxFileCharacters = 2 * 1024 * 1024;

const process = z
  .object({
    processId: z.string(),
    name: z.string(),
    version: z.number().int(),
    processDefinitionKey: z.string(),
    deployedAt: z.string(),
  })
  .loose()
  .openapi('Process');
const draft = z
  .object({
    name: z.string(),
    kind: z.enum(['BPMN', 'DMN', 'FORM']),
    content: z.string(),
    version: z.number().int(),
    draft: z.boolean(),
  })
  .openapi('Draft');

/** `file` names another file of the set: a form or a decision that goes with the process. */
const fileQuery = z.strictObject({ file: z.string().max(200).optional() });

export const processRoutes: ApiRoute[] = [
  apiRoute({
    method: 'get',
    path: '/processes',
    operationId: 'listProcesses',
    summary: 'Processes that run, newest version of each',
    tag: 'processes',
    response: z.object({ items: z.array(process) }),
    handle: async ({ context, req }) => {
      requireReader(req);
      const versions = await context.app.stores.processes.versions();
      const newest = new Map([...versions].reverse().map((version) => [version.processId, version]));
      return { items: [...newest.values()] };
    },
  }),
  apiRoute({
    method: 'get',
    path: '/processes/{processId}/draft',
    operationId: 'getProcessDraft',
    summary: 'The draft of a process (or of the file named), or what runs while there is none',
    tag: 'processes',
    params: processIdParams,
    query: fileQuery,
    response: draft,
    handle: async ({ context, req, params, query }) => {
      requireDesigner(req);
      const { working } = await processSet(context.app);
      const file = query.file
        ? working.find(({ name }) => name === query.file)
        : fileOfProcess(working, params.processId);
      if (!file) throw new InvalidInput([{ field: 'file', code: 'notAnOption', params: { value: query.file ?? '' } }]);
      return {
        name: file.name,
        kind: file.kind,
        content: file.content,
        version: file.draft?.version ?? 0,
        draft: file.draft !== undefined,
      };
    },
  }),
  apiRoute({
    method: 'put',
    path: '/processes/{processId}/draft',
    operationId: 'saveProcessDraft',
    summary: 'Save a draft; `version` is the one that was read (0 = none yet)',
    tag: 'processes',
    params: processIdParams,
    query: fileQuery,
    body: z.strictObject({ content: z.string().min(1).max(maxFileCharacters), version: z.number().int().min(0) }),
    response: z.object({ name: z.string(), version: z.number().int() }),
    handle: async ({ context, req, params, query, body }) => {
      const actor = requireDesigner(req);
      const name = query.file ?? fileOfProcess((await processSet(context.app)).working, params.processId).name;
      const saved = await saveDraft(context.app, actor, { name, content: body.content, expectedVersion: body.version });
      return { name, version: saved.version };
    },
  }),
  apiRoute({
    method: 'post',
    path: '/processes/{processId}/deploy',
    operationId: 'deployProcess',
    summary: 'Deploy the drafts: the whole set as one; a refusal names file, element and reason',
    tag: 'processes',
    params: processIdParams,
    body: z.strictObject({ note: z.string().trim().max(500).min(1) }),
    response: z.object({ deploymentId: z.string() }).loose(),
    handle: async ({ context, req, params, body }) => {
      const actor = requireDesigner(req);
      fileOfProcess((await processSet(context.app)).working, params.processId);
      return { deploymentId: await deployWorkingSet(context, actor, body.note) };
    },
  }),
];
