// The long forms of what `npm test` does shortly: 200 kills, 100,000 rubbish requests, 500 random worlds, 5,000 random
// stories. Hours on a small machine; CRASH_KILLS, FUZZ_REQUESTS, RANDOM_WORLDS and the seeds that the tests print are taken from the environment.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const long = { CRASH_KILLS: '200', FUZZ_REQUESTS: '100000', RANDOM_WORLDS: '500', RANDOM_STORIES: '5000' };
const files = [
  'tests/engine/*.test.ts',
  'engine/processing/random-processes.test.ts',
  'engine/processing/reference.test.ts',
];
const { status } = spawnSync('node_modules/.bin/ava', ['--timeout=6h', '--concurrency=1', ...files], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...long, ...process.env },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
