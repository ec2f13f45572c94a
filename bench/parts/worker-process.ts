import { clientOf } from './engine-process.ts';

/** A process of its own with the SDK's job workers for the types named behind the engine's address. */
const [address, parallel, ...types] = process.argv.slice(2);
const client = clientOf(address!);
for (const jobType of types) {
  client.createJobWorker({
    jobType,
    workerName: 'bench',
    maxParallelJobs: Number(parallel),
    jobTimeoutMs: 60_000,
    jobHandler: (job) => job.complete({ done: true }),
  });
}
