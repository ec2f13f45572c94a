/** "2+1" [S15(5)]: FIRST before handling, RESULT before submission, CALLBACK by the centre. */
export type ContactPhase = 'FIRST' | 'RESULT' | 'CALLBACK';
export const CONTACT_RESULTS = ['REACHED', 'NO_ANSWER', 'WRONG_NUMBER', 'SMS_SENT', 'SKIPPED_ANONYMOUS'] as const;
export type ContactResult = (typeof CONTACT_RESULTS)[number];

export interface Contact {
  contactId: string;
  ticketNo: string;
  assignmentNo: string | null; // null for the centre's callback
  phase: ContactPhase;
  attemptNo: number;
  at: number;
  actorId: string;
  channel: 'PHONE' | 'SMS' | 'VISIT' | 'ONLINE' | 'NONE';
  result: ContactResult;
  note: string | null;
}
