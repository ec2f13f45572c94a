import type { ExecutionContext } from 'ava';
import type { EngineSettings } from '../settings.ts';
import { deploy, now, startRestEngine, type RestEngine } from '../rest/testing/rest-engine.ts';

/** One engine for a test file, driven by Camunda's own client; models of a file must have process ids of their own. */
export class Scene {
  readonly engine: RestEngine;

  private constructor(engine: RestEngine) {
    this.engine = engine;
  }

  static async open(settings?: Partial<EngineSettings>): Promise<Scene> {
    return new Scene(await startRestEngine(settings));
  }

  /** Searches answer at once: the engine commits before it answers. */
  readonly now = now;

  get client(): RestEngine['client'] {
    return this.engine.client;
  }

  deploy(files: Record<string, string>) {
    return deploy(this.engine, files);
  }

  /** @returns the key of a new instance of the process */
  async create(processDefinitionId: string, variables: Record<string, unknown> = {}): Promise<string> {
    const created = await this.client.createProcessInstance({ processDefinitionId, variables } as never);
    return String(created.processInstanceKey);
  }

  /** Deploys the model and starts it. */
  async run(processId: string, xml: string, variables: Record<string, unknown> = {}): Promise<string> {
    await this.deploy({ [`${processId}.bpmn`]: xml });
    return this.create(processId, variables);
  }

  /** Takes what is there now of the job type; waits for the first one at most so long. */
  async jobs(type: string, waitMs = 20_000, maxJobsToActivate = 50) {
    const answer = await this.engine.request('POST', '/v2/jobs/activation', {
      type,
      timeout: 60_000,
      worker: 'test',
      maxJobsToActivate,
      requestTimeout: waitMs,
    });
    return answer.body.jobs as ActivatedJob[];
  }

  async job(type: string): Promise<ActivatedJob> {
    const [job] = await this.jobs(type, 20_000, 1);
    if (!job) throw new Error(`no job of type ${type}`);
    return job;
  }

  async noJob(t: ExecutionContext, type: string): Promise<void> {
    t.deepEqual(await this.jobs(type, -1), []);
  }

  async complete(job: ActivatedJob, variables: Record<string, unknown> = {}, result?: unknown): Promise<void> {
    await this.client.completeJob({ jobKey: job.jobKey, variables, result } as never);
  }

  async completeNext(type: string, variables: Record<string, unknown> = {}): Promise<ActivatedJob> {
    const job = await this.job(type);
    await this.complete(job, variables);
    return job;
  }

  /** Variables of the process instance by name. */
  async variables(processInstanceKey: string): Promise<Record<string, unknown>> {
    const filter = { processInstanceKey, scopeKey: processInstanceKey };
    const found = await this.client.searchVariables({ filter, page: { limit: 100 } } as never, now);
    return Object.fromEntries(found.items.map(({ name, value }) => [name, JSON.parse(value)]));
  }

  async state(processInstanceKey: string): Promise<string> {
    return (await this.client.getProcessInstance({ processInstanceKey } as never, now)).state;
  }

  /** `element:STATE` of everything that happened in the instance, in the order that it began. */
  async history(processInstanceKey: string): Promise<string[]> {
    const found = await this.client.searchElementInstances(
      {
        filter: { processInstanceKey },
        sort: [{ field: 'elementInstanceKey', order: 'ASC' }],
        page: { limit: 200 },
      } as never,
      now,
    );
    return found.items.map(({ elementId, state }) => `${elementId}:${state}`);
  }

  async incidents(processInstanceKey: string) {
    const filter = { processInstanceKey, state: 'ACTIVE' };
    return (await this.client.searchIncidents({ filter } as never, now)).items;
  }

  async task(processInstanceKey: string, elementId?: string) {
    const filter = {
      processInstanceKey,
      state: { $in: ['CREATING', 'CREATED', 'ASSIGNING', 'UPDATING', 'COMPLETING', 'CANCELING'] },
      ...(elementId && { elementId }),
    };
    const { items } = await this.client.searchUserTasks({ filter } as never, now);
    if (items.length !== 1) throw new Error(`${items.length} open tasks instead of one`);
    return items[0]!;
  }

  publish(name: string, correlationKey: string, variables: Record<string, unknown> = {}, more: object = {}) {
    return this.client.publishMessage({ name, correlationKey, variables, ...more } as never);
  }

  close(): Promise<void> {
    return this.engine.stop();
  }
}

export interface ActivatedJob {
  jobKey: string;
  type: string;
  kind: string;
  listenerEventType: string;
  retries: number;
  elementId: string;
  processInstanceKey: string;
  elementInstanceKey: string;
  customHeaders: Record<string, string>;
  variables: Record<string, unknown>;
  userTask: {
    userTaskKey: string;
    action: string;
    assignee: string | null;
    candidateGroups: string[];
    changedAttributes: string[];
    dueDate: string | null;
    priority: number;
    formKey: string | null;
  } | null;
}
