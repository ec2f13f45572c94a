/** A reminder, urge or message to staff (group or account), or an SMS to the requester that waits for the city's gateway. */
export interface Notification {
  notificationId: string;
  ticketNo: string | null;
  at: number;
  audience: 'GROUP' | 'ACCOUNT' | 'REQUESTER';
  /** Candidate group or account; null for the requester, whose number stays in the caller table. */
  target: string | null;
  channel: 'IN_APP' | 'SMS';
  type: string; // message key: `notification.<type>`
  data: Record<string, unknown>; // parameters, never personal data
}
