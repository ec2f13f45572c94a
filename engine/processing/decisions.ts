import { parseExactly } from '../exact-json.ts';
import type { EvaluateDecisionResponse, EvaluatedDecision } from '../commands.ts';
import { evaluateDecision, type DecisionEvaluation } from '../dmn/evaluate-decision.ts';
import { parseDrg, type Drg } from '../dmn/parse-drg.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { DecisionSpec } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import type { DecisionPlace, ElementInstanceRow } from '../state/rows.ts';
import type { DecisionRef, Definitions } from '../state/definitions.ts';
import { Expressions } from './expressions.ts';
import { Incident } from './incident.ts';
import type { Run } from './run.ts';
import { ScopeVariables } from './scope-variables.ts';

const maxDrgs = 200;
/** Models that are kept ready, by engine: keys begin anew in each. */
const drgs = new WeakMap<Definitions, Map<number, Drg>>();

function drgOf({ state: { definitions } }: Run, requirementsKey: number): Drg {
  const known = drgs.get(definitions) ?? new Map<number, Drg>();
  drgs.set(definitions, known);
  let drg = known.get(requirementsKey);
  if (!drg) {
    drg = parseDrg(definitions.requirements(requirementsKey)!.xml);
    if (known.size >= maxDrgs) known.clear();
    known.set(requirementsKey, drg);
  }
  return drg;
}

/** Evaluates a deployed decision and keeps what it evaluated on the way. */
export function evaluateDeployedDecision(
  run: Run,
  decision: DecisionRef,
  variables: JsonObject,
  place?: DecisionPlace,
): EvaluateDecisionResponse {
  const { definitions } = run.state;
  const requirements = definitions.requirements(decision.requirementsKey)!;
  const evaluation = evaluateDecision(drgOf(run, requirements.key), decision.decisionId, variables, {
    nowMs: run.now,
    hidden: { camunda: run.state.clusterVariables.context('<default>') },
  });
  const evaluationKey = run.keys.next();
  const siblings = new Map(definitions.decisionsOf(requirements.key).map((ref) => [ref.decisionId, ref]));
  const evaluated = evaluation.evaluatedDecisions.map((found, index) =>
    evaluatedDecision(found, siblings.get(found.decisionId), `${evaluationKey}-${index + 1}`),
  );
  run.emit('decision.evaluated', {
    key: evaluationKey,
    rootDecisionKey: decision.key,
    evaluatedAt: run.now,
    evaluated,
    failure: evaluation.failure,
    place,
  });
  return {
    decisionEvaluationKey: evaluationKey,
    decisionDefinitionKey: decision.key,
    decisionDefinitionId: decision.decisionId,
    decisionDefinitionName: decision.name,
    decisionDefinitionVersion: decision.version,
    decisionRequirementsKey: requirements.key,
    decisionRequirementsId: requirements.drgId,
    output: evaluation.failure ? null : evaluation.output,
    evaluatedDecisions: evaluated,
    failedDecisionDefinitionId: evaluation.failure?.failedDecisionId ?? null,
    failureMessage: evaluation.failure?.message ?? null,
  };
}

function evaluatedDecision(
  found: DecisionEvaluation['evaluatedDecisions'][number],
  ref: DecisionRef | undefined,
  instanceKey: string,
): EvaluatedDecision {
  return {
    decisionEvaluationInstanceKey: instanceKey,
    decisionDefinitionKey: ref?.key ?? -1,
    decisionDefinitionId: found.decisionId,
    decisionDefinitionName: found.decisionName,
    decisionDefinitionVersion: ref?.version ?? -1,
    decisionDefinitionType: found.decisionType as EvaluatedDecision['decisionDefinitionType'],
    output: found.output,
    evaluatedInputs: found.evaluatedInputs,
    matchedRules: found.matchedRules,
  };
}

/** The decision that a business rule task calls. */
export function evaluateCalledDecision(
  run: Run,
  row: ElementInstanceRow,
  element: ExecutableElement,
  spec: DecisionSpec,
): JsonValue {
  const decisionId = new Expressions(run, row).string(spec.decisionId);
  const decision = boundDecision(run, element, spec, decisionId);
  if (!decision) throw new Incident('CALLED_DECISION_ERROR', notFound(element, spec, decisionId));
  const variables = parseExactly(new ScopeVariables(run.state, row).json()) as JsonObject;
  const response = evaluateDeployedDecision(run, decision, variables, {
    processDefinitionKey: element.process.key,
    processInstanceKey: row.processInstanceKey,
    elementInstanceKey: row.key,
  });
  if (response.failureMessage !== null) throw new Incident('DECISION_EVALUATION_ERROR', response.failureMessage);
  return response.output;
}

function notFound({ process }: ExecutableElement, { binding, versionTag }: DecisionSpec, decisionId: string): string {
  if (binding === 'deployment') {
    return (
      `Expected to evaluate decision '${decisionId}' with binding type 'deployment', but no such decision found ` +
      `in the deployment with key ${process.deploymentKey} which contained the current process. ` +
      'To resolve this incident, migrate the process instance to a process definition ' +
      'that is deployed together with the intended decision to evaluate.'
    );
  }
  if (binding === 'versionTag') {
    return (
      `Expected to evaluate decision with id '${decisionId}' and version tag '${versionTag}', but no such decision found. ` +
      'To resolve this incident, deploy a decision with the given id and version tag.'
    );
  }
  return `Expected to evaluate decision '${decisionId}', but no decision found for id '${decisionId}'`;
}

function boundDecision(
  run: Run,
  element: ExecutableElement,
  spec: DecisionSpec,
  decisionId: string,
): DecisionRef | undefined {
  const { definitions } = run.state;
  if (spec.binding === 'deployment')
    return definitions.decision('deployment', decisionId, element.process.deploymentKey);
  if (spec.binding === 'versionTag') return definitions.decision('versionTag', decisionId, spec.versionTag ?? '');
  return definitions.decision('latest', decisionId);
}
