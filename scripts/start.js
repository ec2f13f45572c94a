// What `npm start` runs. The check of Node's version must work on an old Node, so this file is plain: no import above
// the check, no syntax that Node 12 does not read. Everything runs in this one process: Ctrl-C leaves nothing behind.
var given = process.versions.node.split('.').map(Number);
if (given[0] < 20 || (given[0] === 20 && given[1] < 19)) {
  fail(
    'Liandong needs Node.js 20.19 or newer; this is ' +
      process.versions.node +
      ': install one from https://nodejs.org and run npm start again.',
  );
} else {
  start().catch((error) => fail(error && error.sentence ? error.sentence : String((error && error.stack) || error)));
}

function fail(sentence) {
  process.stderr.write(sentence + '\n');
  process.exitCode = 1;
}

function withSentence(sentence) {
  return Object.assign(new Error(sentence), { sentence: sentence });
}

async function start() {
  const fs = await import('fs');
  const { fileURLToPath } = await import('url');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const changedAt = (name) => {
    try {
      return fs.statSync(root + name).mtimeMs;
    } catch (error) {
      return 0;
    }
  };
  process.chdir(root);
  if (!isInstalled(root, fs)) await install();
  await checkDatabaseDriver();
  const newest = newestIn(fs, root + 'web/browser');
  const manifest = changedAt('dist/public/manifest.json');
  if (manifest < Math.max(newest, changedAt('scripts/build.js'), changedAt('package-lock.json'))) {
    say('Building the pages’ scripts …');
    await import('./build.js');
  }
  const sources = ['main.ts', 'camunda', 'demo', 'domain', 'engine', 'main', 'store', 'web', 'workers', 'workflows'];
  const newestSource = Math.max(...sources.map((name) => newestIn(fs, root + name)));
  const isBuiltHere =
    fs.existsSync(root + 'dist/server/root.txt') && fs.readFileSync(root + 'dist/server/root.txt', 'utf8') === root;
  if (!isBuiltHere || changedAt('dist/server/root.txt') < Math.max(newestSource, changedAt('package-lock.json'))) {
    say('Building the server …');
    await import('./build-server.js');
  }
  // for stack traces, and for the engine's thread
  process.setSourceMapsEnabled(true);
  process.env.LIANDONG_BUILT = '1';
  await import('../dist/server/main.js');
}

function say(line) {
  process.stdout.write(line + '\n');
}

function newestIn(fs, folder) {
  const itself = fs.statSync(folder);
  if (!itself.isDirectory()) return itself.mtimeMs;
  let newest = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = folder + '/' + entry.name;
    newest = Math.max(newest, entry.isDirectory() ? newestIn(fs, name) : fs.statSync(name).mtimeMs);
  }
  return newest;
}

async function npm(args) {
  const { spawnSync } = await import('child_process');
  // Under `npm start` the very npm that runs this; it may not be on the path.
  const script = process.env.npm_execpath;
  const viaNode = script !== undefined && /\.c?js$/.test(script);
  const command = viaNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const all = viaNode ? [script].concat(args) : args;
  // A package of fonts would report on this machine, and be busy with it for minutes after the installation.
  const env = Object.assign({}, process.env, { IBM_TELEMETRY_DISABLED: 'true' });
  const shell = !viaNode && process.platform === 'win32';
  const { status } = spawnSync(command, all, { stdio: 'inherit', env, shell });
  return status === 0;
}

/** npm's own note of what it put there names every package of the list in its version. */
function isInstalled(root, fs) {
  try {
    const [wanted, found] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
      (name) => JSON.parse(fs.readFileSync(root + name, 'utf8')).packages,
    );
    return Object.keys(wanted).every((name) => {
      const { optional, devOptional, version } = wanted[name];
      return name === '' || optional || devOptional || (found[name] && found[name].version === version);
    });
  } catch (error) {
    return false;
  }
}

async function install() {
  say('Installing the packages (once, and after an update) …');
  if (!(await npm(['ci', '--no-audit', '--no-fund']))) {
    throw withSentence(
      'The packages could not be installed: check the network and npm’s message above, then run npm start again.',
    );
  }
}

async function checkDatabaseDriver() {
  const { createRequire } = await import('module');
  const load = () => {
    const Database = createRequire(import.meta.url)('better-sqlite3');
    new Database(':memory:').close();
  };
  try {
    load();
  } catch (error) {
    say('Fetching or compiling the database driver for this Node.js (up to two minutes) …');
    await npm(['rebuild', 'better-sqlite3']);
    try {
      load();
    } catch (again) {
      throw withSentence(
        'The database driver better-sqlite3 could neither be fetched nor compiled for Node.js ' +
          process.versions.node +
          ': allow npm to reach github.com, or install a C++ compiler, make and Python 3 (Debian: apt-get install build-essential python3), and run npm start again.',
      );
    }
  }
}
