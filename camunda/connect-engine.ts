import { Camunda8 } from '@camunda8/sdk';
import type { JobHandler } from '../domain/ports/engine-job.ts';
import type { Log } from '../domain/ports/log.ts';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import { commands } from './commands.ts';
import { deploy } from './deploy.ts';
import { searches } from './searches.ts';
import { subscribe, type Subscription } from './subscribe.ts';
import { userTasks } from './user-tasks.ts';

export interface EngineSettings {
  /** e.g. `http://127.0.0.1:8080`. The SDK's other variables (OAuth, TLS, tenant) are read from the environment. */
  address: string;
  /** Basic auth; without it the environment's CAMUNDA_AUTH_STRATEGY decides. */
  credentials?: { username: string; password: string };
}
export interface EngineConnection {
  engine: ProcessEngine;
  subscribe(handlers: JobHandler[]): Subscription;
}

/** Speaks to whatever answers Camunda's REST API at the address; opens nothing before the first call. */
export function connectEngine(settings: EngineSettings, log: Log): EngineConnection {
  // Only the environment can say this. The SDK's other profiles let 16 calls through at a time from the start, and count a
  // poll that waits for jobs as one of them: with more job types than that, some would never be asked for.
  process.env.CAMUNDA_SDK_BACKPRESSURE_PROFILE ??= 'LEGACY';
  const camunda = new Camunda8({
    // The SDK's wrapper reads the address from this name only, and knows CAMUNDA_REST_ADDRESS not at all.
    ZEEBE_REST_ADDRESS: settings.address,
    // What it would print is told by our own log, once.
    CAMUNDA_LOG_LEVEL: 'none',
    ...(settings.credentials && {
      CAMUNDA_AUTH_STRATEGY: 'BASIC',
      CAMUNDA_BASIC_AUTH_USERNAME: settings.credentials.username,
      CAMUNDA_BASIC_AUTH_PASSWORD: settings.credentials.password,
    }),
  });
  const client = camunda.getOrchestrationClusterApiClient({}, { cached: false });
  return {
    engine: {
      deploy: (files) => deploy(client, files),
      ...commands(client),
      ...userTasks(client),
      ...searches(client),
    },
    subscribe: (handlers) => subscribe(client, handlers, log),
  };
}
