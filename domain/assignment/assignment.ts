import type { CompletionOutcome } from '../ticket/ticket.ts';

export type AssignmentRole = 'HOST' | 'CO_HOST';
export type AssignmentStatus =
  | 'DISPATCHED'
  | 'SIGNED'
  | 'RETURN_REQUESTED'
  | 'RETURNED'
  | 'SUBMITTED'
  | 'APPROVED'
  | 'WAIVED'
  | 'CLOSED';

/** One unit's share of a ticket in one round. `GD2026112300012-01`. */
export interface Assignment {
  assignmentNo: string;
  ticketNo: string;
  round: number; // 1 = first dispatch; rework and re-dispatch open a new round
  unitCode: string;
  role: AssignmentRole;
  hostAssignmentNo: string | null; // of a co-host
  status: AssignmentStatus;
  dispatchedAt: number;
  dispatchedBy: string;
  signedAt: number | null;
  signedBy: string | null; // 'system' = auto-signed
  firstContactAt: number | null;
  resultContactAt: number | null;
  submittedAt: number | null;
  approvedAt: number | null;
  preliminaryCheck: string | null; // Art 15(1)
  returnReason: string | null;
  returnLegalBasis: string | null;
  returnCount: number;
  isRework: boolean;
  instruction: string | null; // what the host or the centre asked of this unit
  outcome: CompletionOutcome | null;
  publicReply: string | null;
  internalNote: string | null;
  opinion: string | null; // a co-host's
  waiverReason: string | null;
}

/** An assignment as it leaves the centre: nothing signed, nothing said. */
export function newAssignment(
  given: Pick<
    Assignment,
    | 'assignmentNo'
    | 'ticketNo'
    | 'round'
    | 'unitCode'
    | 'role'
    | 'dispatchedAt'
    | 'dispatchedBy'
    | 'isRework'
    | 'instruction'
  > & { hostAssignmentNo?: string },
): Assignment {
  return {
    hostAssignmentNo: null,
    status: 'DISPATCHED',
    signedAt: null,
    signedBy: null,
    firstContactAt: null,
    resultContactAt: null,
    submittedAt: null,
    approvedAt: null,
    preliminaryCheck: null,
    returnReason: null,
    returnLegalBasis: null,
    returnCount: 0,
    outcome: null,
    publicReply: null,
    internalNote: null,
    opinion: null,
    waiverReason: null,
    ...given,
  };
}
