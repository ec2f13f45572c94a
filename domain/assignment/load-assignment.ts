import { NotFound } from '../errors/not-found.ts';
import type { Stores } from '../ports/stores.ts';
import type { Assignment } from './assignment.ts';

/** @throws NotFound */
export async function loadAssignment(stores: Stores, assignmentNo: string): Promise<Assignment> {
  const assignment = await stores.assignments.find(assignmentNo);
  if (!assignment) throw new NotFound('assignment', assignmentNo);
  return assignment;
}
