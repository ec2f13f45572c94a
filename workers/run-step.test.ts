import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import { BusinessError } from '../domain/errors/business-error.ts';
import type { App } from '../domain/ports/app.ts';
import type { EngineJob } from '../domain/ports/engine-job.ts';
import { type DatabaseKind, databases } from '../store/testing/databases.ts';
import { allWorkers } from './all-workers.ts';
import { elementTemplates } from './element-templates.ts';
import { stepHandler } from './run-step.ts';
import { defineWorker } from './worker.ts';

const template = { name: '计数', nameEn: 'Count', description: '', descriptionEn: '' };
const clock = { now: () => Date.UTC(2026, 10, 23, 1) };

const jobOf = (jobKey: string, variables: Record<string, unknown>): EngineJob => ({
  jobKey,
  jobType: 'count',
  retries: 3,
  processInstanceKey: '1',
  processDefinitionKey: '2',
  processId: 'p',
  elementId: 'e',
  elementInstanceKey: '3',
  variables,
  taskEvent: null,
});

const count = defineWorker({
  jobType: 'count',
  template,
  reads: { series: z.string(), fails: z.boolean().default(false) },
  async step({ stores, now }, { series, fails, jobKey, processInstanceKey }) {
    const number = await stores.sequences.next(series);
    if (fails) throw new BusinessError('TOO_MANY', `${series} is full`);
    return { number, now, jobKey, processInstanceKey };
  },
});

async function appOn(database: DatabaseKind, t: ExecutionContext): Promise<App> {
  const { store, drop } = await database.open();
  t.teardown(drop);
  return { clock, realClock: clock, stores: store.stores, transaction: store.transaction };
}

for (const database of databases) {
  test(`a job that is delivered twice has its effect once and gets the same answer (${database.name})`, async (t) => {
    const app = await appOn(database, t);
    const { run, variables } = stepHandler(app, count);
    t.deepEqual(variables, ['series', 'fails'], 'only what it reads is asked of the engine');
    const first = await run(jobOf('j1', { series: 'a' }));
    t.deepEqual(first, {
      kind: 'COMPLETED',
      variables: { number: 1, now: clock.now(), jobKey: 'j1', processInstanceKey: '1' },
    });
    t.deepEqual(await run(jobOf('j1', { series: 'a' })), first);
    t.like(await run(jobOf('j2', { series: 'a' })), { variables: { number: 2 } });
  });

  test(`what the process handles is a BPMN error, and leaves nothing written (${database.name})`, async (t) => {
    const app = await appOn(database, t);
    const { run } = stepHandler(app, count);
    t.deepEqual(await run(jobOf('j3', { series: 'b', fails: true })), {
      kind: 'BPMN_ERROR',
      code: 'TOO_MANY',
      message: 'b is full',
    });
    t.like(await run(jobOf('j4', { series: 'b' })), { variables: { number: 1 } });
  });
}

test('a drawing that does not give what the step reads makes an incident that names the variable', async (t) => {
  const app = await appOn(databases[0]!, t);
  const { run } = stepHandler(app, count);
  await t.throwsAsync(run(jobOf('j5', { series: 7 })), { message: /series/ });
});

test('every worker is named like its file, is in the list once, and has a template in both languages', (t) => {
  const types = allWorkers.map(({ jobType }) => jobType);
  t.is(new Set(types).size, types.length);
  const files = readdirSync(fileURLToPath(new URL('.', import.meta.url))).map((name) => name.replace(/\.ts$/, ''));
  t.deepEqual(
    types.filter((type) => !files.includes(type)),
    [],
  );
  for (const locale of ['zh-CN', 'en'] as const) {
    const templates = elementTemplates(locale) as { id: string; name: string; properties: { value?: string }[] }[];
    for (const type of types) {
      const found = templates.find(({ id }) => id === `liandong.${type}`)!;
      t.is(found.properties[0]!.value, type);
      t.is(/[一-鿿]/.test(found.name), locale === 'zh-CN', found.name);
    }
  }
});
