import type { Router } from 'express';
import { NotFound } from '../../domain/errors/not-found.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import type { RoomContext } from '../room.ts';

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
    res.type('application/xml').set('cache-control', 'private, no-cache').send(inLanguage(version.xml, req.t));
  });

  router.get('/:processId/statistics', async (req, res) => {
    const version = await versionOf(req.params.processId, req.query['version']);
    res.json({ elements: await engine.elementStatistics(version.processDefinitionKey) });
  });
}

/** The drawing to look at, its shipped names in the reader's language. Who edits gets the file as it is. */
const inLanguage = (xml: string, t: Translate) =>
  xml.replaceAll(/ name="([^"]+)"/g, (_, name: string) => ` name="${shippedName(name, t)}"`);
