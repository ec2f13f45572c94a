import type { Knex } from 'knex';
import type { ProcessStore } from '../domain/ports/stores.ts';
import type { FormVersion, ProcessDeployment, ProcessVersion } from '../domain/process/process-file.ts';
import { encodeRow } from './columns.ts';
import type { Database } from './database.ts';
import { processDraftMethods } from './process-drafts.ts';
import { insertOnce, type TableShape, tableIn } from './table.ts';

export const deploymentShape: TableShape<ProcessDeployment> = {
  name: 'process_deployment',
  key: 'deploymentId',
  columns: {
    deploymentId: 'plain',
    deployedAt: 'plain',
    deployedBy: 'plain',
    note: 'plain',
    deploymentKey: 'plain',
    files: 'json',
  },
};
export const processVersionShape: TableShape<ProcessVersion> = {
  name: 'process_version',
  key: 'processDefinitionKey',
  columns: {
    processDefinitionKey: 'plain',
    processId: 'plain',
    version: 'plain',
    name: 'plain',
    deploymentId: 'plain',
    deployedAt: 'plain',
    xml: 'plain',
  },
};
export const formVersionShape: TableShape<FormVersion> = {
  name: 'form_version',
  key: 'formKey',
  columns: { formKey: 'plain', formId: 'plain', version: 'plain', deploymentId: 'plain', schema: 'json' },
};

const newestFirst = [
  { column: 'deployedAt', order: 'desc' },
  { column: 'deploymentId', order: 'desc' },
];

/** The engine answers an unchanged file with the key it has: known versions stay as they are. */
async function insertDeployment(
  knex: Knex,
  deployment: ProcessDeployment,
  versions: ProcessVersion[],
  forms: FormVersion[],
): Promise<void> {
  await insertOnce(knex, 'process_deployment', encodeRow(deploymentShape.columns, deployment));
  for (const version of versions)
    await knex('process_version')
      .insert(encodeRow(processVersionShape.columns, version))
      .onConflict('processDefinitionKey')
      .ignore();
  for (const form of forms) {
    await knex('form_version').insert(encodeRow(formVersionShape.columns, form)).onConflict('formKey').ignore();
    const { deploymentId } = deployment;
    await knex('deployment_form').insert({ deploymentId, formId: form.formId, formKey: form.formKey });
  }
}

export function processStore(database: Database): ProcessStore {
  const deployments = tableIn(database, deploymentShape);
  const versions = tableIn(database, processVersionShape);
  const forms = tableIn(database, formVersionShape);
  return {
    ...processDraftMethods(database),
    insertDeployment: (deployment, deployedVersions, deployedForms) =>
      database.atomically(({ write }) => insertDeployment(write, deployment, deployedVersions, deployedForms)),
    deployments: async () =>
      await database
        .read('process_deployment')
        .orderBy(newestFirst)
        .select('deploymentId', 'deployedAt', 'deployedBy', 'note', 'deploymentKey'),
    deployment: deployments.find,
    latestDeployment: () => deployments.first((query) => query.orderBy(newestFirst)),
    async versions(processId) {
      const query = database
        .read('process_version')
        .select('processDefinitionKey', 'processId', 'version', 'name', 'deploymentId', 'deployedAt');
      if (processId !== undefined) void query.where({ processId });
      return await query.orderBy([
        { column: 'deployedAt', order: 'desc' },
        { column: 'version', order: 'desc' },
        { column: 'processId', order: 'asc' },
      ]);
    },
    version: versions.find,
    latestVersion: (processId) => versions.first((query) => query.where({ processId }).orderBy('version', 'desc')),
    form: forms.find,
    formOfDeployment: (deploymentId, formId) =>
      forms.first((query) =>
        query
          .join('deployment_form', 'deployment_form.formKey', 'form_version.formKey')
          .where({ 'deployment_form.deploymentId': deploymentId, 'deployment_form.formId': formId }),
      ),
  };
}
