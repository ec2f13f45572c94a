/** When something happened: `day` working days before today at `time`; day 0 counts in minutes before now. */
export type Moment = { day: number; time: string } | { minutesAgo: number };

/** Somebody completes the ticket's task at that element. */
export interface DemoStep {
  at: Moment;
  by: string;
  element: string;
  answers: Record<string, unknown>;
}

export const on = (day: number, time: string): Moment => ({ day: -day, time });
export const ago = (minutesAgo: number): Moment => ({ minutesAgo });

export const dispatch = (at: Moment, hostUnitCode: string, more: Record<string, unknown> = {}): DemoStep => ({
  at,
  by: 'dispatcher',
  element: 'reviewAndDispatch',
  answers: {
    dispatchDecision: 'DISPATCH',
    hostUnitCode,
    instruction: '请按职责及时办理，并按“2+1”要求联系诉求人。',
    ...more,
  },
});

export const handlerOf = (unit: string) => (unit === 'heating' ? 'handler' : `${unit}-handler`);
export const leaderOf = (unit: string) => (unit === 'heating' ? 'leader' : `${unit}-leader`);

export const sign = (at: Moment, unit: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'signAssignment',
  answers: { signDecision: 'SIGN' },
});

export const returnIt = (at: Moment, unit: string, answers: Record<string, unknown>): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'signAssignment',
  answers: { signDecision: 'RETURN', ...answers },
});

export const firstContact = (at: Moment, unit: string, contactNote: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'firstContact',
  answers: { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote },
});

export const noAnswer = (at: Moment, unit: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'firstContact',
  answers: { contactResult: 'NO_ANSWER', contactChannel: 'PHONE', contactNote: '响铃无人接听' },
});

export const handle = (
  at: Moment,
  unit: string,
  outcome: string,
  publicReply: string,
  internalNote: string,
): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'handleRequest',
  answers: { outcome, publicReply, internalNote },
});

export const coHandle = (at: Moment, unit: string, opinion: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'coHostHandle',
  answers: { opinion, internalNote: '协办事项已办结' },
});

export const consolidate = (at: Moment, unit: string, publicReply: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'hostConsolidate',
  answers: { consolidateDecision: 'DONE', publicReply, internalNote: '已汇总协办单位意见' },
});

export const inform = (at: Moment, unit: string, contactNote: string): DemoStep => ({
  at,
  by: handlerOf(unit),
  element: 'informResult',
  answers: { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote },
});

export const approve = (at: Moment, unit: string): DemoStep => ({
  at,
  by: leaderOf(unit),
  element: 'unitLeaderApprove',
  answers: { leaderDecision: 'APPROVE', leaderNote: '情况属实，同意报送。' },
});

export const quality = (at: Moment): DemoStep => ({
  at,
  by: 'quality',
  element: 'qualityReview',
  answers: { qualityDecision: 'PASS', qualityNote: '要件齐全' },
});

export const satisfied = (at: Moment, satisfaction = 2): DemoStep => ({
  at,
  by: 'callback',
  element: 'callBack',
  answers: {
    reached: true,
    unitContacted: true,
    factTrue: true,
    solved: true,
    satisfaction,
    callbackNote: '诉求人表示认可',
  },
});

export const dissatisfied = (at: Moment, dissatisfiedReason: string): DemoStep => ({
  at,
  by: 'callback',
  element: 'callBack',
  answers: { reached: true, unitContacted: true, factTrue: true, solved: false, satisfaction: 4, dissatisfiedReason },
});
