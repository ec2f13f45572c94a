import test from 'ava';
import { Conflict } from '../domain/errors/conflict.ts';
import type { ProcessDeployment, ProcessDraft } from '../domain/process/process-file.ts';
import { databases } from './testing/databases.ts';
import { monday } from './testing/samples.ts';

for (const kind of databases) {
  const on = (title: string) => `${title} (${kind.name})`;
  const opening = kind.open();
  const processes = async () => (await opening).store.stores.processes;
  test.after.always(async () => (await opening).drop());

  test.serial(on('deployments keep their files; versions and forms are found by key and by deployment'), async (t) => {
    const store = await processes();
    t.is(await store.latestDeployment(), undefined);
    // More than MySQL's TEXT holds.
    const xml = `<definitions>${'流'.repeat(40_000)}</definitions>`;
    const file = { name: 'ticket.bpmn', kind: 'BPMN', content: xml, checksum: 'ab' } as const;
    const first: ProcessDeployment = {
      deploymentId: 'd1',
      deployedAt: monday,
      deployedBy: 'designer',
      note: '首次',
      deploymentKey: '71',
      files: [file],
    };
    const second = { ...first, deploymentId: 'd2', deployedAt: monday + 1, deploymentKey: '72' };
    const version = {
      processDefinitionKey: '81',
      processId: 'ticket',
      version: 1,
      name: '工单',
      deploymentId: 'd1',
      deployedAt: monday,
      xml,
    };
    const version2 = { ...version, processDefinitionKey: '82', version: 2, deploymentId: 'd2', deployedAt: monday + 1 };
    const form = {
      formKey: '91',
      formId: 'sign-assignment',
      version: 1,
      deploymentId: 'd1',
      schema: { components: [{ key: 'a' }] },
    };
    await store.insertDeployment(first, [version], [form]);
    // The engine answers the unchanged form with the key it has.
    await store.insertDeployment(second, [version2], [{ ...form, deploymentId: 'd2' }]);
    t.deepEqual(await store.deployment('d1'), first);
    t.deepEqual(await store.latestDeployment(), second);
    const { files: _files, ...listed } = first;
    t.deepEqual((await store.deployments())[1], listed);
    t.deepEqual(await store.version('81'), version);
    t.deepEqual(await store.latestVersion('ticket'), version2);
    t.deepEqual(
      (await store.versions('ticket')).map((each) => each.version),
      [2, 1],
    );
    t.deepEqual(await store.versions('other'), []);
    t.deepEqual(await store.form('91'), form);
    t.deepEqual(await store.formOfDeployment('d2', 'sign-assignment'), form);
    t.is(await store.formOfDeployment('d2', 'other'), undefined);
  });

  test.serial(on('of two designers who save one draft, the second is told'), async (t) => {
    const store = await processes();
    const draft: ProcessDraft = {
      name: 'ticket.bpmn',
      kind: 'BPMN',
      content: '<a/>',
      baseDeploymentId: 'd1',
      version: 1,
      savedAt: monday,
      savedBy: 'a',
    };
    await store.saveDraft(draft, 0);
    const refused = { instanceOf: Conflict, code: 'draftChanged' };
    await t.throwsAsync(store.saveDraft({ ...draft, savedBy: 'b' }, 0), refused);
    await store.saveDraft({ ...draft, content: '<b/>' }, 1);
    await t.throwsAsync(store.saveDraft({ ...draft, savedBy: 'b' }, 1), refused);
    t.deepEqual(await store.draft('ticket.bpmn'), { ...draft, content: '<b/>', version: 2 });
    t.is((await store.drafts()).length, 1);
    await store.deleteDrafts(['ticket.bpmn', 'none']);
    t.deepEqual(await store.drafts(), []);
    await t.throwsAsync(store.saveDraft(draft, 2), refused);
  });

  test.serial(on('a shipped file is remembered by its checksum, each version of it once'), async (t) => {
    const store = await processes();
    await store.markShipped([{ name: 'a.bpmn', checksum: '1' }], monday);
    await store.markShipped(
      [
        { name: 'a.bpmn', checksum: '1' },
        { name: 'a.bpmn', checksum: '2' },
      ],
      monday + 1,
    );
    t.deepEqual(await store.shipped(), [
      { name: 'a.bpmn', checksum: '1' },
      { name: 'a.bpmn', checksum: '2' },
    ]);
  });
}
