import type { ServerWritableStream } from '@grpc/grpc-js';
import { CommandRejection } from '../../command-rejection.ts';
import type { ActivatedJob } from '../../commands.ts';
import type { Engine } from '../../engine.ts';
import { JobDelivery } from '../job-delivery.ts';
import { durationMsOf, requireDefaultTenant } from '../read.ts';
import { InvalidRequest } from '../rpc.ts';
import { printedJob } from './printed-job.ts';

interface ActivateMessage {
  type: string;
  worker: string;
  timeout: number;
  maxJobsToActivate: number;
  fetchVariable: string[];
  requestTimeout: number;
  tenantIds: string[];
}

export type JobCall<T = ActivateMessage> = ServerWritableStream<T, object>;

/** More characters of variables than this go into a further message: clients take 4 MB, and UTF-8 may need 3 bytes. */
const maxCharactersPerMessage = 1_000_000;

/** Answers with the jobs that are there, or waits for the first ones. */
export async function activateJobs(call: JobCall, engine: Engine): Promise<void> {
  const { request } = call;
  checkActivation(request);
  const aborted = new AbortController();
  call.once('cancelled', () => aborted.abort());
  const delivery = new JobDelivery(engine, call);
  const jobs = await engine.activateJobs(
    {
      type: request.type,
      worker: request.worker,
      timeoutMs: durationMsOf(request.timeout),
      maxJobs: request.maxJobsToActivate,
      fetchVariables: request.fetchVariable,
      requestTimeoutMs: Math.min(request.requestTimeout, maxTimerMs),
    },
    aborted.signal,
  );
  for (const batch of batches(jobs)) delivery.send({ jobs: batch.map(printedJob) }, batch);
  call.end();
}

/** What a timer of Node.js can wait at most. */
const maxTimerMs = 2 ** 31 - 1;

function checkActivation({ type, timeout, maxJobsToActivate, tenantIds }: ActivateMessage) {
  for (const tenantId of tenantIds) requireDefaultTenant('ActivateJobs', tenantId);
  const reject = (what: string) => {
    throw new CommandRejection('INVALID_ARGUMENT', `Expected to activate job batch with ${what}`);
  };
  if (maxJobsToActivate < 1) {
    reject(`max jobs to activate to be greater than zero, but it was '${maxJobsToActivate}'`);
  }
  if (timeout < 1) reject(`timeout to be greater than zero, but it was '${timeout}'`);
  if (type === '') reject('type to be present, but it was blank');
}

function batches(jobs: ActivatedJob[]): ActivatedJob[][] {
  const result: ActivatedJob[][] = [];
  let characters = maxCharactersPerMessage;
  for (const job of jobs) {
    characters += job.variablesJson.length;
    if (characters > maxCharactersPerMessage) {
      result.push([]);
      characters = job.variablesJson.length;
    }
    result.at(-1)!.push(job);
  }
  return result;
}

/** Sends each job in the tick of the commit that it appeared in, until the caller goes away. */
export function streamActivatedJobs(call: JobCall, engine: Engine): void {
  const { type, worker, timeout, fetchVariable, tenantIds } = call.request;
  for (const tenantId of tenantIds) requireDefaultTenant('StreamActivatedJobs', tenantId);
  const expected = 'Expected to stream activated jobs with';
  if (type.trim() === '') throw new InvalidRequest(`${expected} type to be present, but it was blank`);
  if (timeout < 1) throw new InvalidRequest(`${expected} timeout to be greater than zero, but it was ${timeout}`);
  const delivery = new JobDelivery(engine, call);
  const request = { type, worker, timeoutMs: durationMsOf(timeout), fetchVariables: fetchVariable };
  const stream = engine.streamJobs(request, (job) => delivery.send(printedJob(job), [job]));
  call.on('drain', () => stream.ready());
  call.once('cancelled', () => stream.close());
}
