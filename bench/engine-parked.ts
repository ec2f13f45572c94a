import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openEngine } from '../engine/open-engine.ts';
import { deploy, fill } from './parts/deploy.ts';
import { startEngineProcess, type EngineProcess } from './parts/engine-process.ts';
import { count, figure, percentile, round, type Figure } from './parts/figure.ts';
import { inFolder } from './parts/folder.ts';
import { oneServiceTask, oneUserTask } from './parts/models.ts';
import { searches, type Sample, type Search } from './parts/parked-searches.ts';
import { RestCaller } from './parts/rest-caller.ts';
import { workThrough } from './parts/rest-work.ts';

const parked = count('BENCH_PARKED', 1_000_000);
const rounds = count('BENCH_ROUNDS', 5);
const instancesPerRound = 1500;
const samples = count('BENCH_SAMPLES', 150);
/** As many as fill a page: the empty engine prints as much as the full one. */
const inEmpty = 100;
/** A clerk and a group have as many tasks in the full engine as in the empty one. */
const tasksPerClerk = 10;
const tasksPerGroup = 100;

interface Side {
  engine: EngineProcess;
  caller: RestCaller;
}

/** An engine with so many instances parked at a user task, against one that has hardly any. */
export function run(): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const [empty, full] = [path.join(folder, 'empty'), path.join(folder, 'full')];
    await fillFolder(empty, inEmpty);
    const emptyBytes = bytesOf(empty);
    const startedAt = performance.now();
    await fillFolder(full, parked);
    const fillSeconds = (performance.now() - startedAt) / 1000;
    const bytes = (bytesOf(full) - emptyBytes) / (parked - inEmpty);
    const starts = await measureStarts(empty, full);
    const sides = { empty: await open(empty), full: await open(full) };
    const work = await measureWork(sides);
    const found = await measureSearches(sides);
    const rss = (sides.full.engine.rssBytes() - sides.empty.engine.rssBytes()) / 2 ** 20;
    for (const { engine, caller } of Object.values(sides)) {
      caller.close();
      await engine.stop();
    }
    const details = { parked, filledPerSecond: round(parked / fillSeconds) };
    return [
      figure('engine-parked: disk', 'bytes/instance', { ours: bytes, most: 2560 }, details),
      figure('engine-parked: memory above empty', 'MiB', { ours: rss, most: 50 }),
      figure('engine-parked: start', 'ms', { ours: starts.full, peer: starts.empty, most: 1.5 }),
      figure('engine-parked: new work', 'instances/s', { ours: work.full, peer: work.empty, least: 0.8 }),
      ...found,
    ];
  });
}

async function fillFolder(folder: string, instances: number): Promise<void> {
  mkdirSync(folder);
  const engine = openEngine({ file: path.join(folder, 'engine.sqlite') });
  await deploy(engine, oneUserTask('parked'));
  await deploy(engine, oneServiceTask('work', 'work'));
  await fill(engine, 'parked', instances, (index) => ({
    clerk: `clerk${Math.floor(index / tasksPerClerk)}`,
    group: `group${Math.floor(index / tasksPerGroup)}`,
    amount: index,
  }));
  await engine.close();
}

const bytesOf = (folder: string) => statSync(path.join(folder, 'engine.sqlite')).size;

async function open(folder: string): Promise<Side> {
  const engine = await startEngineProcess(folder);
  return { engine, caller: new RestCaller(engine.address) };
}

/** The quickest of several starts, the two sides by turns. */
async function measureStarts(empty: string, full: string) {
  const best = { empty: Infinity, full: Infinity };
  for (let round = 0; round < rounds; round++) {
    for (const [side, folder] of [
      ['empty', empty],
      ['full', full],
    ] as const) {
      const engine = await startEngineProcess(folder);
      best[side] = Math.min(best[side], engine.startMs);
      await engine.stop();
    }
  }
  return best;
}

/** The best of several rounds, the two sides by turns: what else the machine does hits one side only. */
async function measureWork(sides: Record<'empty' | 'full', Side>) {
  const best = { empty: 0, full: 0 };
  for (let round = 0; round <= rounds; round++) {
    for (const side of ['empty', 'full'] as const) {
      const startedAt = performance.now();
      await workThrough(sides[side].caller, 'work', 'work', instancesPerRound);
      const perSecond = (instancesPerRound / (performance.now() - startedAt)) * 1000;
      if (round > 0) best[side] = Math.max(best[side], perSecond);
    }
  }
  return best;
}

async function measureSearches(sides: Record<'empty' | 'full', Side>): Promise<Figure[]> {
  const sample = { empty: await sampleOf(sides.empty.caller), full: await sampleOf(sides.full.caller) };
  const figures: Figure[] = [];
  for (const search of searches) {
    const timesMs: Record<'empty' | 'full', number[]> = { empty: [], full: [] };
    for (let index = -10; index < samples; index++) {
      for (const side of ['empty', 'full'] as const) {
        const elapsedMs = await timed(sides[side].caller, search, sample[side]);
        if (index >= 0) timesMs[side].push(elapsedMs);
      }
    }
    const [ours, peer] = [percentile(timesMs.full, 0.99), percentile(timesMs.empty, 0.99)];
    const [medianMs, emptyMedianMs] = [percentile(timesMs.full, 0.5), percentile(timesMs.empty, 0.5)].map(round);
    figures.push(
      figure(`engine-parked: ${search.name}`, 'ms (p99)', { ours, peer, most: 2 }, { medianMs, emptyMedianMs }),
    );
  }
  return figures;
}

async function timed(caller: RestCaller, search: Search, sample: Sample): Promise<number> {
  const startedAt = performance.now();
  await caller.post(search.path, { filter: search.filter(sample) });
  return performance.now() - startedAt;
}

async function sampleOf(caller: RestCaller): Promise<Sample> {
  const found = (await caller.post('/v2/user-tasks/search', {
    filter: { elementId: 'decide' },
    page: { limit: 1, from: inEmpty / 2 },
  })) as { items: Record<string, string>[] };
  const { processInstanceKey, processDefinitionKey, userTaskKey, elementInstanceKey, assignee, candidateGroups } =
    found.items[0]!;
  return {
    processInstanceKey: processInstanceKey!,
    processDefinitionKey: processDefinitionKey!,
    userTaskKey: userTaskKey!,
    elementInstanceKey: elementInstanceKey!,
    clerk: assignee!,
    group: candidateGroups![0]!,
    businessId: 'none',
  };
}
