/** The engine as the application knows it; implemented in camunda/ over @camunda8/sdk for the embedded engine and a cluster alike. */
export interface ProcessEngine {
  deploy(files: { name: string; content: string }[]): Promise<EngineDeployment>;
  /** ALREADY_KNOWN: a message with this id was accepted before (409): delivered. */
  publishMessage(message: {
    name: string;
    correlationKey: string;
    messageId: string;
    timeToLiveMs: number;
    variables: Record<string, unknown>;
  }): Promise<'PUBLISHED' | 'ALREADY_KNOWN'>;
  /** IN_TRANSITION (409, 504): try again. GONE (404): see processes.md 7. */
  completeTask(taskKey: string, variables: Record<string, unknown>, action: string): Promise<TaskDelivery>;
  /** `assignee` null unassigns. */
  assignTask(taskKey: string, assignee: string | null): Promise<TaskDelivery>;
  updateTask(
    taskKey: string,
    changeset: { dueDate?: string; priority?: number; candidateGroups?: string[] },
  ): Promise<TaskDelivery>;
  evaluateDecision(decisionId: string, variables: Record<string, unknown>): Promise<unknown>;
  /** Numbers for the diagram of a definition. */
  elementStatistics(processDefinitionKey: string): Promise<ElementStatistics[]>;
  /** Where an instance and the instances it called are, by definition. */
  activeElements(processInstanceKey: string): Promise<ActiveElement[]>;
  instanceCounts(): Promise<{ processDefinitionKey: string; active: number; withIncident: number }[]>;
  incidents(limit: number): Promise<EngineIncident[]>;
  resolveIncident(incidentKey: string): Promise<void>;
  /** Open user tasks, page by page, for the reconciliation. */
  openTasks(after: string | null): Promise<{ tasks: EngineTask[]; next: string | null }>;
  /** Variables in scope of an open user task, for one that no listener told us of; without it such a task stays unknown here. */
  taskVariables?(taskKey: string): Promise<Record<string, unknown>>;
  isReady(): Promise<boolean>;
  /** Whether it holds the definition; late by seconds on a cluster. */
  hasDefinition(processDefinitionKey: string): Promise<boolean>;
  /** Embedded engine only. */
  pinClock(atMs: number): Promise<void>;
  resetClock(): Promise<void>;
}
export type TaskDelivery = 'DONE' | 'IN_TRANSITION' | 'GONE';
export interface EngineDeployment {
  deploymentKey: string;
  processes: { processDefinitionKey: string; processId: string; version: number; resourceName: string }[];
  forms: { formKey: string; formId: string; version: number; resourceName: string }[];
}
/** A rejected deployment: the file, element and reason as the engine says them. */
export interface DeploymentProblem {
  file: string | null;
  elementId: string | null;
  message: string;
}
export class DeploymentRejected extends Error {
  override name = 'DeploymentRejected' as const;
  problems: DeploymentProblem[];
  constructor(problems: DeploymentProblem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.problems = problems;
  }
}
/** The engine has understood and said no; asking again will not help. */
export class EngineRefused extends Error {
  override name = 'EngineRefused' as const;
}
/** The engine cannot be reached, or is overloaded: nothing is known of what was asked; try again. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable' as const;
}
export interface ElementStatistics {
  elementId: string;
  active: number;
  completed: number;
  canceled: number;
  incidents: number;
}
export interface ActiveElement {
  processInstanceKey: string;
  processDefinitionKey: string;
  processId: string;
  elementId: string;
  type: string;
  hasIncident: boolean;
}
export interface EngineIncident {
  incidentKey: string;
  errorType: string;
  errorMessage: string;
  processInstanceKey: string;
  processDefinitionKey: string;
  processId: string;
  elementId: string;
  createdAt: number;
}
/** What a task listener or a search tells of a user task. */
export interface EngineTask {
  taskKey: string;
  processInstanceKey: string;
  processDefinitionKey: string;
  processId: string;
  elementId: string;
  elementInstanceKey: string;
  formKey: string | null;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  dueAt: number | null;
  priority: number;
  state: 'CREATED' | 'COMPLETED' | 'CANCELED';
}
