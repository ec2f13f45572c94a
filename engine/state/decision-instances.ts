import type Database from 'better-sqlite3';
import { printExactly } from '../exact-json.ts';
import type { DecisionEvaluationRow } from './rows.ts';

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

  save({ key, rootDecisionKey, evaluatedAt, evaluated, failure, place }: DecisionEvaluationRow): void {
    this.#beforeWrite();
    for (const [index, decision] of evaluated.entries()) {
      const failed = failure?.failedDecisionId === decision.decisionDefinitionId;
      this.#insert.run(
        key,
        index + 1,
        decision.decisionDefinitionKey,
        rootDecisionKey,
        place?.processDefinitionKey ?? null,
        place?.processInstanceKey ?? null,
        place?.elementInstanceKey ?? null,
        decision.decisionDefinitionType,
        failed ? 'FAILED' : 'EVALUATED',
        evaluatedAt,
        failed ? failure.message : null,
        printExactly(decision.output),
        printExactly(decision.evaluatedInputs),
        printExactly(decision.matchedRules),
      );
    }
  }
}
