import test, { type ExecutionContext } from 'ava';
import { Scene } from '../testing/scene.ts';
import { elementTables } from './bpmn-elements.ts';
import { eventTables } from './bpmn-events.ts';
import type { ElementRow } from './element-row.ts';
import { jobTypes, messageName, signalName } from './model.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const rows = [...elementTables, ...eventTables].flatMap(({ title, rows: ofTable }) =>
  ofTable.map((row) => ({ ...row, title: `${title}: ${row.name}` })),
);

let nowMs = Date.UTC(2027, 0, 1);
const post = (where: string, body: unknown) => scene.engine.request('POST', where, body);
const userTaskJobs = 'io.camunda.zeebe:userTask';

async function instancesOf(processDefinitionId: string) {
  const { body } = await post('/v2/process-instances/search', { filter: { processDefinitionId } });
  return body.items as { processInstanceKey: string; state: string }[];
}

/** Starts an instance where there is a none start event; other start events wait for what triggers them. */
async function begin(id: string) {
  const created = await post('/v2/process-instances', { processDefinitionId: id });
  if (created.status === 200) return;
  if (!/none start event/.test(created.body.detail)) throw new Error(created.body.detail);
}

/** Everything that could let a waiting instance go on, once. */
async function stir(id: string, round: number) {
  for (const job of [...(await scene.jobs(jobTypes.work, -1)), ...(await scene.jobs(userTaskJobs, -1))]) {
    await post(`/v2/jobs/${job.jobKey}/completion`, {});
  }
  for (const job of await scene.jobs(jobTypes.fail, -1))
    await post(`/v2/jobs/${job.jobKey}/error`, { errorCode: 'CODE' });
  const tasks = await post('/v2/user-tasks/search', { filter: { processDefinitionId: id, state: 'CREATED' } });
  for (const { userTaskKey } of tasks.body.items) void post(`/v2/user-tasks/${userTaskKey}/completion`, {});
  if (round === 0) return;
  await post('/v2/messages/publication', { name: messageName(id), correlationKey: 'key', variables: {} });
  await post('/v2/signals/broadcast', { signalName: signalName(id) });
  await post('/v2/conditionals/evaluation', { variables: { go: true } });
  for (const { processInstanceKey, state } of await instancesOf(id)) {
    if (state !== 'ACTIVE') continue;
    await scene.engine.request('PUT', `/v2/element-instances/${processInstanceKey}/variables`, {
      variables: { go: true },
    });
  }
  nowMs += 3_700_000;
  await scene.engine.request('PUT', '/v2/clock', { timestamp: nowMs });
  if (round < 2) return;
  for (const job of await scene.jobs(jobTypes.late, -1)) await post(`/v2/jobs/${job.jobKey}/completion`, {});
}

/** What became of the first instance's elements, when it has ended. */
async function runThrough(id: string) {
  await begin(id);
  for (let round = 0; round < 6; round++) {
    const [instance] = await instancesOf(id);
    if (instance && instance.state !== 'ACTIVE') return await scene.history(instance.processInstanceKey);
    await stir(id, round);
  }
  const [instance] = await instancesOf(id);
  const incidents = instance ? await scene.incidents(instance.processInstanceKey) : [];
  return [`not ended: ${incidents.map(({ errorMessage }) => errorMessage).join(' ')}`];
}

/** Later rows should not wake what this one has left. */
async function clearAway(id: string) {
  for (const { processInstanceKey, state } of await instancesOf(id)) {
    if (state === 'ACTIVE') await post(`/v2/process-instances/${processInstanceKey}/cancellation`, {});
  }
  const { body } = await post('/v2/process-definitions/search', { filter: { processDefinitionId: id } });
  for (const { processDefinitionKey } of body.items) await post(`/v2/resources/${processDefinitionKey}/deletion`, {});
}

async function isExecuted(t: ExecutionContext, id: string, row: ElementRow) {
  await scene.deploy({ [`${id}.bpmn`]: row.model(id), ...row.files });
  const history = await runThrough(id);
  for (const [elementId, state] of Object.entries(row.ends)) {
    t.true(history.includes(`${elementId}:${state}`), `${elementId} should be ${state}: ${history.join(', ')}`);
  }
  await clearAway(id);
}

for (const [index, row] of rows.entries()) {
  const id = `compatibility_${index}`;
  if (row.state === 'none') {
    test.serial(`${row.title} is refused, as the table says`, async (t) => {
      await t.throwsAsync(() => scene.deploy({ [`${id}.bpmn`]: row.model(id), ...row.files }));
      t.truthy(row.note);
    });
  } else {
    test.serial(`${row.title} is executed, as the table says`, (t) => isExecuted(t, id, row));
  }
}
