import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import { stories, type Story } from '../testing/reference/process-tree.ts';
import { SideBySide } from '../testing/reference/side-by-side.ts';

/** RANDOM_STORIES=5000 looks longer, RANDOM_STORY_SEED=n begins elsewhere. */
const numRuns = Number(process.env.RANDOM_STORIES ?? 150);
const seed = Number(process.env.RANDOM_STORY_SEED ?? 1);
/** What has parted the two, and what parts them where the engine is broken in the way that the file's name says. */
const shrunk = new URL('../testing/fixtures/shrunk/', import.meta.url);
const breaks = new URL('../testing/fixtures/breaks/', import.meta.url);

for (const folder of [shrunk, breaks]) {
  test(`stories of ${folder.pathname.split('/').at(-2)} that once parted engine and interpreter part them no more`, async (t) => {
    const world = new SideBySide();
    t.teardown(() => world.close());
    t.pass();
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
      const story = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Story;
      await world.play(story, (engine, reference, after) => t.deepEqual(engine, reference, `${name}, after ${after}`));
    }
  });
}

test(`random processes show the same tokens, jobs and variables as a plain interpreter, step by step (${numRuns})`, async (t) => {
  t.timeout(3_600_000);
  const world = new SideBySide();
  t.teardown(() => world.close());
  let steps = 0;
  const same = fc.asyncProperty(stories, async (story) => {
    steps += await world.play(story, (engine, reference, after) => {
      if (JSON.stringify(sorted(engine)) === JSON.stringify(sorted(reference))) return;
      throw new Error(`after ${after}:\nengine    ${JSON.stringify(engine)}\nreference ${JSON.stringify(reference)}`);
    });
  });
  const result = await fc.check(same, { numRuns, seed });
  t.log(`${steps} steps`);
  if (!result.failed) return t.pass();
  const story = result.counterexample![0];
  mkdirSync(shrunk, { recursive: true });
  const file = new URL(`${seed}-${result.counterexamplePath!.split(':')[0]}.json`, shrunk);
  writeFileSync(file, `${JSON.stringify(story)}\n`);
  return t.fail(
    `${result.errorInstance instanceof Error ? result.errorInstance.message : ''}\nshrunk to ${file.pathname}`,
  );
});

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};
