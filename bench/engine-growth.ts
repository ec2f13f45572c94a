import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import {
  element,
  end,
  extensions,
  loop,
  model,
  path as flows,
  start,
  taskDefinition,
} from '../engine/testing/model.ts';
import { deploy } from './parts/deploy.ts';
import { figure, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { oneServiceTask } from './parts/models.ts';

/** Twice the time for each child, or for each kilobyte, would be a sign of something that is not linear. */
const mostGrowth = 2;

const loops = (id: string, type: string, inside: string, sequential: boolean) => {
  const collections = { inputCollection: '=items', inputElement: 'item', outputCollection: 'results' };
  const body = extensions(inside) + loop({ ...collections, outputElement: '=item + 1', sequential });
  return model(id, [start(), element(type, 'each', body), end(), flows('start', 'each', 'end')]);
};

/** The cost of a child, and of a kilobyte of a variable, when there are ten, a hundred, a thousand times as many. */
export function run(): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const engine = openEngine({ file: path.join(folder, 'engine.sqlite') });
    await deploy(engine, loops('parallel', 'serviceTask', taskDefinition('parallel'), false));
    // one after the other is a commit for each job: here nobody is waited for, so that only the engine is measured
    await deploy(
      engine,
      loops('sequential', 'scriptTask', '<zeebe:script expression="=item" resultVariable="r" />', true),
    );
    await deploy(engine, oneServiceTask('large', 'large'));
    const children = [10, 100, 1000, 10_000];
    const figures = [
      ...(await grow('parallel', 'CPU ms/child', children, (count) => runParallel(engine, count))),
      ...(await grow('sequential', 'CPU ms/child', children, (count) => create(engine, 'sequential', count))),
      ...(await grow('variable', 'CPU ms/KB', [1, 10, 100, 1000], (kilobytes) => runLarge(engine, kilobytes))),
    ];
    await engine.close();
    return figures;
  });
}

/**
 * Processor time, the best of some runs at each size: how long the disk takes for a commit is not what may grow. Sizes
 * beyond 100 are compared with 100, where fixed costs are small already.
 */
async function grow(
  name: string,
  unit: string,
  sizes: number[],
  runOne: (size: number) => Promise<unknown>,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  let base: number | undefined;
  for (const size of sizes) {
    let best = Infinity;
    let elapsedMs = Infinity;
    for (let turn = 0; turn < (size >= 10_000 ? 1 : 4); turn++) {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      await runOne(size);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
      elapsedMs = Math.min(elapsedMs, performance.now() - startedAt);
    }
    const ours = best / size;
    const compared = base !== undefined ? { peer: base, most: mostGrowth } : {};
    if (size === 100) base = ours;
    figures.push(
      figure(`engine-growth: ${name}, ${size}`, unit, { ours, ...compared }, { elapsedMs: round(elapsedMs) }),
    );
  }
  return figures;
}

function create(engine: Engine, processDefinitionId: string, children: number) {
  const items = Array.from({ length: children }, (_, index) => index);
  return engine.execute({
    type: 'process-instance.create',
    processDefinitionId,
    variables: { items },
    awaitCompletion: true,
    requestTimeoutMs: 600_000,
  });
}

async function runParallel(engine: Engine, children: number): Promise<void> {
  const ended = create(engine, 'parallel', children);
  const poll = { type: 'parallel', worker: 'bench', timeoutMs: 600_000, maxJobs: 100, fetchVariables: ['item'] };
  for (let completed = 0; completed < children; ) {
    const jobs = await engine.activateJobs(poll);
    await Promise.all(jobs.map(({ jobKey }) => engine.execute({ type: 'job.complete', jobKey })));
    completed += jobs.length;
  }
  await ended;
}

/** The variable is given, handed to the worker, and given back changed. */
async function runLarge(engine: Engine, kilobytes: number): Promise<void> {
  const text = 'x'.repeat(1000 * kilobytes);
  await engine.execute({ type: 'process-instance.create', processDefinitionId: 'large', variables: { text } });
  const [job] = await engine.activateJobs({ type: 'large', worker: 'bench', timeoutMs: 60_000, maxJobs: 1 });
  const variables = { text: `${(JSON.parse(job!.variablesJson) as { text: string }).text}y` };
  await engine.execute({ type: 'job.complete', jobKey: job!.jobKey, variables });
}
