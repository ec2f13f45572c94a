/** A unit of work that the engine hands out, at least once. */
export interface EngineJob {
  jobKey: string;
  jobType: string;
  /** Tries left before the engine makes an incident of it. */
  retries: number;
  processInstanceKey: string;
  processDefinitionKey: string;
  processId: string;
  elementId: string;
  elementInstanceKey: string;
  variables: Record<string, unknown>;
  /** Only of a task listener's job. */
  taskEvent: EngineTaskEvent | null;
}
export type EngineTaskEventType = 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling';
export interface EngineTaskEvent {
  event: EngineTaskEventType;
  taskKey: string;
  /** What the command that caused it carried; of our completions the answer's id. */
  action: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  dueAt: number | null;
  formKey: string | null;
  priority: number;
}
/** BPMN_ERROR: the process itself handles it. What is thrown instead is tried again, then an incident. */
export type JobOutcome =
  | { kind: 'COMPLETED'; variables: Record<string, unknown> }
  | { kind: 'BPMN_ERROR'; code: string; message: string };
export interface JobHandler {
  jobType: string;
  /** Names of the variables the engine is asked for; null = all in scope. */
  variables: string[] | null;
  run(job: EngineJob): Promise<JobOutcome>;
}
