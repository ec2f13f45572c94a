import { setTimeout as pause } from 'node:timers/promises';
import { apiClient, type ApiClient } from './api-client.ts';
import type { DemoTicket } from './demo-ticket.ts';
import type { DemoStep } from './steps.ts';
import { demoTickets } from './tickets.ts';
import { timetable } from './timetable.ts';

export interface DemoStage {
  address: string;
  tokenFor(accountId: string): Promise<string>;
  /** Moves business time (application and engine); earlier than real time while the past is played. */
  setBusinessTime(at: number): Promise<void>;
  /** Back to real time. */
  releaseBusinessTime(): Promise<void>;
  isWorkingDay(date: string): boolean;
  now: number;
  /** Acts already done by an earlier start that was cut off. */
  progress: { load(): Promise<number>; save(done: number, total: number): Promise<void> };
  log(line: string): void;
}

interface Act {
  at: number;
  ticket: number;
  perform(ticketNo: string | undefined): Promise<string | undefined>;
  what: string;
}

const taskWaitMs = 8_000;

/** Plays the samples' past through /api, as their people, on a clock that begins some working days ago. */
export async function playDemo(stage: DemoStage): Promise<void> {
  const clients = new Map<string, ApiClient>();
  const as = async (accountId: string) => {
    let client = clients.get(accountId);
    if (!client) clients.set(accountId, (client = apiClient(stage.address, await stage.tokenFor(accountId))));
    return client;
  };
  const table = timetable(stage.now, stage.isWorkingDay);
  const acts = demoTickets.flatMap((ticket, index) => actsOf(ticket, index, table.instantOf, as));
  acts.sort((a, b) => a.at - b.at || a.ticket - b.ticket);
  const done = await stage.progress.load();
  let time = acts[done]?.at ?? stage.now;
  let setAt = Date.now();
  // the clock runs on between two acts: it is never set back
  const moveTo = async (wanted: number) => {
    time = Math.max(wanted, time + Date.now() - setAt);
    setAt = Date.now();
    await stage.setBusinessTime(time);
  };
  try {
    for (const [index, act] of acts.entries()) {
      if (index < done) continue;
      for (const hour of table.hoursBetween(time, act.at)) {
        await moveTo(hour);
        await pause(80);
      }
      await moveTo(act.at);
      await act.perform(undefined).catch((error: unknown) => {
        stage.log(`demo: ${act.what}: ${error instanceof Error ? error.message : String(error)}`);
      });
      await stage.progress.save(index + 1, acts.length);
    }
    for (const hour of table.hoursBetween(time, stage.now)) {
      await moveTo(hour);
      await pause(80);
    }
  } finally {
    await stage.releaseBusinessTime();
  }
}

function actsOf(
  ticket: DemoTicket,
  index: number,
  instantOf: (moment: DemoTicket['at']) => number,
  as: (accountId: string) => Promise<ApiClient>,
): Act[] {
  const submissionId = `demo-ticket-${index + 1}`;
  // asked again with the same submission id, the API answers with the ticket that it has already opened
  let opened: Promise<string> | undefined;
  const open = () => (opened ??= post());
  const post = async () => {
    const { ticketNo } = await (await as('agent')).post('/api/tickets', { ...ticket.input, submissionId });
    return ticketNo as string;
  };
  const title = String(ticket.input.title);
  const steps = ticket.steps.map((step) => ({
    at: instantOf(step.at),
    ticket: index,
    what: `${title} / ${step.element}`,
    perform: async () => completeStep(await open(), step, await as(step.by)),
  }));
  const requests = (ticket.requests ?? []).map(({ at, by, kind, body }) => ({
    at: instantOf(at),
    ticket: index,
    what: `${title} / ${kind}`,
    perform: async () => {
      const ticketNo = await open();
      const { days, ...rest } = body;
      const untilAt =
        days === undefined ? undefined : new Date(instantOf(at) + Number(days) * 86_400_000).toISOString();
      await (await as(by)).post(`/api/tickets/${ticketNo}/deadline-requests`, { kind, ...rest, untilAt });
      return ticketNo;
    },
  }));
  return [{ at: instantOf(ticket.at), ticket: index, what: title, perform: open }, ...steps, ...requests];
}

async function completeStep(ticketNo: string, step: DemoStep, client: ApiClient): Promise<string> {
  const until = Date.now() + taskWaitMs;
  for (;;) {
    const { openTasks } = (await client.get(`/api/tickets/${ticketNo}`).catch(() => ({ openTasks: [] }))) as {
      openTasks: { taskKey: string; elementId: string; state: string }[];
    };
    const task = openTasks.find(({ elementId, state }) => elementId === step.element && state === 'CREATED');
    if (task) {
      await client.post(`/api/tasks/${task.taskKey}/complete`, { variables: step.answers });
      return ticketNo;
    }
    if (Date.now() > until) throw new Error(`${ticketNo} has no open task ${step.element}`);
    await pause(50);
  }
}
