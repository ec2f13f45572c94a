export type TaskState = 'CREATING' | 'CREATED' | 'COMPLETING' | 'COMPLETED' | 'CANCELED';

/** The application's copy of an engine user task, upserted by the task listener before the engine goes on. */
export interface Task {
  taskKey: string; // engine userTaskKey
  processInstanceKey: string;
  processDefinitionKey: string;
  processId: string;
  elementId: string;
  elementInstanceKey: string;
  name: string; // of the BPMN element, from the deployed XML
  formKey: string | null; // engine form key; the schema is in our own `form_version`
  formId: string | null; // what the domain's task effects are keyed by
  ticketNo: string | null;
  assignmentNo: string | null;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  priority: number;
  dueAt: number | null;
  limitId: string | null; // the limit this task's due date shows, when the process says so (variable `limitId`)
  state: TaskState;
  variables: Record<string, unknown>; // those in scope at creation: no personal data
  createdAt: number;
  completedAt: number | null;
  completedBy: string | null;
}

/** What a person answered; `answers` is encrypted at rest. One per task completion that was accepted. */
export interface TaskAnswer {
  answerId: string;
  taskKey: string;
  ticketNo: string | null;
  formId: string | null;
  elementId: string;
  answers: Record<string, unknown>;
  actorId: string;
  at: number;
  /** SUPERSEDED: the engine had already taken another way; its author is told. */
  state: 'SENT' | 'ACCEPTED' | 'SUPERSEDED';
}

/** The person's half-typed form (`task:KEY`) or intake (`intake`), saved as they type. Encrypted at rest. */
export interface FormDraft {
  accountId: string;
  draftKey: string;
  data: Record<string, unknown>;
  savedAt: number;
}
