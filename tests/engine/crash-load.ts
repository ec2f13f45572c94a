import { appendFileSync } from 'node:fs';
import { EngineClient, RefusedRequest } from '../../engine/testing/engine-client.ts';
import { random } from '../../engine/testing/random-model.ts';
import { blobOf, versioned } from './crash-models.ts';

// A process full of clients that outlives the engine: what the engine acknowledges is noted in a file, at once.
const [address, name, seed, logFile] = process.argv.slice(2) as [string, string, string, string];
const next = random(Number(seed));
const client = new EngineClient(address);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One line for each acknowledged command. */
export type Acknowledged =
  | { op: 'create'; n: string; key: string; size: number; at: number }
  | { op: 'job'; key: string; instance: string; token: string }
  | { op: 'task'; key: string }
  | { op: 'message'; id: string; begins: boolean }
  | { op: 'set'; instance: string; counter: number }
  | { op: 'cancel'; instance: string }
  | { op: 'batch'; key: string; instance: string }
  | { op: 'signal' }
  | { op: 'deploy'; version: number };

const note = (line: Acknowledged) => appendFileSync(logFile, `${JSON.stringify(line)}\n`);

let draining = false;
process.on('message', (message) => {
  if (message === 'drain') draining = true;
  else process.exit(0);
});

let serial = 0;
let open = 0;
const own: string[] = [];
const pick = (list: string[]) => list[Math.floor(next() * list.length)];
const expected = new Set([404, 409]);

/** Goes on for ever, whatever happens to the engine; a refusal that is not expected ends the process loudly. */
async function forEver(turn: () => Promise<unknown>) {
  for (;;) {
    try {
      await turn();
    } catch (error) {
      if (error instanceof RefusedRequest && !expected.has(error.status)) {
        process.stderr.write(`${error.message}\n`);
        process.exit(1);
      }
      await pause(20);
    }
  }
}

/** Again and again until it is known to have happened: messages carry an id, so a second one is refused. */
async function untilKnown(body: { name: string; correlationKey: string; messageId: string; timeToLive: number }) {
  for (;;) {
    try {
      await client.post('/messages/publication', body);
      return;
    } catch (error) {
      if (error instanceof RefusedRequest && error.status === 409) return;
      if (error instanceof RefusedRequest) throw error;
      await pause(50);
    }
  }
}

async function publish(n: string, begins: boolean) {
  const messageId = `${begins ? 'begin' : 'go'}-${n}`;
  await untilKnown({ name: begins ? 'begin' : 'go', correlationKey: n, messageId, timeToLive: 3_600_000 });
  note({ op: 'message', id: messageId, begins });
}

async function create() {
  if (draining || open > 100) return pause(50);
  const n = `${name}-${++serial}`;
  const size = next() < 0.03 ? Math.ceil(next() ** 2 * 1_000_000) : 10;
  // the instance may exist although nobody was told: its message is published in any case
  void publish(n, false);
  open++;
  try {
    const variables = { n, blob: blobOf(n, size) };
    const { processInstanceKey } = await client.post('/process-instances', { processDefinitionId: 'mixed', variables });
    note({ op: 'create', n, key: processInstanceKey, size, at: Date.now() });
    own.push(processInstanceKey);
  } finally {
    open--;
  }
  return undefined;
}

async function work(type: string) {
  // what was given to a worker that never heard of it comes back soon
  for (const { jobKey, processInstanceKey } of await client.activate(type, 20, 500, 3000)) {
    const token = `${name}-${++serial}`;
    await client.post(`/jobs/${jobKey}/completion`, { variables: { [`done_${jobKey}`]: token } }).then(
      () => note({ op: 'job', key: jobKey, instance: processInstanceKey, token }),
      (error: unknown) => {
        if (!(error instanceof RefusedRequest) || !expected.has(error.status)) throw error;
      },
    );
  }
}

async function tasks() {
  const { items } = await client.post('/user-tasks/search', { filter: { state: 'CREATED' }, page: { limit: 30 } });
  for (const { userTaskKey } of items) {
    await client.post(`/user-tasks/${userTaskKey}/completion`, {}).then(
      () => note({ op: 'task', key: userTaskKey }),
      (error: unknown) => {
        if (!(error instanceof RefusedRequest) || !expected.has(error.status)) throw error;
      },
    );
  }
  if (items.length === 0) await pause(50);
}

async function change() {
  const instance = pick(own.slice(-200));
  if (draining || instance === undefined) return pause(50);
  const dice = next();
  if (dice < 0.12) {
    const filter = { processInstanceKey: instance };
    const { batchOperationKey } = await client.post('/process-instances/cancellation', { filter });
    note({ op: 'batch', key: batchOperationKey, instance });
  } else if (dice < 0.2) {
    await client.post(`/process-instances/${instance}/cancellation`, {});
    note({ op: 'cancel', instance });
  } else {
    const counter = ++serial;
    await client.ask('PUT', `/element-instances/${instance}/variables`, {
      variables: { [`counter_${name}`]: counter },
    });
    note({ op: 'set', instance, counter });
  }
  return pause(5);
}

async function begin() {
  if (draining) return pause(50);
  await publish(`${name}-begin-${++serial}`, true);
  return pause(100);
}

async function wake() {
  await client.post('/signals/broadcast', { signalName: 'wake' });
  note({ op: 'signal' });
  return pause(200);
}

let version = 0;
async function deploy() {
  if (draining) return pause(50);
  const tried = ++version;
  await client.deploy({ [`versioned-${name}.bpmn`]: versioned(Number(`${seed}${tried}`)) });
  note({ op: 'deploy', version: Number(`${seed}${tried}`) });
  return pause(300);
}

for (const turn of [create, create, create, tasks, change, begin, deploy, wake]) void forEver(turn);
for (const type of ['first', 'first', 'each', 'inside', 'last']) void forEver(() => work(type));
