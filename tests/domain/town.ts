import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext, type TestFn } from 'ava';
import type { Role } from '../../domain/account/account.ts';
import type { Actor } from '../../domain/account/actor.ts';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import type { LimitRule, LimitStep, LimitUnit } from '../../domain/deadline/limit.ts';
import type { App } from '../../domain/ports/app.ts';
import type { EngineTaskEvent, EngineTaskEventType } from '../../domain/ports/engine-job.ts';
import type { JobStep } from '../../domain/ports/job-step.ts';
import { transact } from '../../domain/ports/transact.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import { recordTaskEvent } from '../../domain/task/record-task-event.ts';
import type { OpenTicketInput } from '../../domain/ticket/check-ticket-input.ts';
import type { Store } from '../../store/open-store.ts';
import { type DatabaseKind, databases } from '../../store/testing/databases.ts';

const UNITS = ['heating', 'water', 'health', 'police'];
const FOREVER = { validFrom: 0, validTo: null, source: '[D] test' };

function rule(limitClass: string, step: LimitStep, amount: number, unit: LimitUnit): LimitRule {
  return { ...FOREVER, ruleId: `${limitClass}-${step}`, limitClass, step, amount, unit };
}

const RULES = [
  rule('ANY', 'DISPATCH', 3.5, 'WORKING_HOURS'),
  rule('ANY', 'SIGN', 4, 'WORKING_HOURS'),
  rule('ANY', 'FIRST_CONTACT', 1, 'WORKING_DAYS'),
  rule('ANY', 'COMPLETE', 5, 'WORKING_DAYS'),
  rule('ANY', 'CALLBACK', 1, 'WORKING_DAYS'),
  rule('REWORK', 'COMPLETE', 3, 'WORKING_DAYS'),
];

function person(accountId: string, roles: Role[], groups: string[], unitCode: string | null = null): Actor {
  return { accountId, displayName: accountId, roles, groups, unitCode, divisionCode: null };
}

export const people = {
  agent: person('agent', ['agent'], ['call-centre']),
  dispatcher: person('dispatcher', ['dispatcher'], ['command-centre']),
  quality: person('quality', ['quality'], ['quality']),
  callback: person('callback', ['callback'], ['callback']),
  director: person('director', ['director'], ['centre-director']),
  handler: (unit: string) => person(`${unit}-handler`, ['handler'], [`unit-${unit}`], unit),
  leader: (unit: string) => person(`${unit}-leader`, ['leader'], [`unit-${unit}`, `unit-${unit}-leader`], unit),
};

/** The forms that are shipped: what the domain says of them is tried on what designers have drawn. */
async function shippedForms() {
  const folder = new URL('../../workflows/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.form'));
  return Promise.all(
    names.map(async (name) => {
      const formId = path.basename(name, '.form');
      const schema = JSON.parse(await readFile(new URL(name, folder), 'utf8')) as Record<string, unknown>;
      return { formKey: `form-${formId}`, formId, version: 1, deploymentId: 'd1', schema };
    }),
  );
}

export interface Town {
  app: App;
  store: Store;
  at(date: string, time: string): void;
  run: <In, Out extends Record<string, unknown>>(step: JobStep<In, Out>, input: In) => Promise<Out>;
  /** The engine makes a user task with that form. */
  makeTask(formId: string, group: string, variables: Record<string, unknown>): Promise<string>;
  tell(taskKey: string, event: EngineTaskEventType, more?: Partial<EngineTaskEvent>): Promise<void>;
  /** A person completes such a task and the engine accepts it. */
  answer(
    formId: string,
    group: string,
    actor: Actor,
    variables: Record<string, unknown>,
    answers: Record<string, unknown>,
  ): Promise<string>;
}

async function seed(store: Store): Promise<void> {
  const { stores } = store;
  for (const unitCode of UNITS) {
    await stores.units.insert({
      unitCode,
      name: unitCode,
      nameEn: unitCode,
      tier: 1,
      kind: 'DEPARTMENT',
      divisionCode: null,
      dutyPhone: null,
      active: true,
    });
  }
  for (const one of RULES) await stores.limitRules.insert(one);
  const spans = [
    { fromMinute: 510, toMinute: 720 },
    { fromMinute: 840, toMinute: 1050 },
  ];
  await stores.calendar.save({ years: [{ year: 2026, status: 'OFFICIAL' }], days: [], openingHours: { spans } });
  const deployment = { deploymentId: 'd1', deployedAt: 0, deployedBy: 'test', note: '', deploymentKey: '1', files: [] };
  const forms = await shippedForms();
  await stores.processes.insertDeployment(deployment, [], forms);
}

/** A test that is run on every database that there is. */
export type InTown = ExecutionContext<DatabaseKind>;

/** Declares a test about the business, once for each database. */
export function inTown(title: string, body: (t: InTown) => Promise<void>): void {
  for (const kind of databases) {
    (test as TestFn<DatabaseKind>)(`${title} (${kind.name})`, (t) => {
      t.context = kind;
      return body(t);
    });
  }
}

/** A small town on the real store, its clock in the test's hand. The engine's part is played by calling what it would call. */
export async function openTown(t: InTown): Promise<Town> {
  const { store, drop } = await t.context.open();
  t.teardown(drop);
  await seed(store);
  let now = instantAt('2026-11-23', '09:00');
  const app: App = {
    clock: { now: () => now },
    realClock: { now: () => now },
    stores: store.stores,
    transaction: (work) => store.transaction(work),
  };
  let keys = 0;
  const made = new Map<string, { variables: Record<string, unknown>; event: EngineTaskEvent }>();
  const town: Town = {
    app,
    store,
    at(date, time) {
      now = instantAt(date, time);
    },
    run: (step, input) => transact(app, (context) => step(context, input)),
    async makeTask(formId, group, variables) {
      keys += 1;
      const taskKey = `task-${keys}`;
      const event: EngineTaskEvent = {
        event: 'creating',
        taskKey,
        action: '',
        assignee: null,
        candidateGroups: [group],
        candidateUsers: [],
        dueAt: null,
        formKey: `form-${formId}`,
        priority: 50,
      };
      made.set(taskKey, { variables, event });
      await town.tell(taskKey, 'creating');
      return taskKey;
    },
    async tell(taskKey, event, more = {}) {
      const task = made.get(taskKey);
      if (!task) throw new Error(`no task ${taskKey}`);
      await recordTaskEvent(app, {
        jobKey: `job-${taskKey}-${event}`,
        jobType: 'liandong.task',
        retries: 3,
        processInstanceKey: 'p1',
        processDefinitionKey: 'd1',
        processId: 'ticket',
        elementId: 'element',
        elementInstanceKey: taskKey,
        variables: task.variables,
        taskEvent: { ...task.event, ...more, event },
      });
    },
    async answer(formId, group, actor, variables, answers) {
      const taskKey = await town.makeTask(formId, group, variables);
      const { answerId } = await completeTask(app, actor, { taskKey, answers });
      await town.tell(taskKey, 'completing', { action: answerId, assignee: actor.accountId });
      return taskKey;
    },
  };
  return town;
}

export const coldFlat: OpenTicketInput = {
  channel: 'PHONE',
  title: '锦苑小区室温14度',
  content: '连续三天室温只有14度，家中老人感冒。',
  requestType: 'HELP',
  categoryCode: '050101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区6号楼',
  intakeOutcome: 'FORWARD',
  caller: { name: '张国栋', phone: '138 0000 0001' },
};

interface Said {
  kind: string;
  name?: string;
  correlationKey?: string;
  messageId?: string;
  taskKey?: string;
  changeset?: { dueDate?: string };
  variables?: Record<string, unknown>;
}
/** Messages of a kind in the outbox, oldest first. */
export async function said(town: Town, kind: string, name?: string): Promise<Said[]> {
  const rows: { message: string }[] = await town.store.knex('outbox').select('message').orderBy('outboxId');
  return rows
    .map(({ message }) => JSON.parse(message) as Said)
    .filter((one) => one.kind === kind && (!name || one.name === name));
}
/** Kinds of what has happened to a ticket. */
export const events = async (town: Town, ticketNo: string) =>
  (await town.app.stores.events.ofTicket(ticketNo)).map(({ type }) => type);
