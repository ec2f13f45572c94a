/** 延期 (EXTENSION) or 挂账 (SUSPENSION) asked for by a unit, decided by the centre. */
export interface DeadlineRequest {
  requestId: string;
  kind: 'EXTENSION' | 'SUSPENSION';
  ticketNo: string;
  assignmentNo: string;
  askedAt: number;
  askedBy: string;
  workingDays: number | null; // extension
  untilAt: number | null; // suspension, ≤ 180 days
  reason: string;
  plan: string | null; // suspension: plan and funds
  status: 'ASKED' | 'APPROVED' | 'DENIED' | 'LAPSED';
  decidedAt: number | null;
  decidedBy: string | null;
  decisionNote: string | null;
}
