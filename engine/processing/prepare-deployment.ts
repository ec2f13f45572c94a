import { createHash } from 'node:crypto';
import { CommandRejection } from '../command-rejection.ts';
import type { DeploymentRequest } from '../commands.ts';
import { drgSummary, type DrgSummary } from '../model/drg-summary.ts';
import type { ProcessSpec } from '../model/element-spec.ts';
import { parseProcesses } from '../model/parse-process.ts';
import { straightThroughLoop } from '../model/validate-loops.ts';
import type { Problem } from '../model/complaint.ts';
import { problemReport } from './problem-report.ts';

interface File {
  resourceName: string;
  checksum: string;
}

export interface PreparedProcess extends File {
  spec: ProcessSpec;
  xml: string;
}

export interface PreparedDrg extends File, DrgSummary {
  xml: string;
}

export interface PreparedForm extends File {
  formId: string;
  versionTag: string | null;
  schema: string;
}

/** A script of Camunda's RPA, for the reader of GET /v2/resources. */
export interface PreparedResource extends File {
  resourceId: string;
  versionTag: string | null;
  content: Buffer;
}

/** The files of a deployment, read and found to be sound; nothing is known yet of what was deployed before. */
export interface PreparedDeployment {
  processes: PreparedProcess[];
  drgs: PreparedDrg[];
  forms: PreparedForm[];
  resources: PreparedResource[];
}

/** @throws CommandRejection INVALID_ARGUMENT that names every file, element and reason, in Zeebe's words */
export async function prepareDeployment({ resources }: DeploymentRequest): Promise<PreparedDeployment> {
  if (resources.length === 0) {
    throw new CommandRejection('INVALID_ARGUMENT', 'Expected to deploy at least one resource, but none given');
  }
  const prepared: PreparedDeployment = { processes: [], drgs: [], forms: [], resources: [] };
  const failures: string[] = [];
  for (const { name, content } of resources) {
    const file = { resourceName: name, checksum: createHash('md5').update(content).digest('hex') };
    try {
      const failure = await prepareFile(prepared, file, Buffer.from(content));
      if (failure) failures.push(failure);
    } catch (error) {
      failures.push(`'${name}': ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  failures.push(...duplicateIds(prepared));
  if (failures.length === 0) failures.push(...missingInDeployment(prepared));
  if (failures.length === 0) return prepared;
  const reason = `Expected to deploy new resources, but encountered the following errors:\n${failures.join('\n')}`;
  throw new CommandRejection('INVALID_ARGUMENT', reason);
}

/** @returns what is wrong with the file, in the words of Zeebe's transformers */
async function prepareFile(into: PreparedDeployment, file: File, content: Buffer): Promise<string | undefined> {
  const { resourceName } = file;
  const extension = /\.(\w+)$/.exec(resourceName)?.[1];
  if (extension === 'bpmn' || extension === 'xml') {
    const xml = content.toString('utf8');
    const { processes, problems } = await parseProcesses(xml);
    if (problems.length > 0) return `'${resourceName}': ${problemReport(problems)}`;
    const loops = loopsIn(resourceName, processes);
    if (loops) return loops;
    into.processes.push(...processes.map((spec) => ({ ...file, spec, xml })));
  } else if (extension === 'dmn') {
    const xml = content.toString('utf8');
    into.drgs.push({ ...file, ...drgSummary(xml), xml });
  } else if (extension === 'form') return prepareForm(into, file, content.toString('utf8'));
  else if (extension === 'rpa') return prepareScript(into, file, content);
  else return `\n'${resourceName}': unknown resource type`;
  return undefined;
}

function prepareForm(into: PreparedDeployment, file: File, schema: string): string | undefined {
  const found = identityIn(schema, 'form', file);
  if (typeof found === 'string') return found;
  into.forms.push({ ...file, formId: found.id, versionTag: found.versionTag, schema });
  return undefined;
}

function prepareScript(into: PreparedDeployment, file: File, content: Buffer): string | undefined {
  const found = identityIn(content.toString('utf8'), 'resource', file);
  if (typeof found === 'string') return found;
  into.resources.push({ ...file, resourceId: found.id, versionTag: found.versionTag, content });
  return undefined;
}

/** @returns what the JSON says of itself, or what is wrong with it */
function identityIn(text: string, what: 'form' | 'resource', { resourceName }: File) {
  let json: { id?: unknown; versionTag?: unknown } | null;
  try {
    json = JSON.parse(text) as typeof json;
  } catch (error) {
    return `Failed to parse ${what} JSON. '${resourceName}': ${(error as Error).message}`;
  }
  if (typeof json?.id !== 'string') return `Expected the ${what} id to be present, but none given`;
  if (json.id.trim() === '') return `Expected the ${what} id to be filled, but it is blank`;
  const versionTag = typeof json.versionTag === 'string' && json.versionTag !== '' ? json.versionTag : null;
  return { id: json.id, versionTag };
}

function loopsIn(resourceName: string, processes: ProcessSpec[]): string {
  const found = processes.map((process) => ({ id: process.processId, loop: straightThroughLoop(process, processes) }));
  return found
    .filter(({ loop }) => loop)
    .map(
      ({ id, loop }) =>
        `\`${resourceName}\`: - Process: ${id}\n    - ERROR: Processes are not allowed to contain a straight-through processing loop: ${loop!.join(' > ')}\n`,
    )
    .join('');
}

/** What is bound by deployment must come with it, where the model itself names it. */
function missingInDeployment({ processes, drgs, forms }: PreparedDeployment): string[] {
  const given = {
    process: new Set(processes.map(({ spec }) => spec.processId)),
    decision: new Set(drgs.flatMap(({ decisions }) => decisions.map(({ id }) => id))),
    form: new Set(forms.map(({ formId }) => formId)),
  };
  return processes.flatMap(({ spec, resourceName }) => {
    const problems: Problem[] = [];
    for (const { id: elementId, called, decision, userTask } of spec.elements) {
      const bound = [
        ['process', 'calledElement', called?.binding, called?.processId],
        ['decision', 'calledDecision', decision?.binding, decision?.decisionId],
        ['form', 'formDefinition', userTask?.formBinding, userTask?.formId],
      ] as const;
      for (const [what, extension, binding, id] of bound) {
        if (binding !== 'deployment' || !id || id.startsWith('=') || given[what].has(id)) continue;
        const message = `Expected to find ${what} with id '${id}' in current deployment, but not found.`;
        problems.push({ elementId: `${elementId} > extensionElements > ${extension}`, message });
      }
    }
    return problems.length === 0 ? [] : [`'${resourceName}':\n${problemReport(problems)}`];
  });
}

function duplicateIds({ processes, drgs, forms, resources }: PreparedDeployment): string[] {
  const failures: string[] = [];
  const check = (named: { id: string; resourceName: string }[], text: (id: string, a: string, b: string) => string) => {
    const seen = new Map<string, string>();
    for (const { id, resourceName } of named) {
      const other = seen.get(id);
      if (other === undefined) seen.set(id, resourceName);
      else failures.push(text(id, other, resourceName));
    }
  };
  check(
    processes.map(({ spec, resourceName }) => ({ id: spec.processId, resourceName })),
    (_, a, b) => `Duplicated process id in resources '${a}' and '${b}'`,
  );
  const unique = (what: string) => (id: string, a: string, b: string) =>
    `Expected the ${what} ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${a}' and '${b}'.`;
  check(
    drgs.map(({ drgId, resourceName }) => ({ id: drgId, resourceName })),
    unique('decision requirements'),
  );
  check(
    drgs.flatMap(({ decisions, resourceName }) => decisions.map(({ id }) => ({ id, resourceName }))),
    unique('decision'),
  );
  check(
    forms.map(({ formId, resourceName }) => ({ id: formId, resourceName })),
    unique('form'),
  );
  check(
    resources.map(({ resourceId, resourceName }) => ({ id: resourceId, resourceName })),
    unique('resource'),
  );
  return failures;
}
