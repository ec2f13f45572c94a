import type { Router } from 'express';
import { z } from 'zod';
import { checkInput } from '../http/check-input.ts';
import { deployDrafts } from '../../domain/process/deploy-drafts.ts';
import { discardDraft } from '../../domain/process/discard-draft.ts';
import { saveDraft } from '../../domain/process/save-draft.ts';
import { DeploymentRejected } from '../../domain/ports/process-engine.ts';
import type { RoomContext } from '../room.ts';
import { compareFiles } from './compare-files.ts';
import { requireDesigner } from './process-access.ts';
import { processSet } from './process-set.ts';
import { problemsOfSet } from './problems-of-set.ts';

const maxFileBytes = 2 * 1024 * 1024;
const draftBody = z.object({ content: z.string().min(1).max(maxFileBytes), version: z.number().int().min(0) });
const deployBody = z.object({ note: z.string().trim().max(500).default('') });

export function draftRoutes(router: Router, context: RoomContext): void {
  const { app, engine, lint } = context;

  router.put('/:processId/files/:name', async (req, res) => {
    const actor = requireDesigner(req);
    const { content, version } = checkInput(draftBody, req.body);
    const draft = await saveDraft(app, actor, { name: req.params.name!, content, version });
    res.json({ version: draft.version });
  });

  router.post('/:processId/files/:name/discard', async (req, res) => {
    const actor = requireDesigner(req);
    await discardDraft(app, actor, { name: req.params.name! });
    res.redirect(303, `/processes/${encodeURIComponent(req.params.processId!)}`);
  });

  router.get('/:processId/difference', async (req, res) => {
    requireDesigner(req);
    const { running, working } = await processSet(app);
    res.json({ files: await compareFiles(running, working, req.t) });
  });

  router.post('/:processId/deploy', async (req, res) => {
    const actor = requireDesigner(req);
    const { note } = checkInput(deployBody, req.body);
    const { working } = await processSet(app);
    const problems = await problemsOfSet(working, lint, req);
    const fatal = problems.filter(({ category }) => category === 'error');
    if (fatal.length > 0) {
      res
        .status(422)
        .type('application/problem+json')
        .json({
          status: 422,
          title: req.t('workbench.deploy.refused'),
          detail: req.t('workbench.deploy.problems', { count: fatal.length }),
          problems: fatal,
        });
      return;
    }
    try {
      await deployDrafts(app, engine, actor, { note });
    } catch (error) {
      if (!(error instanceof DeploymentRejected)) throw error;
      const rejected = error.problems.map((problem) => ({ ...problem, category: 'error' }));
      res
        .status(422)
        .type('application/problem+json')
        .json({
          status: 422,
          title: req.t('workbench.deploy.refused'),
          detail: req.t('workbench.deploy.rejected'),
          problems: rejected,
        });
      return;
    }
    res.json({ deployed: true });
  });
}
