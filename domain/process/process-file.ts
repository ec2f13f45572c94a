/** One file of the deployed set: `ticket.bpmn`, `dispatch-catalogue.dmn`, `sign-assignment.form`. */
export interface ProcessFile {
  name: string;
  kind: 'BPMN' | 'DMN' | 'FORM';
  content: string;
  checksum: string; // sha256 hex
}

/** Every deployment is the whole set, bound by `deployment`. */
export interface ProcessDeployment {
  deploymentId: string;
  deployedAt: number;
  deployedBy: string;
  note: string;
  deploymentKey: string; // the engine's
  files: ProcessFile[];
}

/** A deployed process version, as the engine named it. */
export interface ProcessVersion {
  processDefinitionKey: string;
  processId: string;
  version: number;
  name: string;
  deploymentId: string;
  deployedAt: number;
  xml: string;
}

/** A deployed form version: forms are served from here, since the engine's search comes late on a cluster. */
export interface FormVersion {
  formKey: string;
  formId: string;
  version: number;
  deploymentId: string;
  schema: Record<string, unknown>;
}

/** A designer's unsaved-to-engine work: `name` is a file of the set. */
export interface ProcessDraft {
  name: string; // file name
  kind: ProcessFile['kind'];
  content: string;
  baseDeploymentId: string;
  version: number; // optimistic lock
  savedAt: number;
  savedBy: string;
}
