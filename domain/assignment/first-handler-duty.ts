import type { TaskAnswer } from '../task/task.ts';
import type { Assignment } from './assignment.ts';

/**
 * 首办责任 [S15(1)]: the unit that was first given the ticket stays answerable until another has signed for it, even when its return
 * was upheld. Answers null before the first dispatch.
 */
export function answerableUnit(assignments: readonly Assignment[]): string | null {
  const hosts = assignments.filter(({ role }) => role === 'HOST').toSorted((a, b) => a.dispatchedAt - b.dispatchedAt);
  const signed = hosts.findLast(({ signedAt }) => signedAt !== null);
  return (signed ?? hosts[0])?.unitCode ?? null;
}

/**
 * Whether a unit may still ask to return this assignment: once per unit and ticket, never a rework, and never what was determined
 * for it [S15(2): 被指定单位不得推诿懈怠].
 */
export function mayReturn(
  assignment: Pick<Assignment, 'unitCode' | 'isRework' | 'role'>,
  assignments: readonly Assignment[],
  answers: readonly Pick<TaskAnswer, 'formId' | 'state' | 'answers'>[],
): boolean {
  if (assignment.isRework || assignment.role === 'CO_HOST') return false;
  const returnedBefore = assignments.some(
    ({ unitCode, returnCount }) => unitCode === assignment.unitCode && returnCount > 0,
  );
  const determined = answers.some(
    ({ formId, state, answers: said }) =>
      formId === 'determine-host' && state !== 'SUPERSEDED' && said['hostUnitCode'] === assignment.unitCode,
  );
  return !returnedBefore && !determined;
}
