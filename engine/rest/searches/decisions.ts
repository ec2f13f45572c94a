import { parseExactly, printExactly } from '../../exact-json.ts';
import type { EvaluatedInput, MatchedRule } from '../../commands.ts';
import type { Row } from '../read-statements.ts';
import {
  dateTime,
  defineSearch,
  hidden,
  integer,
  key,
  nullableKey,
  nullableString,
  string,
  type CustomFilter,
} from '../search/column.ts';

const latest =
  'version = (SELECT MAX(version) FROM decision l WHERE l.decision_id = decision_view.decision_definition_id)';

const isLatestVersion: CustomFilter = (value: boolean, where) => where.and(value ? latest : `NOT ${latest}`);

export const decisionDefinitions = defineSearch({
  entity: 'Decision Definition',
  from: 'decision_view',
  tieBreaker: 'decision_definition_key',
  columns: {
    decisionDefinitionId: string,
    decisionDefinitionKey: key,
    decisionRequirementsId: string,
    decisionRequirementsKey: key,
    decisionRequirementsName: string,
    decisionRequirementsVersion: integer,
    name: string,
    version: integer,
  },
  filters: { isLatestVersion },
});

export const decisionRequirements = defineSearch({
  entity: 'Decision Requirements',
  from: 'decision_requirements',
  tieBreaker: 'key',
  columns: {
    decisionRequirementsId: { ...string, sql: 'drg_id' },
    decisionRequirementsKey: { ...key, sql: 'key' },
    decisionRequirementsName: { ...string, sql: 'name' },
    resourceName: string,
    version: integer,
  },
});

const declaration = {
  entity: 'Decision Instance',
  from: 'decision_instance_view',
  tieBreaker: 'decision_evaluation_instance_key',
  columns: {
    decisionEvaluationInstanceKey: string,
    decisionEvaluationKey: key,
    decisionDefinitionId: string,
    decisionDefinitionKey: key,
    decisionDefinitionName: string,
    decisionDefinitionType: string,
    decisionDefinitionVersion: integer,
    rootDecisionDefinitionKey: key,
    decisionRequirementsKey: hidden(key),
    elementInstanceKey: nullableKey,
    processDefinitionKey: nullableKey,
    processInstanceKey: nullableKey,
    rootProcessInstanceKey: nullableKey,
    evaluationDate: dateTime('evaluated_at'),
    evaluationFailure: nullableString,
    result: string,
    state: string,
  },
};

export const decisionInstances = defineSearch(declaration);

/** One evaluation with what went in and which rules matched. */
export const decisionInstance = defineSearch({
  ...declaration,
  extraColumns: ['inputs', 'rules'],
  extra: (row: Row) => ({
    evaluatedInputs: printInputs(parseExactly(row.inputs as string) as unknown as EvaluatedInput[]),
    matchedRules: printRules(parseExactly(row.rules as string) as unknown as MatchedRule[]),
  }),
});

/** Values are printed as JSON text within the JSON. */
export function printInputs(inputs: EvaluatedInput[]) {
  return inputs.map((input) => ({ ...input, inputValue: printExactly(input.inputValue) }));
}

export function printRules(rules: MatchedRule[]) {
  return rules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => ({
    ruleId,
    ruleIndex,
    evaluatedOutputs: evaluatedOutputs.map((output) => ({
      outputId: output.outputId,
      outputName: output.outputName,
      outputValue: printExactly(output.outputValue),
      ruleId,
      ruleIndex,
    })),
  }));
}
