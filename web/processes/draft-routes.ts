import type { Router } from 'express';
import { z } from 'zod';
import { discardDraft } from '../../domain/process/discard-draft.ts';
import { saveDraft } from '../../domain/process/save-draft.ts';
import { checkInput } from '../http/check-input.ts';
import type { RoomContext } from '../room.ts';
import { compareFiles } from './compare-files.ts';
import { deployWorkingSet } from './deploy-working-set.ts';
import { requireDesigner } from './process-access.ts';
import { processSet } from './process-set.ts';

const draftBody = z.strictObject({ content: z.string().min(1), version: z.number().int().min(0) });
const deployBody = z.strictObject({ note: z.string().trim().max(500).default('') });

export function draftRoutes(router: Router, context: RoomContext): void {
  const { app } = context;

  router.put('/:processId/files/:name', async (req, res) => {
    const actor = requireDesigner(req);
    const { content, version } = checkInput(draftBody, req.body);
    const draft = await saveDraft(app, actor, { name: req.params.name, content, expectedVersion: version });
    res.json({ version: draft.version });
  });

  router.post('/:processId/files/:name/discard', async (req, res) => {
    const actor = requireDesigner(req);
    await discardDraft(app, actor, { name: req.params.name });
    res.redirect(303, `/processes/${encodeURIComponent(req.params.processId)}`);
  });

  router.get('/:processId/difference', async (req, res) => {
    requireDesigner(req);
    const { running, working } = await processSet(app);
    res.json({ files: await compareFiles(running, working, req.t) });
  });

  router.post('/:processId/deploy', async (req, res) => {
    const actor = requireDesigner(req);
    const { note } = checkInput(deployBody, req.body);
    res.json({ deploymentId: await deployWorkingSet(context, actor, note) });
  });
}
