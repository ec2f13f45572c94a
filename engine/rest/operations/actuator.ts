import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../engine.ts';
import { json, noContent, text, type Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { ReadStatements } from '../read-statements.ts';

/** With less space than this the next commits may fail (Spring's threshold is the same). */
const minFreeBytes = 10 * 1024 * 1024;

type Component = { status: 'UP' | 'DOWN'; details: object };

const component = (isUp: boolean, details: object): Component => ({ status: isUp ? 'UP' : 'DOWN', details });

/** The database can be read, the last thing that was to be written could be, and there is space for more. */
async function componentsOf(engine: Engine, read: ReadStatements) {
  return { db: database(engine, read), diskSpace: await diskSpace(path.dirname(path.resolve(engine.file))) };
}

function database(engine: Engine, read: ReadStatements): Component {
  try {
    read.get('SELECT name, value FROM engine_meta LIMIT 1');
  } catch (error) {
    engine.log.error({ err: error }, 'the database could not be read');
    return component(false, { database: 'SQLite', error: 'It cannot be read' });
  }
  const { healthy } = engine.status();
  return component(healthy, { database: 'SQLite', ...(!healthy && { error: 'It cannot be written to' }) });
}

async function diskSpace(folder: string): Promise<Component> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return component(free >= minFreeBytes, { total: blocks * bsize, free, threshold: minFreeBytes, path: folder });
}

async function health(engine: Engine, read: ReadStatements) {
  const components = await componentsOf(engine, read);
  const isUp = Object.values(components).every(({ status }) => status === 'UP');
  return { status: isUp ? 'UP' : 'DOWN', isUp, components };
}

/** What Spring Boot's actuator answers for a cluster, and the status that the REST API has itself. */
export const actuatorOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v2/status',
    name: 'GetStatus',
    answer: async ({ engine, read }) => {
      if ((await health(engine, read)).isUp) return noContent;
      throw new Problem(503, 'Service Unavailable', 'The cluster is DOWN: see /actuator/health');
    },
  },
  {
    method: 'GET',
    path: '/actuator/health',
    name: 'GetHealth',
    answer: async ({ engine, read }) => {
      const { status, isUp, components } = await health(engine, read);
      return json({ status, components, groups: ['liveness', 'readiness'] }, isUp ? 200 : 503);
    },
  },
  {
    method: 'GET',
    path: '/actuator/health/liveness',
    name: 'GetLiveness',
    // a process that answers is alive: a full disk is not mended by starting it again
    answer: () => json({ status: 'UP' }),
  },
  {
    method: 'GET',
    path: '/actuator/health/readiness',
    name: 'GetReadiness',
    answer: async ({ engine, read }) => {
      const { isUp } = await health(engine, read);
      return json({ status: isUp ? 'UP' : 'OUT_OF_SERVICE' }, isUp ? 200 : 503);
    },
  },
  {
    method: 'GET',
    path: '/actuator/prometheus',
    name: 'GetMetrics',
    answer: async ({ engine, read }) => {
      // loaded when it is first asked for: a start need not wait for it
      const { expositionOf } = await import('../../metrics/exposition.ts');
      const exposition = expositionOf(engine, read);
      return text(await exposition.text(), exposition.contentType);
    },
  },
];
