import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Duration } from 'luxon';
import { pino } from 'pino';
import { backup, restore } from './backup.ts';
import { configuredListeners } from './configured-listeners.ts';
import { readSettings, settingEntries } from './settings-table.ts';
import { startEngine, type EngineStart } from './start-engine.ts';
import { startFailure } from './start-failure.ts';

const usage = `npm run engine -- [--rest-port 8080] [--grpc-port 26500] [--data ./data] [--auth none|basic] [--history-retention P30D] [--SETTING NUMBER ...]
npm run engine -- backup FILE [--data ./data]     writes a consistent copy while an engine runs on the folder
npm run engine -- restore FILE [--data ./data]    puts a copy into a folder that holds no database yet
A port of 0 is any free one. With --auth basic the credentials are ENGINE_USERNAME and ENGINE_PASSWORD, or printed once when they are not set.
With --history-retention what has ended longer ago than that is removed; without it everything is kept.`;

/** @throws Error with one sentence when an argument makes no sense */
function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(settingEntries.map(({ argument }) => [argument, { type: 'string' as const }])),
      'rest-port': { type: 'string', default: '8080' },
      'grpc-port': { type: 'string', default: '26500' },
      data: { type: 'string', default: process.env.DATA_DIR ?? './data' },
      auth: { type: 'string', default: 'none' },
      'history-retention': { type: 'string', default: process.env.ENGINE_HISTORY_RETENTION },
      help: { type: 'boolean', default: false },
    },
  });
  const restPort = readPort('--rest-port', values['rest-port']);
  const grpcPort = readPort('--grpc-port', values['grpc-port']);
  if (values.auth !== 'none' && values.auth !== 'basic') {
    throw new Error(`--auth must be none or basic, not ${values.auth}.`);
  }
  const historyRetentionMs = retentionOf(values['history-retention']);
  const settings = { ...readSettings(values), ...(historyRetentionMs !== undefined && { historyRetentionMs }) };
  const start: EngineStart = { dataDir: values.data, host: '127.0.0.1', restPort, grpcPort, settings };
  const auth: 'none' | 'basic' = values.auth;
  return { start, auth, help: values.help, positionals };
}

/** A duration of ISO 8601 such as P30D; a month counts 30 days. */
function retentionOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const retentionMs = Duration.fromISO(text).toMillis();
  if (retentionMs > 0) return retentionMs;
  throw new Error(`--history-retention must be a duration such as P30D, not ${text}.`);
}

function readPort(option: string, value: string) {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${option} must be a port between 0 and 65535, not ${value}.`);
}

function credentialsFor(auth: 'none' | 'basic') {
  if (auth === 'none') return undefined;
  const username = process.env.ENGINE_USERNAME ?? 'liandong';
  const password = process.env.ENGINE_PASSWORD ?? randomBytes(18).toString('base64url');
  if (!process.env.ENGINE_PASSWORD) print(`Basic auth: ${username} / ${password}`);
  return { username, password };
}

async function run(args: string[]) {
  const { start, auth, help, positionals } = readArguments(args);
  if (help) return print(usage);
  if (positionals.length > 0) return copy(positionals, start.dataDir);
  start.credentials = credentialsFor(auth);
  const log = openLog();
  start.log = log;
  start.globalListeners = configuredListeners(process.env, log);
  const running = await startEngine(start).catch((error: unknown) => {
    throw new Error(startFailure(error, start));
  });
  print(`The engine answers at ${running.address}/v2, gRPC at ${running.grpcAddress} (data in ${start.dataDir}).`);
  const { address, grpcAddress } = running;
  log.info({ address, grpcAddress, dataDir: start.dataDir, settings: start.settings }, 'engine started');
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'engine stops');
    void running.stop().then(() => {
      log.info({}, 'engine stopped');
      process.exit(0);
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** JSON lines on standard error; each is written before the next thing happens, so that a crash loses none. */
function openLog() {
  const level = process.env.ENGINE_LOG_LEVEL ?? 'info';
  if (level !== 'silent' && !(level in pino.levels.values)) {
    throw new Error(
      `ENGINE_LOG_LEVEL must be silent or one of ${Object.keys(pino.levels.values).join(', ')}, not ${level}.`,
    );
  }
  return pino({ level, base: { name: 'engine', pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
}

function copy([verb, file, ...more]: string[], dataDir: string) {
  if ((verb !== 'backup' && verb !== 'restore') || file === undefined || more.length > 0) {
    throw new Error(`Expected 'backup FILE' or 'restore FILE', not '${[verb, file, ...more].join(' ').trim()}'.`);
  }
  if (verb === 'backup') {
    backup(dataDir, file);
    print(`The engine's database in ${dataDir} has been copied to ${file}.`);
  } else {
    restore(file, dataDir);
    print(`${file} has been put into ${dataDir}: an engine started there goes on from it.`);
  }
}

function print(line: string) {
  process.stdout.write(`${line}\n`);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
