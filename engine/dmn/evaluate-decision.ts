import { canonicalName } from '../feel/known-names.ts';
import { toJson } from '../feel/json.ts';
import { FeelFailure, Run } from '../feel/run.ts';
import { RootScope, type Variables } from '../feel/scope.ts';
import type { FeelContext } from '../feel/value.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { DecisionFailure } from './decision-failure.ts';
import type { Decision, Drg } from './drg.ts';
import { type Evaluated, GraphEvaluation } from './graph-evaluation.ts';
import { fromInput } from './types.ts';

export interface EvaluatedDecision {
  decisionId: string;
  decisionName: string;
  decisionType: 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'UNKNOWN';
  output: JsonValue;
  evaluatedInputs: { inputId: string; inputName: string; inputValue: JsonValue }[];
  matchedRules: {
    ruleId: string;
    ruleIndex: number;
    evaluatedOutputs: { outputId: string; outputName: string; outputValue: JsonValue }[];
  }[];
}

export interface DecisionEvaluation {
  output: JsonValue;
  /** In the order in which they were evaluated: what a decision needs comes before it. */
  evaluatedDecisions: EvaluatedDecision[];
  failure?: { failedDecisionId: string; message: string };
}

/**
 * Evaluates a decision and all it requires. What a decision throws is told as its failure.
 * @param hidden values that expressions may name though nobody has given them, as long as no variable has the name
 */
export function evaluateDecision(
  drg: Drg,
  decisionId: string,
  variables: JsonObject,
  { nowMs, hidden = {} }: { nowMs: number; hidden?: JsonObject },
): DecisionEvaluation {
  const scope = new RootScope(new Run(nowMs, true), inputVariables(drg, variables, hidden));
  const graph = new GraphEvaluation(drg, scope);
  const decision = drg.decisions.find(({ id }) => id === decisionId);
  if (!decision) {
    const message = `no decision found for id '${decisionId}'`;
    return { output: null, evaluatedDecisions: [], failure: { failedDecisionId: decisionId, message } };
  }
  try {
    const output = toJson(graph.decide(decision));
    return { output, evaluatedDecisions: graph.evaluated.map(describe) };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const failed = graph.failed ?? decision;
    return {
      output: null,
      evaluatedDecisions: asFarAsItCame(graph),
      failure: {
        failedDecisionId: failed.id,
        message: `Expected to evaluate decision '${decisionId}', but ${error.message}`,
      },
    };
  }
}

/** A RangeError is values nested so deeply that they use up the stack. */
const isFailure = (error: unknown): error is Error =>
  error instanceof DecisionFailure || error instanceof FeelFailure || error instanceof RangeError;

/** Nothing when it is the size of the values that failed. */
function asFarAsItCame(graph: GraphEvaluation): EvaluatedDecision[] {
  try {
    return graph.evaluated.map(describe);
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

/** Values of declared inputs become what their types say; other variables are seen as they are. */
function inputVariables(drg: Drg, variables: JsonObject, hidden: JsonObject): Variables {
  const types = new Map(drg.inputs.map((input) => [input.name, input.type]));
  const given: FeelContext = Object.create(null) as FeelContext;
  for (const [name, value] of Object.entries(variables)) {
    const type = types.get(canonicalName(name));
    given[canonicalName(name)] = type ? fromInput(value, type) : value;
  }
  return { names: () => Object.keys(given), get: (name) => (name in given ? given[name] : hidden[name]) };
}

const typeNames = {
  table: 'DECISION_TABLE',
  literal: 'LITERAL_EXPRESSION',
  boxed: 'UNKNOWN',
  none: 'UNKNOWN',
} as const satisfies Record<Decision['logic']['kind'], EvaluatedDecision['decisionType']>;

function describe({ decision, value, inputValues, matchedRules }: Evaluated): EvaluatedDecision {
  const { logic } = decision;
  const described: EvaluatedDecision = {
    decisionId: decision.id,
    decisionName: decision.name,
    decisionType: typeNames[logic.kind],
    output: toJson(value),
    evaluatedInputs: [],
    matchedRules: [],
  };
  if (logic.kind !== 'table') return described;
  const { inputs, outputs } = logic.table;
  described.evaluatedInputs = inputValues.map((inputValue, index) => ({
    inputId: inputs[index]!.id,
    inputName: inputs[index]!.name,
    inputValue: toJson(inputValue),
  }));
  described.matchedRules = matchedRules.map(({ id, index, values }) => ({
    ruleId: id,
    ruleIndex: index,
    evaluatedOutputs: values.map((outputValue, column) => ({
      outputId: outputs[column]!.id,
      outputName: outputs[column]!.title,
      outputValue: toJson(outputValue),
    })),
  }));
  return described;
}
