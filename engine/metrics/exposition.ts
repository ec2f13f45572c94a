import { statSync } from 'node:fs';
import { collectDefaultMetrics, Registry, type Metric } from 'prom-client';
import type { Engine } from '../engine.ts';
import type { ReadStatements } from '../rest/read-statements.ts';
import { countRows } from './count-rows.ts';
import type { Distribution } from './distribution.ts';
import type { RequestTimes } from './request-times.ts';

type Labels = Record<string, string>;
type Value = { labels: Labels; value: number };

/** Zeebe labels everything with the partition; there is one. */
const partition = '1';
/** As Zeebe prints it outside of Camunda's SaaS. */
const organizationId = 'null';

/** What an engine and its gateways have counted, in the text format of Prometheus, under Zeebe's names where it has one. */
export class Exposition {
  readonly #registry = new Registry();
  readonly #engine: Engine;

  constructor(engine: Engine, read: ReadStatements) {
    this.#engine = engine;
    collectDefaultMetrics({ register: this.#registry });
    this.#events();
    this.#processing();
    this.#requests();
    this.#rows(read);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #events(): void {
    const { events } = this.#engine.figures;
    this.#counter('zeebe_element_instance_events_total', 'Number of process element instance events', () =>
      [...events.elements].flatMap(([type, counts]) =>
        Object.entries(counts).map(([action, value]) => ({ labels: { action, type, partition }, value })),
      ),
    );
    this.#counter('zeebe_job_events_total', 'Number of job events', () =>
      [...events.jobs.values()].flatMap(({ type, kind, counts }) =>
        [...counts].map(([action, value]) => ({ labels: { action, type, job_kind: kind, partition }, value })),
      ),
    );
    const byAction = (counts: Record<string, number>, labels: Labels = {}) =>
      Object.entries(counts).map(([action, value]) => ({ labels: { action, ...labels, partition }, value }));
    this.#counter('zeebe_incidents_events_total', 'Number of incident events', () => byAction(events.incidents));
    this.#counter('zeebe_executed_instances_total', 'Number of executed (root) process instances', () =>
      byAction(events.rootInstances, { organizationId, type: 'ROOT_PROCESS_INSTANCE' }),
    );
    this.#counter('zeebe_process_instance_creations_total', 'Number of created (root) process instances', () =>
      Object.entries(events.creations).map(([mode, value]) => ({ labels: { creation_mode: mode, partition }, value })),
    );
    this.#counter(
      'zeebe_evaluated_dmn_elements_total',
      'Number of evaluated DMN elements including required decisions',
      () => byAction(events.decisions, { organizationId }),
    );
  }

  #processing(): void {
    const { figures, settings } = this.#engine;
    const status = () => this.#engine.status();
    const one = (value: number): Value[] => [{ labels: { partition }, value }];
    this.#counter('zeebe_stream_processor_records_total', 'Number of records processed by stream processor', () => [
      { labels: { action: 'processed', partition }, value: status().commands },
      { labels: { action: 'written', partition }, value: figures.events.events },
    ]);
    this.#counter('zeebe_received_request_count_total', 'Number of requests received', () => one(figures.received));
    this.#counter('zeebe_dropped_request_count_total', 'Number of requests dropped due to backpressure', () =>
      one(figures.dropped),
    );
    this.#gauge('zeebe_backpressure_inflight_requests_count', 'Current number of request inflight', () =>
      one(status().queuedCommands),
    );
    this.#gauge('zeebe_backpressure_requests_limit', 'Current limit for number of inflight requests', () =>
      one(settings.maxQueuedCommands),
    );
    this.#gauge('zeebe_health', 'Shows current health of the partition (1 = healthy, 0 = unhealthy)', () =>
      one(Number(status().healthy)),
    );
    this.#gauge('zeebe_long_polling_queued_current', 'Number of requests currently queued due to long polling', () =>
      one(status().openPolls),
    );
    this.#gauge('zeebe_broker_open_job_stream_count', 'Number of open job streams', () => one(status().openStreams));
    this.#counter('liandong_engine_rejections_total', 'Commands that were rejected', () => one(status().rejections));
    const distributions: [string, string, Distribution][] = [
      ['zeebe_stream_processor_latency_seconds', 'From queueing a command to its commit', figures.latencySeconds],
      ['zeebe_stream_processor_batch_processing_duration_seconds', 'Time of a batch', figures.batchSeconds],
      ['zeebe_stream_processor_batch_processing_commands', 'Commands of a batch', figures.batchCommands],
      [
        'zeebe_log_appender_commit_latency_seconds',
        'Time that a commit takes to reach the disk',
        figures.commitSeconds,
      ],
    ];
    for (const [name, help, distribution] of distributions) {
      this.#histogram(name, help, () => [{ labels: { partition }, distribution }]);
    }
  }

  #requests(): void {
    const { http, grpc } = this.#engine.figures;
    const print = (times: RequestTimes, label: (method: string, target: string, status: string) => Labels) =>
      times.entries().map(({ labels: { method, target, status }, seconds }) => ({
        labels: label(method, target, status),
        distribution: seconds,
      }));
    this.#histogram('http_server_requests_seconds', 'Duration of HTTP requests', () =>
      print(http, (method, uri, status) => ({ method, uri, status })),
    );
    this.#histogram('grpc_server_processing_duration_seconds', 'Duration of gRPC calls', () =>
      print(grpc, (methodType, method, statusCode) => ({
        service: 'gateway_protocol.Gateway',
        method,
        methodType,
        statusCode,
      })),
    );
  }

  #rows(read: ReadStatements): void {
    const rows = countRows(read, this.#engine.figures.events);
    const gauge = (name: string, help: string, count: () => number, labels: Labels = {}) =>
      this.#gauge(name, help, () => [{ labels, value: count() }]);
    gauge('zeebe_pending_incidents_total', 'Number of pending incidents', rows.pendingIncidents, { partition });
    gauge('zeebe_buffered_messages_count', 'Number of messages buffered', rows.bufferedMessages, { partition });
    gauge('liandong_engine_active_process_instances', 'Process instances that run', rows.activeProcessInstances);
    gauge('liandong_engine_waiting_jobs', 'Jobs that wait for a worker, counted up to a limit', rows.waitingJobs);
    gauge('liandong_engine_due_timers', 'Timers that are due now, counted up to a limit', () =>
      rows.dueTimers(this.#engine.clock.now()),
    );
    const bytes = (suffix: string) => () =>
      statSync(`${this.#engine.file}${suffix}`, { throwIfNoEntry: false })?.size ?? 0;
    gauge('liandong_engine_database_bytes', 'Size of the database file', bytes(''));
    gauge('liandong_engine_wal_bytes', 'Size of the write-ahead log', bytes('-wal'));
  }

  #counter(name: string, help: string, values: () => Value[]): void {
    this.#add(name, help, 'counter', values);
  }

  #gauge(name: string, help: string, values: () => Value[]): void {
    this.#add(name, help, 'gauge', values);
  }

  #histogram(name: string, help: string, series: () => { labels: Labels; distribution: Distribution }[]): void {
    this.#add(name, help, 'histogram', () => series().flatMap((entry) => buckets(name, entry)));
  }

  /** prom-client prints whatever has a name and tells its values when asked: nothing is done between two readings. */
  #add(name: string, help: string, type: string, values: () => Value[]): void {
    const metric = { name, get: async () => ({ name, help, type, aggregator: 'sum', values: values() }) };
    this.#registry.registerMetric(metric as unknown as Metric);
  }
}

function buckets(name: string, { labels, distribution }: { labels: Labels; distribution: Distribution }) {
  let below = 0;
  const counts = [...distribution.bounds, '+Inf'].map((bound, at) => {
    below += distribution.counts[at]!;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: String(bound) }, value: below };
  });
  return [
    ...counts,
    { metricName: `${name}_sum`, labels, value: distribution.sum },
    { metricName: `${name}_count`, labels, value: distribution.total },
  ];
}

const expositions = new WeakMap<Engine, Exposition>();

/** One for each engine, from the first time that somebody asks. */
export function expositionOf(engine: Engine, read: ReadStatements): Exposition {
  let exposition = expositions.get(engine);
  if (!exposition) expositions.set(engine, (exposition = new Exposition(engine, read)));
  return exposition;
}
