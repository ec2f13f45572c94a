import type Database from 'better-sqlite3';
import { printExactly } from '../exact-json.ts';
import type { EvaluatedDecision } from '../commands.ts';

interface Place {
  processDefinitionKey: number;
  processInstanceKey: number;
  elementInstanceKey: number;
}

/** History of evaluated decisions; never read by the engine itself. */
export class DecisionInstances {
  readonly #insert: Database.Statement;
  readonly #beforeWrite: () => void;

  constructor(db: Database.Database, beforeWrite: () => void) {
    this.#beforeWrite = beforeWrite;
    this.#insert = db.prepare(
      `INSERT INTO decision_instance (evaluation_key, idx, decision_key, root_decision_key, process_definition_key,
         process_instance_key, element_instance_key, decision_type, state, evaluated_at, failure, output, inputs, rules)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  save(
    now: number,
    rootKey: number,
    evaluationKey: number,
    evaluated: EvaluatedDecision[],
    failure: { message: string; failedDecisionId: string } | undefined,
    place: Place | undefined,
  ): void {
    this.#beforeWrite();
    for (const [index, decision] of evaluated.entries()) {
      const failed = failure?.failedDecisionId === decision.decisionDefinitionId;
      this.#insert.run(
        evaluationKey,
        index + 1,
        decision.decisionDefinitionKey,
        rootKey,
        place?.processDefinitionKey ?? null,
        place?.processInstanceKey ?? null,
        place?.elementInstanceKey ?? null,
        decision.decisionDefinitionType,
        failed ? 'FAILED' : 'EVALUATED',
        now,
        failed ? failure.message : null,
        printExactly(decision.output),
        printExactly(decision.evaluatedInputs),
        printExactly(decision.matchedRules),
      );
    }
  }
}
