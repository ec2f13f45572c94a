import type { Router } from 'express';
import { shippedName } from '../i18n/messages.ts';
import type { RoomContext } from '../room.ts';
import { mayDesign, requireDesigner } from './process-access.ts';
import { fileOfProcess, processSet, titleOf } from './process-set.ts';

export function listRoutes(router: Router, context: RoomContext): void {
  const { app, engine } = context;

  router.get('/', async (req, res) => {
    const { running, working } = await processSet(app);
    const versions = await app.stores.processes.versions();
    const counts = await engine.instanceCounts().catch(() => []);
    const cards = running
      .filter(({ kind }) => kind === 'BPMN')
      .map((file) => {
        const processId = /<(?:\w+:)?process\b[^>]*\bid="([^"]+)"/.exec(file.content)?.[1] ?? file.name;
        const ofProcess = versions.filter((version) => version.processId === processId);
        const keys = new Set(ofProcess.map(({ processDefinitionKey }) => processDefinitionKey));
        const mine = counts.filter(({ processDefinitionKey }) => keys.has(processDefinitionKey));
        return {
          processId,
          name: titleOf(file, req.t),
          version: ofProcess[0]?.version,
          deployedAt: ofProcess[0]?.deployedAt,
          running: mine.reduce((sum, { active }) => sum + active, 0),
          failing: mine.reduce((sum, { withIncident }) => sum + withIncident, 0),
          draft: working.find(({ name }) => name === file.name)?.draft !== undefined,
        };
      });
    const others = working
      .filter(({ kind }) => kind !== 'BPMN')
      .map((file) => ({ ...file, title: titleOf(file, req.t, working) }));
    const drafts = working.filter(({ draft }) => draft !== undefined).length;
    context.page(req, res, 'processes/views/list', {
      title: req.t('workbench.title'),
      layout: 'wide',
      scripts: ['process-view'],
      styles: ['process-view'],
      cards,
      forms: others.filter(({ kind }) => kind === 'FORM'),
      decisions: others.filter(({ kind }) => kind === 'DMN'),
      drafts,
      mayDesign: mayDesign(req),
      incidents: await engine.incidents(20).catch(() => []),
    });
  });

  router.post('/incidents/:incidentKey/resolve', async (req, res) => {
    const actor = requireDesigner(req);
    const { incidentKey } = req.params;
    await engine.resolveIncident(incidentKey);
    await app.stores.audit.append({
      at: app.realClock.now(),
      actorId: actor.accountId,
      action: 'incidentResolved',
      subject: incidentKey,
      reason: null,
      data: {},
      remoteAddress: req.ip ?? null,
    });
    res.redirect(303, '/processes');
  });

  router.get('/:processId', async (req, res) => {
    const { processId } = req.params;
    const { running, working } = await processSet(app);
    const file = fileOfProcess(running, processId);
    const versions = await app.stores.processes.versions(processId);
    const deployments = new Map((await app.stores.processes.deployments()).map((one) => [one.deploymentId, one]));
    const chosen =
      versions.find(({ processDefinitionKey }) => processDefinitionKey === req.query['version']) ?? versions[0];
    const counts = await engine.instanceCounts().catch(() => []);
    const people = new Map((await app.stores.accounts.list()).map((one) => [one.accountId, one.displayName]));
    const who = (accountId = '') => people.get(accountId) ?? req.t('actor.system');
    context.page(req, res, 'processes/views/process', {
      title: chosen?.name ? shippedName(chosen.name, req.t) : titleOf(file, req.t),
      scripts: ['process-view'],
      styles: ['process-view'],
      layout: 'wide',
      processId,
      chosen,
      deployed: req.query['deployed'] === '1',
      draft: working.find(({ name }) => name === file.name)?.draft,
      // The whole set is deployed at once: whoever deploys this drawing takes these along.
      drafts: working.flatMap((some) =>
        some.draft ? [{ ...some.draft, savedBy: who(some.draft.savedBy), title: titleOf(some, req.t, working) }] : [],
      ),
      mayDesign: mayDesign(req),
      versions: versions.map((version) => ({
        ...version,
        on: version === chosen,
        note: deployments.get(version.deploymentId)?.note,
        deployedBy: who(deployments.get(version.deploymentId)?.deployedBy),
        running:
          counts.find(({ processDefinitionKey }) => processDefinitionKey === version.processDefinitionKey)?.active ?? 0,
      })),
    });
  });
}
