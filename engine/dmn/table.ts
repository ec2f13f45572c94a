import type { FeelTest } from '../feel/feel.ts';
import type { FeelValue } from '../feel/value.ts';
import type { Logic } from './compiler.ts';

export type HitPolicyName = 'UNIQUE' | 'FIRST' | 'ANY' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'MIN' | 'MAX' | 'COUNT';

export interface HitPolicy {
  name: HitPolicyName;
  aggregation: Aggregation | null;
}

export interface Input {
  id: string;
  name: string;
  value: Logic;
}

export interface Output {
  id: string;
  /** The name of the entry in the result, when there are several. */
  name: string;
  /** What people call it. */
  title: string;
  /** For priorities: the values in order, the most important first. */
  values: Logic;
  defaultValue: Logic | null;
}

export interface Rule {
  id: string;
  tests: FeelTest['test'][];
  outputs: Logic[];
}

export interface DecisionTable {
  inputs: Input[];
  outputs: Output[];
  rules: Rule[];
  hitPolicy: HitPolicy;
}

export interface MatchedRule {
  id: string;
  /** From 1. */
  index: number;
  values: FeelValue[];
}
