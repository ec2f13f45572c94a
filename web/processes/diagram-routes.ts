import type { Router } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import type { RoomContext } from '../room.ts';
import { drawingInLanguage } from '../view/drawing-in-language.ts';

/** What the drawing in the browser asks for: the XML of a version and how many stand where. */
export function diagramRoutes(router: Router, { app, engine }: RoomContext): void {
  const versionOf = async (processId: string, key: unknown) => {
    const { processes } = app.stores;
    const found =
      typeof key === 'string' && key !== '' ? await processes.version(key) : await processes.latestVersion(processId);
    if (!found || found.processId !== processId) throw new NotFound('process', processId);
    return found;
  };

  router.get('/:processId/xml', async (req, res) => {
    const version = await versionOf(req.params.processId, req.query['version']);
    res
      .type('application/xml')
      .set('cache-control', 'private, no-cache')
      .send(await drawingInLanguage(version.xml, req.t));
  });

  router.get('/:processId/statistics', async (req, res) => {
    const version = await versionOf(req.params.processId, req.query['version']);
    res.json({ elements: await engine.elementStatistics(version.processDefinitionKey) });
  });
}
