import { FeelFunction } from '../feel/feel-function.ts';
import { describe } from '../feel/print.ts';
import { ContextScope, type Scope } from '../feel/scope.ts';
import { type FeelContext, type FeelValue, newContext } from '../feel/value.ts';
import { DecisionFailure } from './decision-failure.ts';
import { evaluateTable } from './decision-table.ts';
import type { MatchedRule } from './table.ts';
import type { BusinessKnowledge, Decision, DecisionService, Drg } from './drg.ts';
import { conforming } from './types.ts';

export interface Evaluated {
  decision: Decision;
  value: FeelValue;
  inputValues: FeelValue[];
  matchedRules: MatchedRule[];
}

/** One evaluation of a graph: each decision at most once. */
export class GraphEvaluation {
  readonly evaluated: Evaluated[] = [];
  /** The decision that threw. */
  failed: Decision | undefined;
  readonly #drg: Drg;
  readonly #root: Scope;
  readonly #values = new Map<string, FeelValue>();
  readonly #functions = new Map<string, FeelValue>();

  constructor(drg: Drg, root: Scope) {
    this.#drg = drg;
    this.#root = root;
  }

  decide(decision: Decision): FeelValue {
    const known = this.#values.get(decision.id);
    if (known !== undefined) return known;
    const scope = new ContextScope(this.#root, this.#required(decision.requires));
    const found: Evaluated = { decision, value: null, inputValues: [], matchedRules: [] };
    try {
      found.value = this.#compute(found, scope);
      found.value = this.#ofType(found.value, decision, scope);
    } catch (error) {
      this.failed ??= decision;
      throw error;
    } finally {
      this.evaluated.push(found);
    }
    this.#values.set(decision.id, found.value);
    return found.value;
  }

  #compute(found: Evaluated, scope: Scope): FeelValue {
    const { logic } = found.decision;
    if (logic.kind === 'none') return null;
    if (logic.kind !== 'table') return logic.evaluate(scope);
    return evaluateTable(logic.table, scope, {
      inputs: (values) => {
        found.inputValues = values;
      },
      matched: (rules) => {
        found.matchedRules = rules;
      },
    });
  }

  /** A result that is not of the type of an item definition is null, as DMN has it. */
  #ofType(value: FeelValue, { id, resultType, demandedType }: Decision, scope: Scope): FeelValue {
    const converted = conforming(value, resultType);
    if (converted !== undefined) return converted;
    if (demandedType) throw new DecisionFailure(`expected '${demandedType}' but found '${describe(value)}'`);
    return scope.run.warn(
      'INVALID_TYPE',
      `The result '${describe(value)}' of decision '${id}' is not of its declared type`,
    );
  }

  /** What an element sees by its requirements: results, functions, services. */
  #required(ids: string[]): FeelContext {
    const context = newContext();
    for (const id of ids) {
      const decision = this.#drg.decisions.find((each) => each.id === id);
      if (decision) {
        const value = this.decide(decision);
        for (const name of decision.resultNames) context[name] = value;
      }
      const knowledge = this.#drg.knowledge.find((each) => each.id === id);
      if (knowledge) context[knowledge.name] = this.#functionOf(knowledge);
      const service = this.#drg.services.find((each) => each.id === id);
      if (service) context[service.name] = this.#serviceFunction(service);
    }
    return context;
  }

  #functionOf(knowledge: BusinessKnowledge): FeelValue {
    const known = this.#functions.get(knowledge.id);
    if (known) return known;
    const made = knowledge.makeFunction(new ContextScope(this.#root, this.#required(knowledge.requires)));
    this.#functions.set(knowledge.id, made);
    return made;
  }

  /** A service is called with its input data and input decisions; its own decisions see nothing else. */
  #serviceFunction(service: DecisionService): FeelFunction {
    const data = service.inputData.flatMap((id) => this.#drg.inputs.find((each) => each.id === id) ?? []);
    const decided = service.inputDecisions.flatMap((id) => this.#drg.decisions.find((each) => each.id === id) ?? []);
    const names = [...data.map(({ name }) => name), ...decided.map(({ resultNames }) => resultNames[0])];
    const types = [...data.map(({ type }) => type), ...decided.map(({ resultType }) => resultType)];
    return new FeelFunction(names, (args, run) => {
      const values = types.map((type, index) => conforming(args[index] ?? null, type));
      if (values.includes(undefined)) {
        return run.warn(
          'INVALID_TYPE',
          `An argument of decision service '${service.name}' is not of its declared type`,
        );
      }
      const given = newContext();
      for (const [index, { name }] of data.entries()) given[name] = values[index]!;
      const inner = new GraphEvaluation(this.#drg, new ContextScope(this.#root, given));
      for (const [index, decision] of decided.entries()) inner.#values.set(decision.id, values[data.length + index]!);
      return inner.#outputsOf(service);
    });
  }

  #outputsOf(service: DecisionService): FeelValue {
    const decisions = service.outputDecisions.flatMap((id) => this.#drg.decisions.find((each) => each.id === id) ?? []);
    if (decisions.length === 1) return this.decide(decisions[0]!);
    const outputs = newContext();
    for (const decision of decisions) outputs[decision.resultNames[0]] = this.decide(decision);
    return outputs;
  }
}
