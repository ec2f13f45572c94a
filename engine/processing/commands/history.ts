import { CommandRejection } from '../../command-rejection.ts';
import type { Empty } from '../../commands.ts';
import { phase } from '../../state/rows.ts';
import type { Run } from '../run.ts';

/** Small instances are gone when the command is answered, the rows of large ones go bit by bit: background-work.ts. */
export function deleteProcessInstance(run: Run, { processInstanceKey: key }: { processInstanceKey: number }): Empty {
  const instance = run.state.processInstance(key);
  if (!instance) throw new CommandRejection('NOT_FOUND', `Process Instance with key '${key}' not found`);
  if (instance.phase < phase.completed) {
    const reason = `Expected to delete history for process instance with key '${key}', but it is still active.`;
    throw new CommandRejection('INVALID_STATE', reason);
  }
  run.state.historyDeletion.mark(key);
  run.state.historyDeletion.step(run.settings.maxSweepRows);
  return {};
}

/** All decisions of the evaluation. */
export function deleteDecisionInstance(
  run: Run,
  { decisionEvaluationKey: key }: { decisionEvaluationKey: number },
): Empty {
  if (run.state.historyDeletion.deleteEvaluation(key)) return {};
  throw new CommandRejection('NOT_FOUND', `Decision Instance with key '${key}' not found`);
}
