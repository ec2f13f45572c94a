import { Duration } from 'luxon';
import { json, type Operation, type RestRequest } from '../operation.ts';
import { badRequest, invalidArgument } from '../problem.ts';
import { forwardPage } from '../search/forward-page.ts';
import {
  globalJobs,
  jobErrors,
  jobsByType,
  jobsByWorker,
  jobsOverTime,
  type JobWindow,
} from '../searches/job-statistics.ts';
import { instantOf } from './usage-metrics.ts';

const minuteMs = 60_000;
const maxParts = 1000;

/** All that there is, where the request names no window. */
function windowOf(filter: { from?: string; to?: string } | null | undefined): JobWindow {
  return {
    ...filter,
    from: filter?.from ? instantOf(filter.from) : 0,
    to: filter?.to ? instantOf(filter.to) : Number.MAX_SAFE_INTEGER,
  };
}

/** As asked for, or whole minutes so that a thousand parts at most come of it. */
function stepOf({ from, to }: JobWindow, resolution: string | null | undefined) {
  const span = Math.max(to - from, minuteMs);
  if (!resolution) return Math.ceil(span / maxParts / minuteMs) * minuteMs;
  const stepMs = Duration.fromISO(resolution).toMillis();
  if (Number.isFinite(stepMs) && stepMs > 0) return Math.round(stepMs);
  throw invalidArgument([
    `The provided resolution '${resolution}' cannot be parsed as a duration according to ISO 8601 (e.g. PT1M, PT1H)`,
  ]);
}

function requireWindow({ filter }: { filter?: JobFilter | null }) {
  for (const name of ['from', 'to'] as const) {
    if (filter && (filter[name] ?? null) === null) throw badRequest(`${name} must not be null`);
  }
}

function requireJobType(body: { filter: JobFilter & { jobType: string } }, invalid: string[]) {
  requireWindow(body);
  if (body.filter.jobType.trim() === '') invalid.push('No jobType provided');
}

interface JobFilter {
  from?: string | null;
  to?: string | null;
}

function statistics(
  path: string,
  name: string,
  count: (request: RestRequest, window: JobWindow) => unknown[],
): Operation {
  return {
    method: 'POST',
    path: `/v2/jobs/statistics/${path}`,
    name,
    rules: path === 'by-types' ? requireWindow : requireJobType,
    answer: (request) => json(forwardPage(count(request, windowOf(request.body.filter)), request.body.page)),
  };
}

export const jobStatisticsOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v2/jobs/statistics/global',
    name: 'GetGlobalJobStatistics',
    answer: ({ read, query }) => {
      const window = windowOf({ from: query.get('from')!, to: query.get('to')! });
      return json(globalJobs(read, { ...window, jobType: query.get('jobType') }));
    },
  },
  statistics('by-types', 'GetJobTypeStatistics', ({ read }, window) => jobsByType(read, window)),
  statistics('by-workers', 'GetJobWorkerStatistics', ({ read }, window) => jobsByWorker(read, window)),
  statistics('time-series', 'GetJobTimeSeriesStatistics', ({ read, body }, window) =>
    jobsOverTime(read, window, stepOf(window, body.filter.resolution)),
  ),
  statistics('errors', 'GetJobErrorStatistics', ({ read }, window) => jobErrors(read, window)),
];
