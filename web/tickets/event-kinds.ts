/** What the time line can be cut to. */
export const EVENT_KINDS = ['handling', 'contact', 'deadline', 'supervision', 'access'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export function kindOf(type: string): EventKind {
  if (/^(contact|callback|requesterNotified)/.test(type)) return 'contact';
  if (/^(deadline|extension|suspension)/.test(type)) return 'deadline';
  if (/^(supervision|unit[RU]|urged)/.test(type)) return 'supervision';
  return type === 'callerRevealed' ? 'access' : 'handling';
}

const WARNINGS =
  /^(unit[RU]|urged|returnRequested|leaderSentBack|qualityRejected|obstacle|assignmentAutoSigned|duplicate|answerSuperseded|deadlinePaused)/;
const GRAVE = /^(supervisionOrderIssued|supervisionReplyRejected|reworkOrdered|ticketRejected|ticketCancelled)/;

/** The dot of a line: filled for what moved the ticket, amber for warnings, red for what is grave. */
export function dotOf({
  type,
  fromStatus,
  toStatus,
}: {
  type: string;
  fromStatus: string | null;
  toStatus: string | null;
}): string {
  if (GRAVE.test(type)) return 'bad';
  if (WARNINGS.test(type)) return 'warn';
  return toStatus !== null && toStatus !== fromStatus ? 'key' : '';
}
