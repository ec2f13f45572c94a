import type { Row } from './row.ts';

/** A BPMN element in a position, with a model that shows it. */
export interface ElementRow extends Row {
  model: (id: string) => string;
  /** How elements of the model have ended when the instance has: the proof that the element did what it is for. */
  ends: Record<string, 'COMPLETED' | 'TERMINATED'>;
  /** Further files that the model needs. */
  files?: Record<string, string>;
}

export interface ElementTable {
  title: string;
  rows: ElementRow[];
}

export const notInCamunda = 'Camunda 8.9 does not execute it either; the deployment is refused.';
