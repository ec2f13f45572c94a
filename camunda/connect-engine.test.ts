import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import type { EngineJob, JobOutcome } from '../domain/ports/engine-job.ts';
import { DeploymentRejected, EngineRefused, EngineUnavailable } from '../domain/ports/process-engine.ts';
import { startEngineThread, type EngineThread } from '../engine/thread.ts';
import { connectEngine, type EngineConnection } from './connect-engine.ts';
import { readProblems } from './deploy.ts';
import { readBpmn } from './read-bpmn.ts';
import { brokenProcess, decidePermitForm, permitProcess } from './testing/permit-process.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const files = [
  { name: 'permit.bpmn', content: permitProcess },
  { name: 'decide-permit.form', content: decidePermitForm },
];
let thread: EngineThread;
let connection: EngineConnection;
let dataDir: string;

test.before(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'liandong-camunda-'));
  thread = await startEngineThread({ dataDir });
  connection = connectEngine({ address: thread.address, credentials: thread }, silent);
});
test.after.always(async () => {
  await thread.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Seen {
  jobs: EngineJob[];
  /** Resolves with the first job, seen or to come, that fits. */
  until(fits: (job: EngineJob) => boolean): Promise<EngineJob>;
}

/** Answers the two job types until `stop`, and keeps what it was given. */
function takeJobs(check: (job: EngineJob) => JobOutcome) {
  const waiting: { fits: (job: EngineJob) => boolean; resolve: (job: EngineJob) => void }[] = [];
  const jobs: EngineJob[] = [];
  const see = (job: EngineJob) => {
    jobs.push(job);
    for (const { fits, resolve } of waiting) if (fits(job)) resolve(job);
  };
  const seen: Seen = {
    jobs,
    until: (fits) =>
      new Promise((resolve) => {
        const there = jobs.find(fits);
        if (there) resolve(there);
        else waiting.push({ fits, resolve });
      }),
  };
  const run = (answer: (job: EngineJob) => JobOutcome) => async (job: EngineJob) => {
    see(job);
    return answer(job);
  };
  const subscription = connection.subscribe([
    { jobType: 'check-permit', variables: ['permitNo'], run: run(check) },
    { jobType: 'task-listener', variables: null, run: run(() => ({ kind: 'COMPLETED', variables: {} })) },
  ]);
  return { seen, stop: () => subscription.stop(5000) };
}

function ask(permitNo: string) {
  return connection.engine.publishMessage({
    name: 'permit-asked',
    correlationKey: permitNo,
    messageId: permitNo,
    timeToLiveMs: 60_000,
    variables: { permitNo, secret: 'not asked for' },
  });
}

test.serial('a drawing is deployed as a set, and its start message is accepted once', async (t) => {
  const deployed = await connection.engine.deploy(files);
  t.is(deployed.processes[0]!.processId, 'permit');
  t.is(deployed.forms[0]!.formId, 'decide-permit');
  t.true(await connection.engine.hasDefinition(deployed.processes[0]!.processDefinitionKey));
  t.false(await connection.engine.hasDefinition('1'));
  t.true(await connection.engine.isReady());

  const { seen, stop } = takeJobs(() => ({ kind: 'COMPLETED', variables: {} }));
  t.is(await ask('P-1'), 'PUBLISHED');
  t.is(await ask('P-1'), 'ALREADY_KNOWN');
  const { variables } = await seen.until((job) => job.jobType === 'check-permit');
  t.deepEqual(variables, { permitNo: 'P-1' }, 'only what the handler asks for');

  const creating = await seen.until((job) => job.taskEvent?.event === 'creating');
  t.deepEqual(creating.taskEvent!.candidateGroups, ['clerks']);
  t.is(creating.elementId, 'decide');
  t.is(creating.variables.permitNo, 'P-1');
  const { taskKey } = creating.taskEvent!;
  t.is(await delivered(() => connection.engine.assignTask(taskKey, 'zhang')), 'DONE');
  const dueDate = '2030-01-02T11:04:05+08:00';
  t.is(await delivered(() => connection.engine.updateTask(taskKey, { dueDate })), 'DONE');
  const updating = await seen.until((job) => job.taskEvent?.event === 'updating');
  t.is(updating.taskEvent!.dueAt, Date.parse(dueDate));
  const open = await connection.engine.openTasks(null);
  t.deepEqual(
    open.tasks.map((task) => [task.taskKey, task.assignee]),
    [[taskKey, 'zhang']],
  );
  t.is(await delivered(() => connection.engine.completeTask(taskKey, { decision: 'YES' }, 'answer-1')), 'DONE');
  const completing = await seen.until((job) => job.taskEvent?.event === 'completing');
  t.is(completing.taskEvent!.action, 'answer-1');
  t.is(completing.variables.decision, 'YES');
  t.is(await connection.engine.completeTask(taskKey, {}, 'answer-2'), 'GONE');
  await stop();
});

/** A task whose listener has just been answered may be in transition for a moment. */
async function delivered(command: () => Promise<string>) {
  for (;;) {
    const answer = await command();
    if (answer !== 'IN_TRANSITION') return answer;
  }
}

test.serial(
  'a step that throws is tried again with its retries counted down, then an incident tells why',
  async (t) => {
    let tries = 0;
    const { seen, stop } = takeJobs((job) => {
      if (job.variables.permitNo === 'P-2') {
        tries += 1;
        throw new Error(`the register is closed (${job.retries})`);
      }
      return { kind: 'BPMN_ERROR', code: 'NOT_ELIGIBLE', message: 'too young' };
    });
    await ask('P-2');
    const [first, second] = [
      await seen.until((job) => job.retries === 2),
      await seen.until((job) => job.retries === 1),
    ];
    t.is(first.jobKey, second.jobKey);
    const incident = await eventually(async () => (await connection.engine.incidents(10))[0]);
    t.is(tries, 2);
    t.is(incident.errorMessage, 'the register is closed (1)');
    t.is(incident.elementId, 'check');
    const [count] = await connection.engine.instanceCounts();
    t.deepEqual([count!.active, count!.withIncident], [1, 1]);
    const [element] = (await connection.engine.activeElements(incident.processInstanceKey)).filter(
      ({ elementId }) => elementId === 'check',
    );
    t.true(element!.hasIncident);

    await ask('P-3');
    const refused = await eventually(async () =>
      (await connection.engine.elementStatistics(first.processDefinitionKey)).find(
        ({ elementId }) => elementId === 'over',
      ),
    );
    t.is(refused.completed, 1);
    await stop();
  },
);

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.serial('a drawing the engine refuses is told by file, element and reason', async (t) => {
  const rejected = await t.throwsAsync(connection.engine.deploy([{ name: 'permit.bpmn', content: brokenProcess }]), {
    instanceOf: DeploymentRejected,
  });
  const [problem] = rejected!.problems;
  t.is(problem!.file, 'permit.bpmn');
  t.is(problem!.elementId, 'check');
  t.regex(problem!.message, /taskDefinition/);
  t.deepEqual(
    readProblems(
      "Expected to deploy new resources, but encountered the following errors:\n'a.bpmn': - Element: sum > extensionElements > taskDefinition\n    - ERROR: Task type must be present\n- Process: b\n    - ERROR: Must have a start event\n'c.dmn': no DMN",
    ),
    [
      { file: 'a.bpmn', elementId: 'sum', message: 'Task type must be present' },
      { file: 'a.bpmn', elementId: 'b', message: 'Must have a start event' },
      { file: 'c.dmn', elementId: null, message: 'no DMN' },
    ],
  );
});

test.serial('what can never work is refused at once; an engine that is away is worth another try', async (t) => {
  await t.throwsAsync(connection.engine.evaluateDecision('nothing', {}), { instanceOf: EngineRefused });
  const away = connectEngine({ address: 'http://127.0.0.1:1' }, silent);
  t.false(await away.engine.isReady());
  await t.throwsAsync(away.engine.resolveIncident('1'), { instanceOf: EngineUnavailable });
});

test('an outline names the processes, and of the elements their names and forms', async (t) => {
  const outline = await readBpmn(permitProcess);
  t.deepEqual(outline.processes, [{ id: 'permit', name: '许可' }]);
  t.deepEqual(
    outline.elements.filter(({ formId }) => formId),
    [{ id: 'decide', name: '决定', formId: 'decide-permit' }],
  );
  await t.throwsAsync(readBpmn('no drawing'));
});
