import { randomUUID } from 'node:crypto';
import type { Actor } from '../account/actor.ts';
import { recordAudit } from '../event/record-audit.ts';
import type { App } from '../ports/app.ts';
import type { ReadBpmn } from '../ports/bpmn-reader.ts';
import type { EngineDeployment, ProcessEngine } from '../ports/process-engine.ts';
import type { Stores } from '../ports/stores.ts';
import type { FormVersion, ProcessDeployment, ProcessFile, ProcessVersion } from './process-file.ts';

export interface DeployPorts {
  engine: ProcessEngine;
  readBpmn: ReadBpmn;
}
export interface WholeSet {
  files: ProcessFile[];
  note: string;
  /** Done in the transaction that keeps the deployment. */
  andThen?: (stores: Stores) => Promise<void>;
}

/**
 * Deploys the whole set and keeps what the engine made of it: versions, names and forms, which are served from here. A
 * crash between the two loses nothing: the next deployment of the same files is answered with the same keys.
 * @returns the deployment's id; that of the latest one when the engine found nothing new
 * @throws DeploymentRejected, EngineUnavailable
 */
export async function storeDeployment(app: App, ports: DeployPorts, actor: Actor, set: WholeSet): Promise<string> {
  const files = [...set.files].sort((a, b) => a.name.localeCompare(b.name));
  const deployed = await ports.engine.deploy(files);
  const names = await processNames(ports.readBpmn, files);
  const deployment: ProcessDeployment = {
    deploymentId: randomUUID(),
    deployedAt: app.realClock.now(),
    deployedBy: actor.accountId,
    note: set.note,
    deploymentKey: deployed.deploymentKey,
    files,
  };
  return app.transaction(async (stores) => {
    const latest = await stores.processes.latestDeployment();
    const isNew = latest === undefined || !(await isKnown(stores, deployed)) || !sameFiles(latest.files, files);
    if (isNew) {
      await stores.processes.insertDeployment(
        deployment,
        versionsOf(deployment, deployed, names),
        formsOf(deployment, deployed),
      );
      await recordAudit(stores, deployment.deployedAt, actor, {
        action: 'processDeployed',
        subject: deployment.deploymentId,
        reason: set.note,
        data: { files: changedFiles(latest?.files ?? [], files) },
      });
      await stores.changes.append({
        kind: 'PROCESS',
        subject: deployment.deploymentId,
        groups: [],
        accountId: null,
      });
    }
    await set.andThen?.(stores);
    return isNew ? deployment.deploymentId : latest.deploymentId;
  });
}

async function isKnown(stores: Stores, deployed: EngineDeployment) {
  for (const { processDefinitionKey } of deployed.processes) {
    if (!(await stores.processes.version(processDefinitionKey))) return false;
  }
  return true;
}

function sameFiles(before: ProcessFile[], after: ProcessFile[]) {
  return before.length === after.length && changedFiles(before, after).length === 0;
}

export function changedFiles(before: ProcessFile[], after: ProcessFile[]) {
  const checksums = new Map(before.map(({ name, checksum }) => [name, checksum]));
  return after.filter(({ name, checksum }) => checksums.get(name) !== checksum).map(({ name }) => name);
}

async function processNames(readBpmn: ReadBpmn, files: ProcessFile[]) {
  const names = new Map<string, string>();
  for (const { kind, content } of files) {
    if (kind !== 'BPMN') continue;
    for (const { id, name } of (await readBpmn(content)).processes) names.set(id, name);
  }
  return names;
}

function versionsOf(deployment: ProcessDeployment, deployed: EngineDeployment, names: Map<string, string>) {
  return deployed.processes.map(
    ({ processDefinitionKey, processId, version, resourceName }): ProcessVersion => ({
      processDefinitionKey,
      processId,
      version,
      name: names.get(processId) ?? processId,
      deploymentId: deployment.deploymentId,
      deployedAt: deployment.deployedAt,
      xml: contentOf(deployment.files, resourceName),
    }),
  );
}

function formsOf(deployment: ProcessDeployment, deployed: EngineDeployment) {
  return deployed.forms.map(
    ({ formKey, formId, version, resourceName }): FormVersion => ({
      formKey,
      formId,
      version,
      deploymentId: deployment.deploymentId,
      schema: JSON.parse(contentOf(deployment.files, resourceName)) as Record<string, unknown>,
    }),
  );
}

function contentOf(files: ProcessFile[], resourceName: string) {
  const file = files.find(({ name }) => name === resourceName);
  if (!file) throw new Error(`the engine names a file that was not deployed: ${resourceName}`);
  return file.content;
}
