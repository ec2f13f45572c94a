import { SYSTEM, type Actor } from '../../domain/account/actor.ts';
import { Conflict } from '../../domain/errors/conflict.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import { compareEngine } from '../../domain/process/compare-engine.ts';
import { deployDrafts } from '../../domain/process/deploy-drafts.ts';
import { discardDraft } from '../../domain/process/discard-draft.ts';
import { saveDraft } from '../../domain/process/save-draft.ts';
import { shipProcesses } from '../../domain/process/ship-processes.ts';
import { readBpmn } from '../../camunda/read-bpmn.ts';
import { lint } from '../../main/lint.ts';
import { shippedFiles } from '../../workflows/shipped-files.ts';
import { onEachServer } from './on-each-server.ts';
import type { TestApp } from './start-app.ts';

let town: TestApp;
let designer: Actor;
const ship = (files = shippedFiles().map(({ name, content }) => ({ name, content }))) =>
  shipProcesses(town.app, { engine: town.engine, readBpmn }, files);
const ports = () => ({ engine: town.engine, readBpmn, lint });
const contentOf = (name: string) => shippedFiles().find((file) => file.name === name)!.content;
const renamed = (name: string, from: string, to: string) => contentOf(name).replace(`name="${from}"`, `name="${to}"`);
const latest = async () => (await town.app.stores.processes.latestDeployment())!;
const running = async (name: string) => (await latest()).files.find((file) => file.name === name)!.content;

onEachServer(
  async (running) => {
    town = running;
    designer = await town.as('designer');
  },
  (test) => {
    test('a first start ships the whole set; the next one ships nothing', async (t) => {
      const { versions, formOfDeployment } = town.app.stores.processes;
      const { deploymentId, files, deployedBy } = await latest();
      t.is(files.length, shippedFiles().length);
      t.is(deployedBy, SYSTEM.accountId);
      t.deepEqual(
        (await versions('callback')).map(({ version, name }) => [version, name]),
        [[1, '回访与返工']],
      );
      t.is((await formOfDeployment(deploymentId, 'sign-assignment'))!.schema['id'], 'sign-assignment');
      t.deepEqual(await ship(), { deployed: [], keptBack: [] });
      t.is(await compareEngine(town.app, town.engine), 'FITS');
    });

    test('a designer saves a draft, and of two who save at once the second is told', async (t) => {
      const input = {
        name: 'callback.bpmn',
        content: renamed('callback.bpmn', '回访诉求人', '电话回访诉求人'),
        expectedVersion: 0,
      };
      await t.throwsAsync(saveDraft(town.app, await town.as('agent'), input), { instanceOf: NotAllowed });
      await t.throwsAsync(saveDraft(town.app, designer, { ...input, name: '../callback.bpmn' }), {
        instanceOf: InvalidInput,
      });
      t.is((await saveDraft(town.app, designer, input)).version, 1);
      await t.throwsAsync(saveDraft(town.app, designer, input), { instanceOf: Conflict });
      t.is((await saveDraft(town.app, designer, { ...input, expectedVersion: 1 })).version, 2);
    });

    test('a deployment is the whole set: every process gets its next version, the draft is gone', async (t) => {
      const before = await latest();
      await t.throwsAsync(deployDrafts(town.app, ports(), designer, { names: ['callback.bpmn'], note: ' ' }), {
        instanceOf: InvalidInput,
      });
      const deploymentId = await deployDrafts(town.app, ports(), designer, { names: ['callback.bpmn'], note: '改名' });
      const after = await latest();
      t.is(after.deploymentId, deploymentId);
      t.is(after.files.length, before.files.length);
      t.regex(await running('callback.bpmn'), /电话回访诉求人/);
      t.deepEqual(await town.app.stores.processes.drafts(), []);
      t.is(
        (await town.app.stores.processes.latestVersion('ticket'))!.version,
        2,
        'bound by deployment: all go together',
      );
      const [audit] = (await town.app.stores.audit.list({ limit: 1, action: 'processDeployed' })).items;
      t.deepEqual([audit!.reason, audit!.data['files']], ['改名', ['callback.bpmn']]);
    });

    test('a start never undoes a designer’s work; a newer shipped file elsewhere is deployed', async (t) => {
      const newer = shippedFiles().map(({ name, content }) => {
        if (name === 'callback.bpmn') return { name, content: content.replace('name="回访与返工"', 'name="回访"') };
        if (name === 'supervision.bpmn') return { name, content: content.replace('name="督办"', 'name="时限督办"') };
        return { name, content };
      });
      t.deepEqual(await ship(newer), { deployed: ['supervision.bpmn'], keptBack: ['callback.bpmn'] });
      t.regex(await running('callback.bpmn'), /电话回访诉求人/);
      t.is((await town.app.stores.processes.latestVersion('supervision'))!.name, '时限督办');
      t.deepEqual(await ship(newer), { deployed: [], keptBack: ['callback.bpmn'] });
    });

    test('what the rules or the engine refuse is told by file and element, and nothing changes', async (t) => {
      const before = await latest();
      const content = (await running('supervision.bpmn')).replace(
        /<zeebe:taskListeners>[^]*?<\/zeebe:taskListeners>/,
        '',
      );
      await saveDraft(town.app, designer, { name: 'supervision.bpmn', content, expectedVersion: 0 });
      const refused = await t.throwsAsync<InvalidInput>(
        deployDrafts(town.app, ports(), designer, { names: ['supervision.bpmn'], note: '去掉监听器' }),
        { instanceOf: InvalidInput },
      );
      t.regex(refused!.problems[0]!.field, /^supervision\.bpmn#/);
      const noRules = { ...ports(), lint: async () => [] };
      const broken = (await running('supervision.bpmn')).replace(/<zeebe:taskDefinition [^>]*>/, '');
      await saveDraft(town.app, designer, { name: 'supervision.bpmn', content: broken, expectedVersion: 1 });
      const rejected = await t.throwsAsync<InvalidInput>(
        deployDrafts(town.app, noRules, designer, { names: ['supervision.bpmn'], note: '去掉作业类型' }),
        { instanceOf: InvalidInput },
      );
      t.is(rejected!.problems[0]!.code, 'engineRefuses');
      t.regex(rejected!.problems[0]!.field, /^supervision\.bpmn#/);
      t.is((await latest()).deploymentId, before.deploymentId);
      await discardDraft(town.app, designer, { name: 'supervision.bpmn' });
    });

    test('a draft whose file was deployed meanwhile is not laid over it', async (t) => {
      await saveDraft(town.app, designer, {
        name: 'acceptance.dmn',
        content: contentOf('acceptance.dmn'),
        expectedVersion: 0,
      });
      const another = contentOf('acceptance.dmn').replace('</definitions>', '<!-- newer --></definitions>');
      await ship(
        shippedFiles().map(({ name, content }) => ({ name, content: name === 'acceptance.dmn' ? another : content })),
      );
      await t.throwsAsync(deployDrafts(town.app, ports(), designer, { names: ['acceptance.dmn'], note: '旧稿' }), {
        instanceOf: Conflict,
        message: /draftOutdated/,
      });
    });
  },
);
