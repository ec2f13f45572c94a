import type { Role } from './account.ts';

/** Who acts. The system acts as SYSTEM: alarms, workers, the reconciliation. */
export interface Actor {
  accountId: string;
  displayName: string;
  roles: readonly Role[];
  unitCode: string | null;
  divisionCode: string | null;
  /** Candidate groups of user tasks this actor belongs to (domain.md §3). */
  groups: readonly string[];
}

export const SYSTEM: Actor = {
  accountId: 'system',
  displayName: '系统',
  roles: [],
  unitCode: null,
  divisionCode: null,
  groups: [],
};
