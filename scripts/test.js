// The README's test command: lint, types, then every test that this machine can run. Ends with "N passed, N failed".
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
const skipped = [];

function run(title, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status === 0) passed++;
  else {
    failed++;
    process.stdout.write(`FAILED ${title}\n${stdout}${stderr}\n`);
  }
  process.stdout.write(`${status === 0 ? 'ok' : 'not ok'}  ${title}\n`);
}

const bin = (name) => `node_modules/.bin/${name}`;

function whatIsMissing() {
  if (!process.env.MARIADB_URL) {
    skipped.push(
      'MariaDB: MARIADB_URL is not set (scripts/mariadb.sh start prints one); databases are tested on SQLite only',
    );
  }
  if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) {
    skipped.push('browser journeys: no Chromium at /usr/bin/chromium (apt-get install chromium, or set CHROMIUM)');
  }
  if (!existsSync(new URL('../../shared/dmn-tck', import.meta.url))) {
    skipped.push('DMN conformance kit: ../shared/dmn-tck is not there');
  }
}

/** TAP line by line: only failures are printed whole, so that they are found. */
function ava() {
  return new Promise((resolve) => {
    const child = spawn(bin('ava'), ['--tap', ...only], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let failing = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/^ok \d+/.test(line)) {
        failing = false;
        if (/# SKIP/i.test(line)) skipped.push(line.replace(/^ok \d+ - /, ''));
        else passed++;
        if (process.env.VERBOSE) process.stdout.write(`${line}\n`);
      } else if (/^not ok \d+/.test(line)) {
        failing = true;
        failed++;
        process.stdout.write(`${line}\n`);
      } else if (failing || /^#? ?(Bail|.*exception|.*rejection)/i.test(line)) process.stdout.write(`${line}\n`);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

if (only.length === 0) {
  run('oxlint, type-aware', bin('oxlint'), ['--type-aware', '--quiet']);
  run('biome format', bin('biome'), ['format', '.']);
  run('types', bin('tsc'), []);
  run('types of the browser modules', bin('tsc'), ['-p', 'web/browser']);
  if (existsSync(new URL('./build.js', import.meta.url)))
    run('browser bundles', process.execPath, ['scripts/build.js']);
}
whatIsMissing();
const code = await ava();
if (code !== 0 && failed === 0) failed++;
for (const reason of skipped) process.stdout.write(`skipped: ${reason}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
