/** What the domain needs to know of a drawing; parsed in camunda/. */
export interface BpmnOutline {
  /** Executable ones. */
  processes: { id: string; name: string }[];
  elements: { id: string; name: string; formId: string | null }[];
}
/** @throws Error when the text is no BPMN */
export type ReadBpmn = (xml: string) => Promise<BpmnOutline>;
