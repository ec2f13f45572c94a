/** The append-only log of a ticket. `type` is a message key: `event.<type>`; `data` holds its parameters, never personal data. */
export interface TicketEvent {
  eventId: number;
  ticketNo: string;
  assignmentNo: string | null;
  at: number;
  actorId: string;
  actorName: string;
  actorUnitCode: string | null;
  type: string; // camelCase, e.g. 'ticketRegistered', 'assignmentSigned'
  fromStatus: string | null;
  toStatus: string | null;
  reason: string | null;
  /** Who may read it besides the centre: every unit of the ticket, or only this assignment's. */
  visibility: 'TICKET' | 'ASSIGNMENT' | 'CENTRE';
  data: Record<string, unknown>;
}
export type NewTicketEvent = Omit<TicketEvent, 'eventId'>;

/** Everything that is not a ticket's: logins, reveals, deployments, rule and account changes. Append-only too. */
export interface AuditEntry {
  auditId: number;
  at: number; // real time
  actorId: string;
  action: string; // camelCase message key: `audit.<action>`
  subject: string; // e.g. ticket number, process id, account
  reason: string | null;
  data: Record<string, unknown>;
  remoteAddress: string | null;
}
export type NewAuditEntry = Omit<AuditEntry, 'auditId'>;
