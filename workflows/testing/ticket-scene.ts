import type { ExecutionContext } from 'ava';
import { Scene, type ActivatedJob } from '../../engine/testing/scene.ts';
import { shippedFiles } from '../shipped-files.ts';

type Variables = Record<string, unknown>;
/** What a worker would answer: variables, or a BPMN error. */
export type Answer = Variables | { error: string };
export type Answers = Record<string, (variables: Variables) => Answer>;

/** The instant after which no alarm of these tests comes. */
export const FAR = '2099-01-01T00:00:00+08:00';

/** One engine with the whole shipped set on it. */
export async function openTicketScene(): Promise<Scene> {
  const scene = await Scene.open();
  await scene.deploy(Object.fromEntries(shippedFiles().map(({ name, content }) => [name, content])));
  return scene;
}

const WAITING = new Set<string>(['USER_TASK', 'INTERMEDIATE_CATCH_EVENT', 'EVENT_BASED_GATEWAY']);

let lastTicket = 0;

/**
 * A ticket on its way through the processes. The workers' side is played by hand: `answers` says what each job type
 * answers, the domain's own facts (round, co-hosts) are kept here.
 */
export class TestTicket {
  readonly ticketNo: string;
  readonly done: string[] = [];
  /** Task listener events as `event elementId`. */
  readonly taskEvents: string[] = [];
  readonly limitIds: Record<string, unknown> = {};
  coHosts: { assignmentNo: string; unitGroup: string; leaderGroup: string; dueAt: string }[] = [];
  facts: Variables = {
    intakeOutcome: 'FORWARD',
    channel: 'PHONE',
    requestType: 'HELP',
    categoryCode: '050101',
    urgency: 'NORMAL',
    riskFlags: [],
    divisionCode: '140602',
    rejectReason: null,
    anonymous: false,
  };
  answers: Answers;
  #scene: Scene;
  #round = 0;
  #instance: string | undefined;

  constructor(scene: Scene, answers: Answers = {}) {
    this.#scene = scene;
    this.ticketNo = `GD20261123${String(++lastTicket).padStart(5, '0')}`;
    this.answers = { ...this.#usual(), ...answers };
  }

  get assignmentNo(): string {
    return `${this.ticketNo}-${String(this.#round).padStart(2, '0')}`;
  }

  get instance(): string {
    if (!this.#instance) throw new Error(`${this.ticketNo} has no process instance yet`);
    return this.#instance;
  }

  async open(): Promise<this> {
    await this.publish('request-received', this.ticketNo, { ticketNo: this.ticketNo });
    return this;
  }

  async publish(name: string, correlationKey: string, variables: Variables = {}): Promise<void> {
    await this.#scene.publish(name, correlationKey, variables, { timeToLive: 3_600_000 });
    await this.settle();
  }

  /** Answers jobs until none is left. */
  async settle(): Promise<void> {
    for (;;) {
      const { items } = await this.#scene.client.searchJobs({ filter: { state: 'CREATED' } } as never, this.#scene.now);
      if (items.length === 0) return;
      for (const type of new Set(items.map((job) => job.type))) {
        for (const job of await this.#scene.jobs(type, -1)) await this.#answer(job);
      }
    }
  }

  async #answer(job: ActivatedJob): Promise<void> {
    if (job.type === 'liandong.task') {
      this.taskEvents.push(`${job.listenerEventType.toLowerCase()} ${job.elementId}`);
      if (job.listenerEventType === 'CREATING') this.limitIds[job.elementId] = job.variables['limitId'];
      await this.#scene.complete(job);
      return;
    }
    if (job.type === 'start-guard') this.#instance = String(job.processInstanceKey);
    const answer = this.answers[job.type]?.(job.variables) ?? {};
    if ('error' in answer) {
      await this.#scene.client.throwJobError({ jobKey: job.jobKey, errorCode: answer['error'] } as never);
    } else {
      await this.#scene.complete(job, answer);
    }
    this.done.push(job.type);
  }

  /** Open user tasks of the ticket and of the processes it called, by element. */
  async tasks() {
    const filter = { state: 'CREATED' };
    const { items } = await this.#scene.client.searchUserTasks(
      { filter, page: { limit: 100 } } as never,
      this.#scene.now,
    );
    return Object.fromEntries(items.map((task) => [task.elementId, task]));
  }

  async complete(elementId: string, variables: Variables = {}): Promise<void> {
    const task = (await this.tasks())[elementId];
    if (!task) throw new Error(`no open task ${elementId}, but ${Object.keys(await this.tasks()).join(', ')}`);
    const { userTaskKey } = task;
    const completed = this.#scene.client.completeUserTask({ userTaskKey, variables, action: 'answer' } as never);
    // the answer comes only after the completing listener's job
    await Promise.all([completed, this.#listen(() => completed)]);
    await this.settle();
  }

  async #listen(ended: () => Promise<unknown>): Promise<void> {
    let open = true;
    const close = () => {
      open = false;
    };
    void ended().then(close, close);
    while (open) {
      const jobs = await this.#scene.jobs('liandong.task', -1);
      for (const job of jobs) await this.#answer(job);
    }
  }

  /** Completes one task after the other, each with its variables. */
  async play(...steps: [elementId: string, variables?: Variables][]): Promise<void> {
    for (const [elementId, variables] of steps) await this.complete(elementId, variables);
  }

  /** Where tokens stand that wait for a person, a message or a moment. */
  async waitingAt(): Promise<string[]> {
    const filter = { state: 'ACTIVE' };
    const search = { filter, page: { limit: 200 } };
    const { items } = await this.#scene.client.searchElementInstances(search as never, this.#scene.now);
    return items.filter(({ type }) => WAITING.has(type)).map(({ elementId }) => elementId);
  }

  /** The ticket has come to its end: nothing is open, nothing is stuck, and it ended by itself. */
  async ended(t: ExecutionContext, lastJob: string): Promise<void> {
    t.deepEqual(Object.keys(await this.tasks()), []);
    t.deepEqual(await this.#scene.incidents(this.instance), []);
    t.is(await this.#scene.state(this.instance), 'COMPLETED');
    t.is(this.done.at(-1), lastJob);
  }

  #usual(): Answers {
    const dueAt = '2026-11-25T17:30:00+08:00';
    return {
      'start-guard': () => ({ facts: this.facts, priority: 50, needsRegistration: false }),
      'detect-duplicate': () => ({ merged: false, facts: this.facts }),
      'prepare-dispatch': () => ({
        dispatchDueAt: dueAt,
        limitId: `${this.ticketNo}:DISPATCH`,
        facts: this.facts,
      }),
      'create-assignment': ({ assignmentReason }) => {
        this.#round++;
        return {
          assignmentNo: this.assignmentNo,
          unitGroup: 'unit-heating',
          leaderGroup: 'unit-heating-leader',
          signDueAt: '2026-11-23T16:30:00+08:00',
          contactDueAt: '2026-11-24T17:30:00+08:00',
          completeDueAt: dueAt,
          returnAllowed: assignmentReason === 'DISPATCH',
          isRework: assignmentReason === 'REWORK',
          priority: 50,
          facts: this.facts,
        };
      },
      'record-preliminary-check': () => ({ returnCount: 1 }),
      'plan-contact': () => ({ anonymous: false, contactDueAt: '2026-11-24T17:30:00+08:00', attempt: 1 }),
      'record-attempt': () => ({ contactReached: true, attempts: 1, nextAttemptAt: null }),
      'create-co-assignments': () => ({ coHosts: this.coHosts }),
      'next-watch': () => ({ watch: { kind: 'ALARM', alarmAt: FAR } }),
      'recalculate-due-at': () => ({ completeDueAt: '2026-11-30T17:30:00+08:00' }),
      'start-callback': () => ({
        callbackNeeded: true,
        callbackDueAt: dueAt,
        limitId: `${this.ticketNo}:CALLBACK`,
        priority: 50,
      }),
      'record-callback': () => ({
        reached: true,
        attempts: 1,
        triesLeft: 2,
        nextAttemptAt: null,
        satisfied: true,
        reworkCount: 0,
      }),
    };
  }
}

export type Step = [elementId: string, variables?: Record<string, unknown>];

/** The usual way of a host that works alone, cut where a test wants to leave it. */
const usualSteps: Step[] = [
  ['reviewAndDispatch', { dispatchDecision: 'DISPATCH', hostNamesCoHosts: false }],
  ['signAssignment', { signDecision: 'SIGN' }],
  ['firstContact'],
  ['handleRequest'],
  ['informResult'],
  ['unitLeaderApprove', { leaderDecision: 'APPROVE' }],
  ['qualityReview', { qualityDecision: 'PASS' }],
  ['callBack'],
];

/** The steps of the usual way before (not with) the task `until`, from (with) the task `from`. */
export function steps({ from = 'reviewAndDispatch', until }: { from?: string; until?: string }): Step[] {
  const at = (elementId: string) => {
    const place = usualSteps.findIndex(([id]) => id === elementId);
    if (place < 0) throw new Error(`${elementId} is not on the usual way`);
    return place;
  };
  return usualSteps.slice(at(from), until === undefined ? undefined : at(until));
}
