import type { LimitStep } from '../deadline/limit.ts';
import type { Task } from '../task/task.ts';
import type { Privacy, RequestType, Ticket, TicketStatus, Urgency } from '../ticket/ticket.ts';
import type { PageRequest } from './page.ts';

/** Which tickets an actor may know of at all; computed by domain/access. Conditions are joined by OR. */
export type TicketScope =
  | { kind: 'ALL' }
  | {
      kind: 'ANY';
      agentId: string | null;
      unitCode: string | null;
      divisionCode: string | null;
      groups: readonly string[];
    };
// agentId: own intake; unitCode: has an assignment; divisionCode: of that division; groups: an open or done task of theirs

export interface TicketQuery extends PageRequest {
  scope: TicketScope;
  words?: string; // bigram search
  status?: TicketStatus[];
  open?: boolean;
  unitCode?: string;
  requestType?: RequestType;
  urgency?: Urgency;
  divisionCode?: string;
  overdueAt?: number; // has an open limit due before
  createdFrom?: number;
  createdTo?: number;
  sort?: 'createdAt' | '-createdAt' | 'dueAt' | '-dueAt' | 'updatedAt' | '-updatedAt';
}
export interface TicketRow
  extends Pick<
    Ticket,
    | 'ticketNo'
    | 'title'
    | 'status'
    | 'urgency'
    | 'requestType'
    | 'categoryCode'
    | 'divisionCode'
    | 'addressText'
    | 'privacy'
    | 'hostUnitCode'
    | 'channel'
    | 'supervisionLevel'
    | 'extensionCount'
    | 'repeatCount'
    | 'reworkCount'
    | 'createdAt'
    | 'closedAt'
    | 'version'
  > {
  dueAt: number | null; // of the open COMPLETE limit
  startAt: number | null;
  pausedAt: number | null;
}

export const TASK_QUEUES = ['mine', 'group', 'overdue', 'today', 'waiting', 'done', 'all'] as const;
export type TaskQueue = (typeof TASK_QUEUES)[number];
// mine: assigned to me or unassigned in my groups (the default queue) · group: open in my groups, whoever holds it ·
// overdue, today: of mine, by due date · waiting: open tasks of others on tickets that I acted on · done: completed by me · all: admins and the centre

export interface TaskQuery extends PageRequest {
  queue: TaskQueue;
  accountId: string;
  groups: readonly string[];
  /** Only with queue 'all'. */
  everything: boolean;
  now: number;
  endOfToday: number;
  words?: string;
  elementId?: string;
  processId?: string;
  urgency?: Urgency;
  unitCode?: string;
  flag?: 'extended' | 'supervised' | 'confidential' | 'merged' | 'rework';
  sort?: 'dueAt' | '-dueAt' | 'createdAt' | '-createdAt' | 'priority'; // default dueAt ascending, none last
}
/** A task with the columns of its ticket that lists show. */
export interface TaskRow extends Task {
  ticket: {
    title: string;
    status: TicketStatus;
    urgency: Urgency;
    requestType: RequestType;
    privacy: Privacy;
    hostUnitCode: string | null;
    divisionCode: string;
    addressText: string;
    extensionCount: number;
    supervisionLevel: number;
    repeatCount: number;
    reworkCount: number;
    version: number;
  } | null;
  /** Of the task's limit, to draw how much of it is used. */
  limitStartAt: number | null;
  limitPausedAt: number | null;
}
export type TaskCounts = Record<Exclude<TaskQueue, 'all'>, number>;

export interface DeadlineListRow {
  limitId: string;
  ticketNo: string;
  assignmentNo: string | null;
  step: LimitStep;
  title: string;
  urgency: Urgency;
  unitCode: string | null;
  startAt: number;
  dueAt: number | null;
  pausedAt: number | null;
  version: number;
}
