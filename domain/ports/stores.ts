import type { Account } from '../account/account.ts';
import type { Assignment } from '../assignment/assignment.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Callback } from '../callback/callback.ts';
import type { Contact } from '../contact/contact.ts';
import type { DeadlineRequest } from '../deadline/extension.ts';
import type { Limit, LimitFact, LimitRule } from '../deadline/limit.ts';
import type { DispatchRule } from '../dispatch/dispatch-rule.ts';
import type { AuditEntry, NewAuditEntry, NewTicketEvent, TicketEvent } from '../event/ticket-event.ts';
import type { Notification } from '../notification/notification.ts';
import type { OutboxMessage, OutboxRow } from '../outbox/outbox-row.ts';
import type { FormVersion, ProcessDeployment, ProcessDraft, ProcessVersion } from '../process/process-file.ts';
import type { SupervisionOrder } from '../supervision/supervision-order.ts';
import type { FormDraft, Task, TaskAnswer, TaskState } from '../task/task.ts';
import type { Caller, Ticket } from '../ticket/ticket.ts';
import type { Unit } from '../unit/unit.ts';
import type { DeadlineListRow, TaskCounts, TaskQuery, TaskRow, TicketQuery, TicketRow } from './queries.ts';
import type { Page, PageRequest } from './page.ts';

/** All that is kept, seen from one connection or one transaction. Implemented in store/ for SQLite and MySQL. */
export interface Stores {
  tickets: TicketStore;
  callers: CallerStore;
  assignments: AssignmentStore;
  limits: LimitStore;
  limitRules: LimitRuleStore;
  deadlineRequests: DeadlineRequestStore;
  dispatchRules: DispatchRuleStore;
  calendar: CalendarStore;
  contacts: ContactStore;
  callbacks: CallbackStore;
  supervisionOrders: SupervisionOrderStore;
  notifications: NotificationStore;
  events: EventStore;
  audit: AuditStore;
  tasks: TaskStore;
  taskAnswers: TaskAnswerStore;
  formDrafts: FormDraftStore;
  outbox: OutboxStore;
  accounts: AccountStore;
  apiTokens: ApiTokenStore;
  units: UnitStore;
  processes: ProcessStore;
  settings: SettingStore;
  changes: ChangeStore;
  sequences: SequenceStore;
  jobResults: JobResultStore;
}

export interface TicketStore {
  /** Also writes the bigram rows for search (number, query code, title, content, address). */
  insert(ticket: Ticket): Promise<void>;
  find(ticketNo: string): Promise<Ticket | undefined>;
  findByQueryCode(queryCode: string): Promise<Ticket | undefined>;
  /** Raises the version by one. @throws Conflict('ticketChanged') when the version is no longer `expectedVersion`. */
  update(ticketNo: string, expectedVersion: number, changes: Partial<Ticket>): Promise<Ticket>;
  search(query: TicketQuery): Promise<Page<TicketRow>>;
  /** Open tickets of the same place and matter, best first; `words` are matched by bigrams. */
  similar(facts: {
    words: string;
    categoryCode?: string;
    divisionCode?: string;
    limit: number;
  }): Promise<(TicketRow & { score: number })[]>;
}
export interface CallerStore {
  insert(caller: Caller): Promise<void>;
  find(ticketNo: string): Promise<Caller | undefined>;
  update(ticketNo: string, changes: Partial<Caller>): Promise<void>;
  /** Newest first, by keyed hash of the normalised number. */
  ticketNosByPhone(phone: string, limit: number): Promise<string[]>;
}
export interface AssignmentStore {
  insert(assignment: Assignment): Promise<void>;
  find(assignmentNo: string): Promise<Assignment | undefined>;
  ofTicket(ticketNo: string): Promise<Assignment[]>; // oldest first
  update(assignmentNo: string, changes: Partial<Assignment>): Promise<void>;
}
export interface LimitStore {
  insert(limit: Limit): Promise<void>;
  find(limitId: string): Promise<Limit | undefined>;
  update(limitId: string, changes: Partial<Limit>): Promise<void>;
  ofAssignment(assignmentNo: string): Promise<Limit[]>;
  ofTicket(ticketNo: string): Promise<Limit[]>;
  /** Neither done nor cancelled. */
  open(): Promise<Limit[]>;
  /** For /deadlines: open limits with ticket and unit, soonest first. */
  list(
    query: PageRequest & { step?: string; unitCode?: string; overdueAt?: number; words?: string },
  ): Promise<Page<DeadlineListRow>>;
  appendFact(fact: NewLimitFact): Promise<LimitFact>;
  facts(limitId: string): Promise<LimitFact[]>; // oldest first
}
type WithoutId<T> = T extends unknown ? Omit<T, 'factId'> : never;
export type NewLimitFact = WithoutId<LimitFact>;
export interface LimitRuleStore {
  all(): Promise<LimitRule[]>;
  insert(rule: LimitRule): Promise<void>;
  update(ruleId: string, changes: Partial<LimitRule>): Promise<void>;
}
export interface DeadlineRequestStore {
  insert(request: DeadlineRequest): Promise<void>;
  find(requestId: string): Promise<DeadlineRequest | undefined>;
  update(requestId: string, changes: Partial<DeadlineRequest>): Promise<void>;
  ofTicket(ticketNo: string): Promise<DeadlineRequest[]>;
  asked(): Promise<DeadlineRequest[]>;
}
export interface DispatchRuleStore {
  all(): Promise<DispatchRule[]>;
  find(ruleCode: string): Promise<DispatchRule | undefined>;
  insert(rule: DispatchRule): Promise<void>;
  update(ruleCode: string, changes: Partial<DispatchRule>): Promise<void>;
}
export interface CalendarStore {
  load(): Promise<WorkingCalendar>; // the newest version
  version(version: number): Promise<WorkingCalendar>;
  /** Keeps every earlier version; answers the new number. */
  save(calendar: Omit<WorkingCalendar, 'version'>): Promise<number>;
}
export interface ContactStore {
  insert(contact: Contact): Promise<void>;
  ofTicket(ticketNo: string): Promise<Contact[]>;
}
export interface CallbackStore {
  insert(callback: Callback): Promise<void>;
  ofTicket(ticketNo: string): Promise<Callback[]>;
}
export interface SupervisionOrderStore {
  insert(order: SupervisionOrder): Promise<void>;
  find(supervisionNo: string): Promise<SupervisionOrder | undefined>;
  update(supervisionNo: string, changes: Partial<SupervisionOrder>): Promise<void>;
  ofTicket(ticketNo: string): Promise<SupervisionOrder[]>;
  list(
    query: PageRequest & { state: 'OPEN' | 'REPLIED' | 'CLOSED' | 'ALL'; unitCode?: string },
  ): Promise<Page<SupervisionOrder & { title: string }>>;
}
export interface NotificationStore {
  insert(notification: Notification): Promise<void>;
  ofAccount(accountId: string, groups: readonly string[], limit: number): Promise<Notification[]>;
  ofTicket(ticketNo: string): Promise<Notification[]>;
}
/** Append-only by triggers in the database. */
export interface EventStore {
  append(event: NewTicketEvent): Promise<TicketEvent>;
  ofTicket(ticketNo: string): Promise<TicketEvent[]>; // oldest first
}
export interface AuditStore {
  append(entry: NewAuditEntry): Promise<void>;
  list(query: PageRequest & { action?: string; subject?: string; actorId?: string }): Promise<Page<AuditEntry>>;
}
export interface TaskStore {
  /** Insert or replace by `taskKey`; writes the candidate groups beside it. */
  upsert(task: Task): Promise<void>;
  find(taskKey: string): Promise<Task | undefined>;
  update(taskKey: string, changes: Partial<Task>): Promise<void>;
  /** CREATING, CREATED and COMPLETING ones. */
  openOfTicket(ticketNo: string): Promise<Task[]>;
  ofTicket(ticketNo: string): Promise<Task[]>;
  openWithLimit(limitId: string): Promise<Task[]>;
  /** Every task still open here, for the reconciliation with the engine. */
  openKeys(): Promise<{ taskKey: string; state: TaskState }[]>;
  search(query: TaskQuery): Promise<Page<TaskRow>>;
  counts(query: Pick<TaskQuery, 'accountId' | 'groups' | 'now' | 'endOfToday'>): Promise<TaskCounts>;
}
export interface TaskAnswerStore {
  insert(answer: TaskAnswer): Promise<void>;
  find(answerId: string): Promise<TaskAnswer | undefined>;
  update(answerId: string, changes: Pick<TaskAnswer, 'state'>): Promise<void>;
  ofTicket(ticketNo: string): Promise<TaskAnswer[]>;
  /** The one that is SENT or ACCEPTED, if any: a second completion meets Conflict('taskAlreadyDone'). */
  liveOfTask(taskKey: string): Promise<TaskAnswer | undefined>;
}
export interface FormDraftStore {
  save(draft: FormDraft): Promise<void>; // upsert by (accountId, draftKey)
  find(accountId: string, draftKey: string): Promise<FormDraft | undefined>;
  delete(accountId: string, draftKey: string): Promise<void>;
}
export interface OutboxStore {
  add(orderKey: string, message: OutboxMessage, createdAt: number): Promise<void>;
  /**
   * Leases the oldest unsent row of each order key that is due and not claimed: committed before it answers.
   * Never hands out a row while an earlier one of its key is unsent (failed ones do not block).
   */
  claim(claim: { by: string; now: number; until: number; limit: number }): Promise<OutboxRow[]>;
  /** What a process of that name has claimed and not delivered before it died. */
  releaseClaims(by: string): Promise<void>;
  /** What waits to be sent, or is being sent, of an order key; oldest first. */
  unsentOf(orderKey: string): Promise<OutboxMessage[]>;
  markSent(outboxId: number, at: number): Promise<void>;
  retryLater(outboxId: number, nextAttemptAt: number, error: string): Promise<void>;
  giveUp(outboxId: number, at: number, error: string): Promise<void>;
  /** Failed ones, newest first; and the number that wait. */
  failed(limit: number): Promise<OutboxRow[]>;
  waiting(): Promise<number>;
  /** Back from failed to waiting. */
  retryFailed(outboxId: number, now: number): Promise<void>;
}
export interface AccountStore {
  find(accountId: string): Promise<Account | undefined>;
  insert(account: Account): Promise<void>;
  update(accountId: string, changes: Partial<Account>): Promise<void>;
  list(): Promise<Account[]>;
}
export interface ApiTokenStore {
  insert(token: {
    tokenHash: string;
    accountId: string;
    name: string;
    createdAt: number;
    expiresAt: number | null;
  }): Promise<void>;
  findAccountId(tokenHash: string, now: number): Promise<string | undefined>;
  ofAccount(
    accountId: string,
  ): Promise<
    { tokenHash: string; name: string; createdAt: number; expiresAt: number | null; lastUsedAt: number | null }[]
  >;
  touch(tokenHash: string, now: number): Promise<void>;
  delete(accountId: string, tokenHash: string): Promise<void>;
}
export interface UnitStore {
  all(): Promise<Unit[]>;
  find(unitCode: string): Promise<Unit | undefined>;
  insert(unit: Unit): Promise<void>;
  update(unitCode: string, changes: Partial<Unit>): Promise<void>;
}
export interface ProcessStore {
  insertDeployment(deployment: ProcessDeployment, versions: ProcessVersion[], forms: FormVersion[]): Promise<void>;
  deployments(): Promise<Omit<ProcessDeployment, 'files'>[]>; // newest first
  deployment(deploymentId: string): Promise<ProcessDeployment | undefined>;
  latestDeployment(): Promise<ProcessDeployment | undefined>;
  versions(processId?: string): Promise<Omit<ProcessVersion, 'xml'>[]>; // newest first
  version(processDefinitionKey: string): Promise<ProcessVersion | undefined>;
  latestVersion(processId: string): Promise<ProcessVersion | undefined>;
  form(formKey: string): Promise<FormVersion | undefined>;
  /** The form's schema as deployed with that process definition. */
  formOfDeployment(deploymentId: string, formId: string): Promise<FormVersion | undefined>;
  drafts(): Promise<ProcessDraft[]>;
  draft(name: string): Promise<ProcessDraft | undefined>;
  /** @throws Conflict('draftChanged') when the stored version is not `expectedVersion` (0 = none yet). */
  saveDraft(draft: ProcessDraft, expectedVersion: number): Promise<void>;
  deleteDrafts(names: string[]): Promise<void>;
  /** Checksums of shipped files ever deployed: a start never ships the same file twice. */
  shipped(): Promise<{ name: string; checksum: string }[]>;
  markShipped(files: { name: string; checksum: string }[], at: number): Promise<void>;
}
export interface SettingStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}
/** The numbered log from which every node tells its browsers what has changed. */
export interface ChangeStore {
  append(change: {
    kind: 'TASK' | 'TICKET' | 'PROCESS' | 'CLOCK';
    subject: string;
    groups: string[];
    accountId: string | null;
  }): Promise<void>;
  since(
    changeId: number,
    limit: number,
  ): Promise<
    {
      changeId: number;
      kind: 'TASK' | 'TICKET' | 'PROCESS' | 'CLOCK';
      subject: string;
      groups: string[];
      accountId: string | null;
    }[]
  >;
  latestId(): Promise<number>;
}
export interface SequenceStore {
  /** The next number of a series (`GD20261123`, `DB20261123` …) from 1; no doubles under concurrency on either database. */
  next(series: string): Promise<number>;
}
/** What a job of the engine has answered, written in the transaction of its effect: a job delivered twice has its effect once. */
export interface JobResultStore {
  find(jobKey: string): Promise<Record<string, unknown> | undefined>;
  insert(jobKey: string, jobType: string, outputs: Record<string, unknown>, at: number): Promise<void>;
}
