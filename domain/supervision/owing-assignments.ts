import type { Assignment, AssignmentStatus } from '../assignment/assignment.ts';

/** The unit still owes something: what can be urged. */
const OWING: readonly AssignmentStatus[] = ['DISPATCHED', 'SIGNED', 'RETURN_REQUESTED'];

export function owingAssignments(assignments: readonly Assignment[]): Assignment[] {
  return assignments.filter(({ status }) => OWING.includes(status));
}
