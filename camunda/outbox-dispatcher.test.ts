import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import type { OutboxMessage } from '../domain/outbox/outbox-row.ts';
import type { App } from '../domain/ports/app.ts';
import type { Task } from '../domain/task/task.ts';
import { startEngineThread } from '../engine/thread.ts';
import { databases } from '../store/testing/databases.ts';
import { connectEngine } from './connect-engine.ts';
import { startOutboxDispatcher } from './outbox-dispatcher.ts';
import { decidePermitForm, permitProcess } from './testing/permit-process.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => Date.now() };
const credentials = { username: 'test', password: 'test' };

const ask = (permitNo: string): OutboxMessage => ({
  kind: 'PUBLISH_MESSAGE',
  name: 'permit-asked',
  correlationKey: permitNo,
  messageId: permitNo,
  timeToLiveMs: 60_000,
  variables: { permitNo },
});
const complete = (taskKey: string, answerId: string): OutboxMessage => ({
  kind: 'COMPLETE_TASK',
  taskKey,
  answerId,
  variables: {},
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function taskOf(taskKey: string, state: Task['state']): Task {
  return {
    taskKey,
    processInstanceKey: '1',
    processDefinitionKey: '2',
    processId: 'permit',
    elementId: 'decide',
    elementInstanceKey: '3',
    name: '决定',
    formKey: null,
    formId: null,
    ticketNo: null,
    assignmentNo: null,
    assignee: null,
    candidateGroups: ['clerks'],
    candidateUsers: [],
    priority: 50,
    dueAt: null,
    limitId: null,
    state,
    variables: {},
    createdAt: 1,
    completedAt: null,
    completedBy: null,
  };
}

for (const database of databases)
  test(`what a commit left to say reaches the engine: in order per ticket, when it is back, and once (${database.name})`, async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'liandong-outbox-'));
    const { store, drop } = await database.open();
    const { stores } = store;
    const app: App = { clock, realClock: clock, stores, transaction: store.transaction };
    const port = await freePort();
    const { engine } = connectEngine({ address: `http://127.0.0.1:${port}`, credentials }, silent);
    const dispatcher = startOutboxDispatcher({ app, engine, log: silent, nodeId: 'node' });
    const until = async (what: string, look: () => Promise<boolean>) => {
      for (let tries = 0; !(await look()); tries++) {
        if (tries > 1500) throw new Error(`waited in vain: ${what}`);
        await sleep(20);
      }
    };
    const rows = () => store.knex('outbox').orderBy('outboxId').select('orderKey', 'attempts', 'sentAt', 'failedAt');

    // The engine is away: the first of the ticket is tried again, its second waits behind it.
    await stores.outbox.add('T1', ask('P1'), Date.now());
    await stores.outbox.add('T1', ask('P1-again'), Date.now());
    dispatcher.wake();
    await until('a second try', async () => (await rows())[0].attempts >= 2);
    t.like((await rows())[1], { attempts: 0, sentAt: null });

    const thread = await startEngineThread({ dataDir: path.join(folder, 'engine'), port, credentials });
    t.teardown(async () => {
      await dispatcher.stop();
      await thread.stop();
      await drop();
      rmSync(folder, { recursive: true });
    });
    await engine.deploy([
      { name: 'permit.bpmn', content: permitProcess },
      { name: 'decide-permit.form', content: decidePermitForm },
    ]);
    await until('both delivered', async () => (await stores.outbox.waiting()) === 0);
    const [first, second] = await rows();
    t.true(first.sentAt <= second.sentAt);

    // What the engine has understood and refuses is set aside, and does not hold up the ticket.
    await stores.outbox.add('T2', { kind: 'UPDATE_TASK', taskKey: '1', changeset: { priority: 1000 } }, Date.now());
    await stores.outbox.add('T2', ask('P2'), Date.now());
    dispatcher.wake();
    await until('the next row of the ticket', async () => (await stores.outbox.waiting()) === 0);
    const [failed] = await stores.outbox.failed(10);
    t.is(failed!.orderKey, 'T2');
    t.regex(failed!.lastError!, /priority/);

    // A task that the engine no longer has: ours when our own completing was seen, else its author is told.
    const base = { ticketNo: null, formId: null, elementId: 'decide', answers: {}, actorId: 'zhang', at: 1 };
    await stores.tasks.upsert(taskOf('11', 'COMPLETED'));
    await stores.taskAnswers.insert({ ...base, answerId: 'a1', taskKey: '11', state: 'ACCEPTED' });
    await stores.tasks.upsert(taskOf('12', 'COMPLETING'));
    await stores.taskAnswers.insert({ ...base, answerId: 'a2', taskKey: '12', state: 'SENT' });
    await stores.outbox.add('T3', complete('11', 'a1'), Date.now());
    await stores.outbox.add('T4', complete('12', 'a2'), Date.now());
    dispatcher.wake();
    await until('both settled', async () => (await stores.outbox.waiting()) === 0);
    t.is((await stores.taskAnswers.find('a1'))!.state, 'ACCEPTED');
    t.is((await stores.taskAnswers.find('a2'))!.state, 'SUPERSEDED');
    t.is((await stores.tasks.find('12'))!.state, 'CANCELED');
    const told = await stores.notifications.ofAccount('zhang', [], 10);
    t.deepEqual(
      told.map(({ type }) => type),
      ['answerSuperseded'],
    );
  });
