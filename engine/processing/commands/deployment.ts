import { CommandRejection } from '../../command-rejection.ts';
import type { DeployedDecision, DeploymentResponse } from '../../commands.ts';
import type {
  Actor,
  CreateBatchOperationResponse,
  DeleteResourceRequest,
  DeleteResourceResponse,
} from '../../operator-commands.ts';
import { Incident } from '../incident.ts';
import type {
  PreparedDeployment,
  PreparedDrg,
  PreparedForm,
  PreparedProcess,
  PreparedResource,
} from '../prepare-deployment.ts';
import { findDefinition } from '../draining.ts';
import type { Run } from '../run.ts';
import { closeStartEvents, openStartEvents } from '../start-events.ts';
import { createBatchOperation } from './batch-operation.ts';

type Kind = 'process' | 'drg' | 'form' | 'resource';

interface File {
  resourceName: string;
  checksum: string;
}

interface Version {
  key: number;
  version: number;
  deploymentKey: number;
  duplicate: boolean;
}

/**
 * All files of a deployment are versioned together: when each is known already nothing is written, and when one is new
 * all get a new version, so that what is bound by deployment finds its whole set (Zeebe's rule since 8.6).
 */
export function deploy(run: Run, prepared: PreparedDeployment): DeploymentResponse {
  const deploymentKey = run.keys.next();
  const known = allKnown(run, prepared);
  if (!known) run.state.deployments.insertDeployment(deploymentKey, run.now);
  const give = (kind: Kind, id: string): Version => {
    const latest = run.state.deployments.latest(kind, id);
    if (known) return { key: latest!.key, version: latest!.version, deploymentKey, duplicate: true };
    return { key: run.keys.next(), version: (latest?.version ?? 0) + 1, deploymentKey, duplicate: false };
  };
  const decisions: DeployedDecision[] = [];
  const response = {
    deploymentKey,
    decisionRequirements: prepared.drgs.map((drg) => {
      const at = give('drg', drg.drgId);
      decisions.push(...deployDecisions(run, drg, at));
      return {
        ...versionOf(drg, at),
        decisionRequirementsKey: at.key,
        decisionRequirementsId: drg.drgId,
        name: drg.name,
      };
    }),
    forms: prepared.forms.map((form) => deployForm(run, form, give('form', form.formId))),
    resources: prepared.resources.map((file) => deployResource(run, file, give('resource', file.resourceId))),
    processes: prepared.processes.map((process) =>
      deployProcess(run, process, give('process', process.spec.processId)),
    ),
  };
  run.state.definitions.forget();
  return { ...response, decisions };
}

function allKnown(run: Run, { processes, drgs, forms, resources }: PreparedDeployment): boolean {
  const isKnown = (kind: Kind, id: string, { checksum, resourceName }: File) => {
    const latest = run.state.deployments.latest(kind, id);
    return latest?.usable === 1 && latest.checksum === checksum && latest.resourceName === resourceName;
  };
  // another graph may have brought a newer version of a decision since
  const areNewest = ({ drgId, decisions }: PreparedDrg) => {
    const latest = run.state.deployments.latest('drg', drgId)!;
    return decisions.every(({ id }) => run.state.definitions.decision('latest', id)?.requirementsKey === latest.key);
  };
  return (
    processes.every((process) => isKnown('process', process.spec.processId, process)) &&
    drgs.every((drg) => isKnown('drg', drg.drgId, drg) && areNewest(drg)) &&
    forms.every((form) => isKnown('form', form.formId, form)) &&
    resources.every((file) => isKnown('resource', file.resourceId, file))
  );
}

const versionOf = ({ resourceName }: File, { version, duplicate }: Version) => ({ resourceName, version, duplicate });

function deployDecisions(run: Run, drg: PreparedDrg, at: Version): DeployedDecision[] {
  const { deployments, definitions } = run.state;
  const shared = { decisionRequirementsKey: at.key, decisionRequirementsId: drg.drgId, duplicate: at.duplicate };
  if (at.duplicate) {
    return definitions.decisionsOf(at.key).map(({ key, decisionId, name, version }) => ({
      ...shared,
      decisionDefinitionKey: key,
      decisionDefinitionId: decisionId,
      name,
      version,
    }));
  }
  deployments.insertRequirements({ ...drg, ...at }, drg.drgId, drg.name, drg.xml);
  return drg.decisions.map(({ id, name, versionTag }) => {
    const key = run.keys.next();
    const version = deployments.latestDecisionVersion(id) + 1;
    const identity = { key, version, decision_id: id, name, version_tag: versionTag };
    deployments.insertDecision({ ...identity, decision_requirements_key: at.key, deployment_key: at.deploymentKey });
    return { ...shared, decisionDefinitionKey: key, decisionDefinitionId: id, name, version };
  });
}

function deployForm(run: Run, form: PreparedForm, at: Version) {
  if (!at.duplicate) run.state.deployments.insertForm({ ...form, ...at }, form.formId, form.versionTag, form.schema);
  return { ...versionOf(form, at), formKey: at.key, formId: form.formId };
}

function deployResource(run: Run, file: PreparedResource, at: Version) {
  if (!at.duplicate) {
    run.state.deployments.insertResource({ ...file, ...at }, file.resourceId, file.versionTag, file.content);
  }
  return { ...versionOf(file, at), resourceKey: at.key, resourceId: file.resourceId };
}

function deployProcess(run: Run, process: PreparedProcess, at: Version) {
  const { spec, xml } = process;
  const { deployments, definitions } = run.state;
  if (!at.duplicate) {
    const before = definitions.latestProcess(spec.processId);
    deployments.insertProcess({ ...process, ...at }, spec, xml);
    if (before) closeStartEvents(run, before.key);
    try {
      openStartEvents(run, definitions.process(at.key)!);
    } catch (error) {
      if (!(error instanceof Incident)) throw error;
      // the cache has met a definition that is about to be taken back
      definitions.forgetAll();
      const reason = `Expected to deploy new resources, but encountered the following errors:\n'${process.resourceName}': ${error.message}`;
      throw new CommandRejection('INVALID_ARGUMENT', reason);
    }
  }
  return { ...versionOf(process, at), processDefinitionKey: at.key, processDefinitionId: spec.processId };
}

/** Running instances keep what they need; the version before is the one that timers and messages start again. */
export function deleteResource(run: Run, request: DeleteResourceRequest): DeleteResourceResponse {
  const { resourceKey, deleteHistory = false, actor } = request;
  const { definitions, deployments } = run.state;
  const process = definitions.process(resourceKey);
  if (findDefinition(run, resourceKey)?.draining) {
    const reason = `Expected to delete process definition with key \`${resourceKey}\`, but it is already being deleted.`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  const wasLatest = process && definitions.latestProcess(process.processId)?.key === resourceKey;
  const decisions = definitions.decisionsOf(resourceKey).map(({ key }) => key);
  const kind = deployments.markDeleted(resourceKey);
  if (!kind && !(deleteHistory && deployments.isDeletedProcess(resourceKey))) {
    const reason = `Expected to delete resource but no resource found with key \`${resourceKey}\``;
    throw new CommandRejection('NOT_FOUND', reason);
  }
  definitions.forget();
  if (process && kind === 'process' && wasLatest) {
    closeStartEvents(run, process.key);
    const before = definitions.latestProcess(process.processId);
    if (before) openStartEvents(run, before);
  }
  const batchOperation = deleteHistory ? deleteHistoryOf(run, resourceKey, kind, decisions, actor) : null;
  return { resourceKey, batchOperation };
}

/** That of a process goes once none of its instances runs any more: definition-purge.ts. */
function deleteHistoryOf(
  run: Run,
  resourceKey: number,
  kind: Kind | undefined,
  decisions: number[],
  actor: Actor | undefined,
): CreateBatchOperationResponse | null {
  if (kind === 'drg') {
    const condition = 'decision_definition_key IN (SELECT value FROM json_each(?))';
    const selection = { condition, parameters: [JSON.stringify(decisions)] };
    return createBatchOperation(run, { plan: { type: 'DELETE_DECISION_INSTANCE' }, selection, actor });
  }
  if (kind === 'process' || kind === undefined) run.state.deployments.purge(resourceKey);
  return null;
}
