/**
 * What the parameters of events and notifications are, so that screens can put words for codes: the name of an enum
 * (`enum.<name>.<VALUE>`). Beside these, names that end in `UnitCode` or `UnitCodes` hold units, names that end in `At` instants.
 */
export const EVENT_PARAMETER_ENUMS: Readonly<Record<string, string>> = {
  cause: 'SkipCause',
  channel: 'Channel',
  intakeOutcome: 'IntakeOutcome',
  judgement: 'Judgement',
  limitClass: 'LimitClass',
  outcome: 'CompletionOutcome',
  phase: 'ContactPhase',
  purpose: 'RevealPurpose',
  reason: 'AssignmentReason',
  rejectReason: 'RejectReason',
  requestType: 'RequestType',
  result: 'ContactResult',
  role: 'AssignmentRole',
  satisfaction: 'Satisfaction',
  status: 'TicketStatus',
  step: 'LimitStep',
  urgency: 'Urgency',
};
