import { concurrently } from './deploy.ts';
import type { RestCaller } from './rest-caller.ts';

/** Creates so many instances of a process of one service task over REST and completes their jobs. */
export async function workThrough(
  caller: RestCaller,
  processDefinitionId: string,
  type: string,
  instances: number,
): Promise<void> {
  let created = 0;
  let completed = 0;
  const create = concurrently(32, () => {
    if (created++ >= instances) return undefined;
    return caller.post('/v2/process-instances', { processDefinitionId, variables: { amount: 2 } });
  });
  const work = async () => {
    const poll = { type, worker: 'bench', timeout: 60_000, maxJobsToActivate: 32, requestTimeout: 200 };
    while (completed < instances) {
      const { jobs } = (await caller.post('/v2/jobs/activation', poll)) as { jobs: { jobKey: string }[] };
      await Promise.all(
        jobs.map(async ({ jobKey }) => {
          await caller.post(`/v2/jobs/${jobKey}/completion`, { variables: { done: true } });
          completed++;
        }),
      );
    }
  };
  await Promise.all([create, work(), work()]);
}
