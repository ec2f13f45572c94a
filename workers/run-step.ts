import { BusinessError } from '../domain/errors/business-error.ts';
import type { App } from '../domain/ports/app.ts';
import type { EngineJob, JobHandler, JobOutcome } from '../domain/ports/engine-job.ts';
import type { Worker } from './worker.ts';

/**
 * Runs a worker's step once per job: its answer is kept in the transaction of its effect, so a job that is delivered
 * again is answered with what it was answered the first time.
 */
export function stepHandler(app: App, worker: Worker): JobHandler {
  return { jobType: worker.jobType, variables: worker.reads, run: (job) => runStep(app, worker, job) };
}

export async function runStep(app: App, worker: Worker, job: EngineJob): Promise<JobOutcome> {
  const { jobKey, processInstanceKey } = job;
  try {
    const variables = await app.transaction(async (stores) => {
      const kept = await stores.jobResults.find(jobKey);
      if (kept) return kept;
      const context = { stores, now: app.clock.now(), realNow: app.realClock.now() };
      const outputs = await worker.step(context, job.variables, { processInstanceKey, jobKey });
      await stores.jobResults.insert(jobKey, worker.jobType, outputs, context.realNow);
      return outputs;
    });
    return { kind: 'COMPLETED', variables };
  } catch (error) {
    if (error instanceof BusinessError) return { kind: 'BPMN_ERROR', code: error.code, message: error.message };
    throw error;
  }
}
