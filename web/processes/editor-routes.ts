import type { Router } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import { csrfToken } from '../http/csrf.ts';
import type { RoomContext } from '../room.ts';
import { requireDesigner } from './process-access.ts';
import { fileOfProcess, processSet, titleOf, type WorkingFile } from './process-set.ts';

const scripts = { BPMN: 'process-editor', FORM: 'form-editor', DMN: 'decision-editor' } as const;

export function editorRoutes(router: Router, context: RoomContext): void {
  const { app, messages, elementTemplates } = context;

  router.get('/:processId/edit', async (req, res) => {
    requireDesigner(req);
    const { processId } = req.params;
    const { working } = await processSet(app);
    const home = fileOfProcess(working, processId);
    const wanted = typeof req.query['file'] === 'string' ? req.query['file'] : home.name;
    const file = working.find(({ name }) => name === wanted);
    if (!file) throw new NotFound('processFile', wanted);
    const listed = (some: WorkingFile) => ({
      name: some.name,
      kind: some.kind,
      title: titleOf(some, req.t, working),
      draft: some.draft !== undefined,
    });
    const data = {
      locale: req.locale,
      words: messages.startingWith(req.locale, 'workbench.'),
      csrfToken: csrfToken(req),
      base: `/processes/${encodeURIComponent(processId)}`,
      file: { ...listed(file), content: file.content, version: file.draft?.version ?? 0 },
      files: working.map(listed),
      elementTemplates: elementTemplates(req.locale),
      jobTypes: jobTypesOf(elementTemplates(req.locale)),
    };
    context.page(req, res, 'processes/views/edit', {
      title: titleOf(file, req.t, working),
      scripts: [scripts[file.kind]],
      styles: [scripts[file.kind]],
      layout: 'wide',
      processId,
      file: listed(file),
      home: listed(home),
      isProcess: file.kind === 'BPMN',
      related: working.filter(({ kind }) => kind !== 'BPMN').map((some) => ({ ...listed(some), on: some === file })),
      editorData: JSON.stringify(data).replaceAll('<', '\\u003c'),
    });
  });
}

/** The types that our workers answer to, as their element templates name them. */
function jobTypesOf(templates: readonly unknown[]): string[] {
  return templates.flatMap((template) => {
    const { properties } = template as {
      properties?: { value?: string; binding?: { type?: string; property?: string } }[];
    };
    return (properties ?? [])
      .filter(({ binding }) => binding?.type === 'zeebe:taskDefinition' && binding.property === 'type')
      .flatMap(({ value }) => (value ? [value] : []));
  });
}
