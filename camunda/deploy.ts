import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { DeploymentRejected, type DeploymentProblem, type EngineDeployment } from '../domain/ports/process-engine.ts';
import { detailOf, engineFailure, statusOf } from './engine-errors.ts';

/** @throws DeploymentRejected, EngineUnavailable */
export async function deploy(
  client: CamundaClient,
  files: { name: string; content: string }[],
): Promise<EngineDeployment> {
  const resources = files.map((file) => new File([file.content], file.name, { type: mediaType(file.name) }));
  try {
    const answer = await client.createDeployment({ resources });
    return {
      deploymentKey: answer.deploymentKey,
      processes: answer.processes.map((process) => ({
        processDefinitionKey: process.processDefinitionKey,
        processId: process.processDefinitionId,
        version: process.processDefinitionVersion,
        resourceName: process.resourceName,
      })),
      forms: answer.forms.map(({ formKey, formId, version, resourceName }) => ({
        formKey,
        formId,
        version,
        resourceName,
      })),
    };
  } catch (error) {
    if (statusOf(error) === 400) throw new DeploymentRejected(readProblems(detailOf(error)));
    throw engineFailure(error);
  }
}

function mediaType(name: string) {
  return name.endsWith('.form') ? 'application/json' : 'application/xml';
}

/**
 * Zeebe writes `'ticket.bpmn': - Element: sign > extensionElements` and below it `- ERROR: why` for each problem; what
 * does not read so is kept whole as one problem.
 */
export function readProblems(detail: string): DeploymentProblem[] {
  const problems: DeploymentProblem[] = [];
  let file: string | null = null;
  let elementId: string | null = null;
  for (const line of detail.split('\n')) {
    const named = /^'([^']+)': ?(.*)$/.exec(line);
    if (named) {
      file = named[1]!;
      elementId = null;
      const rest = named[2]!.trim();
      if (rest !== '' && !rest.startsWith('- ')) problems.push({ file, elementId, message: rest });
    }
    const place = /- (?:Element|Process): ([^\s>]+)/.exec(line);
    if (place) elementId = place[1]!;
    const reason = /- (?:ERROR|WARNING): (.+)$/.exec(line);
    if (reason) problems.push({ file, elementId, message: reason[1]!.trim() });
  }
  return problems.length > 0 ? problems : [{ file: null, elementId: null, message: detail }];
}
