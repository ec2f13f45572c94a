/** Ticket data of domain.md §2. Instants are epoch milliseconds. */
export const TICKET_STATUSES = [
  'DRAFT',
  'PENDING_REVIEW',
  'REJECTED',
  'DIRECT_ANSWERED',
  'PENDING_DISPATCH',
  'DISPATCHED',
  'IN_PROGRESS',
  'RETURN_REQUESTED',
  'DETERMINING',
  'SUBMITTED',
  'PENDING_CALLBACK',
  'REWORK',
  'SUSPENDED',
  'CLOSED',
  'CANCELLED',
  'MERGED',
] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const CHANNELS = [
  'PHONE',
  'WEB',
  'WECHAT',
  'APP',
  'SMS',
  'MAILBOX',
  'WALK_IN',
  'TRANSFER_110',
  'OTHER_HOTLINE',
  'SUPERIOR',
  'MEDIA',
] as const;
export type Channel = (typeof CHANNELS)[number];

export const REQUEST_TYPES = ['CONSULT', 'HELP', 'SUGGEST', 'SUPERVISE', 'COMPLAINT', 'REPORT', 'EMERGENCY'] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export const URGENCIES = ['NORMAL', 'URGENT', 'IMMEDIATE', 'EMERGENCY'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const RISK_FLAGS = ['GROUP_INCIDENT', 'PERSONAL_SAFETY', 'PUBLIC_SAFETY'] as const;
export type RiskFlag = (typeof RISK_FLAGS)[number];

/** Art 8, in its order. */
export const REJECT_REASONS = [
  'OUT_OF_JURISDICTION',
  'EMERGENCY_LINE',
  'PARTY_NPC_CPPCC_COURT_PROCURATORATE_MILITARY',
  'LEGAL_REMEDY_DONE_OR_REPEAT_NO_NEW_FACT',
  'PETITION_FINAL_OR_MEDIATED',
  'SECRET_OR_PRIVACY',
  'PARTY_DISCIPLINE',
  'MALICIOUS_EMPTY_OR_INCOMPLETE',
  'OTHER',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export const PRIVACIES = ['PUBLIC_TO_HANDLER', 'CONFIDENTIAL', 'ANONYMOUS'] as const;
export type Privacy = (typeof PRIVACIES)[number];

/** What the agent decided at once; NONE = a channel without an agent. */
export const INTAKE_OUTCOMES = ['ANSWER', 'REJECT', 'FORWARD', 'NONE'] as const;
export type IntakeOutcome = (typeof INTAKE_OUTCOMES)[number];

export const COMPLETION_OUTCOMES = ['RESOLVED', 'EXPLAINED', 'PARTIAL', 'UNRESOLVED_WITH_PLAN', 'UNFOUNDED'] as const;
export type CompletionOutcome = (typeof COMPLETION_OUTCOMES)[number];

export interface Ticket {
  ticketNo: string; // GD + yyyyMMdd + 5 digits
  queryCode: string; // for the citizen, 8 characters without look-alikes
  caseKind: 'REQUEST' | 'EMERGENCY';
  status: TicketStatus;
  version: number;
  channel: Channel;
  callId: string | null;
  recordingRef: string | null;
  agentId: string | null; // account
  acceptedAt: number;
  title: string;
  content: string;
  occurredAt: number | null;
  respondent: string | null;
  requestType: RequestType;
  categoryCode: string; // 6 digits
  urgency: Urgency;
  riskFlags: RiskFlag[];
  divisionCode: string;
  streetCode: string | null;
  addressText: string;
  lng: number | null;
  lat: number | null;
  privacy: Privacy;
  callbackWanted: boolean;
  intakeOutcome: IntakeOutcome;
  directAnswer: string | null;
  rejectReason: RejectReason | null;
  rejectText: string | null;
  rejectChannelTold: string | null; // the legal channel that the caller was told
  rejectReviewer: string | null;
  duplicateOf: string | null;
  repeatCount: number;
  returnCount: number;
  reworkCount: number;
  hostUnitCode: string | null;
  suggestedUnitCode: string | null;
  dispatchRuleCode: string | null;
  limitClass: string | null;
  extensionCount: number;
  supervisionLevel: 0 | 1 | 2; // L0 reminded or nothing, L1 urged, L2 ordered
  outcome: CompletionOutcome | null;
  publicReply: string | null;
  satisfaction: number | null; // 1–5 of the last callback
  processInstanceKey: string | null; // set by the guard: unique start
  createdAt: number;
  closedAt: number | null;
}

/** Personal data, a table apart, encrypted at rest. Never in events, process variables or logs. */
export interface Caller {
  ticketNo: string;
  name: string | null;
  phone: string | null;
  gender: 'M' | 'F' | null;
  address: string | null;
  callerType: 'PERSON' | 'ENTERPRISE' | 'ORG';
}
