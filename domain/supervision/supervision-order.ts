/** 督办单, `DB` + yyyyMMdd + 5 digits. Urges (L1) and reminders (L0) are ticket events, not orders. */
export interface SupervisionOrder {
  supervisionNo: string;
  ticketNo: string;
  assignmentNo: string;
  unitCode: string;
  level: 2;
  cause: 'OVERDUE' | 'REWORK_FAILED' | 'LEADER_ORDER';
  issuedAt: number;
  issuedBy: string;
  replyDueAt: number;
  repliedAt: number | null;
  repliedBy: string | null;
  reply: string | null;
  correctiveAction: string | null;
  verifiedAt: number | null;
  verifiedBy: string | null;
  verdict: 'ACCEPTED' | 'REJECTED' | null;
  verifyNote: string | null;
  rejectedReplies: number;
}
