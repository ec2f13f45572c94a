/** Which clock-watched step of an assignment (or, for CALLBACK and SUPERVISION_REPLY, of a ticket or an order). */
export const LIMIT_STEPS = ['DISPATCH', 'SIGN', 'FIRST_CONTACT', 'COMPLETE', 'CALLBACK', 'SUPERVISION_REPLY'] as const;
export type LimitStep = (typeof LIMIT_STEPS)[number];

/** WORKING_DAYS end at closing time; WORKING_HOURS run in opening time; CLOCK_* run 24×7. */
export const LIMIT_UNITS = ['WORKING_DAYS', 'WORKING_HOURS', 'CLOCK_HOURS', 'CLOCK_MINUTES', 'CALENDAR_DAYS'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** A row an admin edits. The DMN picks the `limitClass`, the row holds the number and its source. */
export interface LimitRule {
  ruleId: string;
  limitClass: string; // e.g. CONSULT, HELP, LIFELINE, URGENT …
  step: LimitStep;
  amount: number; // 0.5 working days = { amount: 3.5, unit: 'WORKING_HOURS' }
  unit: LimitUnit;
  source: string; // shown to people: '[D] 默认' or a citation
  validFrom: number;
  validTo: number | null;
}

/** The ledger: facts only, never changed. The due time is computed from them and explained by them. */
export type LimitFact = { factId: number; limitId: string; at: number; actorId: string; reason: string | null } & (
  | {
      kind: 'STARTED';
      ruleId: string;
      limitClass: string;
      amount: number;
      unit: LimitUnit;
      source: string;
      calendarVersion: number;
      startAt: number;
    }
  | { kind: 'EXTENDED'; amount: number; unit: LimitUnit; calendarVersion: number }
  | { kind: 'ADJUSTED'; dueAt: number }
  | { kind: 'PAUSED' }
  | { kind: 'RESUMED' }
  | { kind: 'CALENDAR_CHANGED'; calendarVersion: number }
  | { kind: 'DONE' }
  | { kind: 'CANCELLED' }
);
export type LimitFactKind = LimitFact['kind'];

/** The ledger's current reading, kept beside it for indexed queries; `recomputeLimit` may rebuild it at any time. */
export interface Limit {
  limitId: string; // `${assignmentNo|ticketNo|supervisionNo}:${step}`
  ticketNo: string;
  assignmentNo: string | null;
  step: LimitStep;
  startAt: number;
  dueAt: number | null; // null while paused
  pausedAt: number | null;
  doneAt: number | null;
  cancelledAt: number | null;
  remindedHalfAt: number | null; // alarms already fired for the dueAt in force
  reminded80At: number | null;
  urgedAt: number | null;
  orderedAt: number | null;
}
