import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { BareClient } from './grpc/testing/grpc-engine.ts';
import { startEngineThread } from './thread.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'engine-thread-'));

async function statusOf(address: string, credentials?: { username: string; password: string }) {
  const { username, password } = credentials ?? {};
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${address}/v2/topology`, credentials ? { headers: { authorization } } : {});
  await response.text();
  return response.status;
}

/** Runs `npm run engine` without npm and gives what it printed and how it ended. */
async function runEngine(args: string[], until?: RegExp) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'engine/main.ts', ...args], { cwd: process.cwd() });
  let output = '';
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const seen = new Promise<void>((resolve) => {
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      if (until?.test(output)) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
  });
  await Promise.race([seen, exited]);
  return {
    output: () => output.trim(),
    stop: async (signal: NodeJS.Signals) => {
      if (child.exitCode === null) child.kill(signal);
      return (await exited)[0];
    },
  };
}

test('the engine in a thread listens on a loopback port of its own and only to who knows the secret', async (t) => {
  const engine = await startEngineThread({ dataDir: folder() });
  t.teardown(() => engine.stop());
  t.regex(engine.address, /^http:\/\/127\.0\.0\.1:\d+$/);
  t.is(await statusOf(engine.address, engine), 200);
  t.is(await statusOf(engine.address), 401);
  t.is(await statusOf(engine.address, { username: engine.username, password: 'guess' }), 401);
});

test('a stopped engine frees its port and its folder for the next one', async (t) => {
  const dataDir = folder();
  const first = await startEngineThread({ dataDir, credentials: { username: 'a', password: 'b' } });
  await t.throwsAsync(() => startEngineThread({ dataDir }), { message: /in use by another engine/ });
  await first.stop();
  const port = Number(new URL(first.address).port);
  const second = await startEngineThread({ dataDir, port });
  t.is(second.address, first.address);
  await second.stop();
});

test('a busy port gets one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;
  const engine = await runEngine(['--rest-port', String(port), '--grpc-port', '0', '--data', folder()]);
  t.is(await engine.stop('SIGKILL'), 1);
  t.regex(engine.output(), new RegExp(`^Port ${port} on 127.0.0.1 is in use: [^\n]+$`));
});

test('a folder that is no folder, or cannot be written to, gets one sentence', async (t) => {
  const file = path.join(folder(), 'file');
  writeFileSync(file, '');
  await t.throwsAsync(() => startEngineThread({ dataDir: path.join(file, 'data') }), { message: /^[^\n]+$/ });
  if (process.getuid?.() === 0) return t.log('root writes everywhere: the read-only folder is not tried');
  const readOnly = folder();
  chmodSync(readOnly, 0o500);
  await t.throwsAsync(() => startEngineThread({ dataDir: readOnly }), { message: /cannot be written to/ });
});

test('a file that is no database gets one sentence', async (t) => {
  const dataDir = folder();
  writeFileSync(
    path.join(dataDir, 'engine.sqlite'),
    'this is not a database, but long enough to look like one '.repeat(20),
  );
  await t.throwsAsync(() => startEngineThread({ dataDir }), { message: /cannot be read as a database/ });
});

test('a wrong argument gets one sentence', async (t) => {
  for (const option of ['--rest-port', '--grpc-port']) {
    const engine = await runEngine([option, 'x']);
    t.is(await engine.stop('SIGKILL'), 1);
    t.is(engine.output(), `${option} must be a port between 0 and 65535, not x.`);
  }
});

test('a busy gRPC port gets one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;
  const engine = await runEngine(['--rest-port', '0', '--grpc-port', String(port), '--data', folder()]);
  t.is(await engine.stop('SIGKILL'), 1);
  t.regex(engine.output(), new RegExp(`^Port ${port} on 127.0.0.1 is in use: [^\n]+--grpc-port\\.$`));
});

test('the engine alone answers over REST and gRPC and ends at SIGTERM', async (t) => {
  const engine = await runEngine(['--rest-port', '0', '--grpc-port', '0', '--data', folder()], /gRPC at \S+/);
  t.teardown(() => engine.stop('SIGKILL'));
  const [, address, grpcAddress] = /answers at (\S+)\/v2, gRPC at (\S+)/.exec(engine.output())!;
  t.is(await statusOf(address!), 200);
  const client = new BareClient(grpcAddress!);
  t.like(await client.call('Topology', {}), { clusterSize: 1 });
  client.close();
  t.is(await engine.stop('SIGTERM'), 0);
  const lines = engine
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.like(said[0], { level: 30, name: 'engine', msg: 'engine started', address, grpcAddress });
  t.deepEqual(
    said.slice(-2).map(({ msg }) => msg),
    ['engine stops', 'engine stopped'],
  );
});
