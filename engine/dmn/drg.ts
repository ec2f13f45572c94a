import type { Logic } from './compiler.ts';
import type { DecisionTable } from './table.ts';
import type { DmnType } from './types.ts';

/** A decision requirements graph: one DMN model, ready to be evaluated. */
export interface Drg {
  id: string;
  name: string;
  namespace: string;
  decisions: Decision[];
  inputs: InputData[];
  knowledge: BusinessKnowledge[];
  services: DecisionService[];
  /**
   * Expressions that cannot be parsed, one sentence each. Their decisions fail when they are evaluated; a cluster refuses
   * to deploy such a model.
   */
  problems: string[];
}

export type DecisionLogic =
  | { kind: 'table'; table: DecisionTable }
  | { kind: 'literal' | 'boxed'; evaluate: Logic }
  | { kind: 'none' };

export interface Decision {
  id: string;
  name: string;
  versionTag: string | null;
  /**
   * The names that its result has for the decisions that need it: its variable's, or without one its id, as Camunda has
   * it, and its name, as DMN has it.
   */
  resultNames: [string, ...string[]];
  resultType: DmnType;
  /** The decision fails unless its result is of this type. */
  demandedType: string | null;
  /** Ids of decisions, inputs, business knowledge models and services. */
  requires: string[];
  logic: DecisionLogic;
}

export interface InputData {
  id: string;
  name: string;
  type: DmnType;
}

export interface BusinessKnowledge {
  id: string;
  name: string;
  requires: string[];
  makeFunction: Logic;
}

export interface DecisionService {
  id: string;
  name: string;
  outputDecisions: string[];
  inputDecisions: string[];
  inputData: string[];
}
