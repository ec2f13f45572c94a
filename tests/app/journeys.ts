/** What a person of a journey does with a task; `undefined` leaves it to somebody else. */
export interface Sight {
  task: { elementId: string; assignmentNo: string | null; candidateGroups: string[] };
  ticket: { returnCount: number; reworkCount: number };
}
export interface Journey {
  kind: string;
  input: Record<string, unknown>;
  /** Answers that differ from the ordinary ones. */
  differs(sight: Sight): Record<string, unknown> | undefined;
}

const request = {
  channel: 'PHONE',
  content: '连续三天室温只有14度，家中82岁老人已感冒，请尽快恢复供热。',
  requestType: 'HELP',
  categoryCode: '050101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区6号楼2单元',
  intakeOutcome: 'FORWARD',
  callbackWanted: true,
  caller: { name: '张国栋', phone: '13800000001' },
};

const ordinary: Record<string, Record<string, unknown>> = {
  reviewAndDispatch: { dispatchDecision: 'DISPATCH', hostUnitCode: 'heating', instruction: '请尽快处理' },
  signAssignment: { signDecision: 'SIGN' },
  reviewReturn: { returnDecision: 'UPHELD', returnReviewNote: '不属该单位职责' },
  firstContact: { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '约定上门时间' },
  handleRequest: { outcome: 'RESOLVED', publicReply: '已更换阀门，室温恢复到20度。', internalNote: '更换阀门' },
  coHostHandle: { opinion: '已配合停水检修', internalNote: '协办完成' },
  hostConsolidate: { consolidateDecision: 'DONE', publicReply: '已更换阀门，室温恢复。', internalNote: '汇总' },
  informResult: { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '诉求人认可' },
  unitLeaderApprove: { leaderDecision: 'APPROVE' },
  qualityReview: { qualityDecision: 'PASS' },
  callBack: { reached: true, unitContacted: true, factTrue: true, solved: true, satisfaction: 2 },
  judgeDissatisfaction: { judgement: 'VALID', judgementNote: '核实仍未解决' },
  orderRework: { reworkInstruction: '请重新处理' },
};

export const journeys: Journey[] = [
  { kind: 'straight', input: { ...request, title: '室温14度，老人感冒' }, differs: () => undefined },
  {
    kind: 'returned once',
    input: { ...request, title: '暖气管漏水' },
    differs({ task, ticket }) {
      if (task.elementId === 'reviewAndDispatch' && ticket.returnCount === 0) {
        return { dispatchDecision: 'DISPATCH', hostUnitCode: 'water', instruction: '请核实' };
      }
      if (task.elementId !== 'signAssignment' || !task.candidateGroups.includes('unit-water')) return undefined;
      return {
        signDecision: 'RETURN',
        preliminaryCheck: '现场核查为供热管道漏水，不是自来水管道。',
        returnReason: '漏水管道属供热管网，不属本单位职责',
        returnLegalBasis: '《城市供水条例》第二条',
        suggestedUnitCode: 'heating',
      };
    },
  },
  {
    kind: 'with a co-host',
    input: { ...request, title: '供热抢修需停水配合' },
    differs({ task }) {
      if (task.elementId !== 'reviewAndDispatch') return undefined;
      return {
        dispatchDecision: 'DISPATCH',
        hostUnitCode: 'heating',
        coHostUnitCodes: ['water'],
        instruction: '请配合停水检修',
      };
    },
  },
  {
    kind: 'reworked once',
    input: { ...request, title: '修过的暖气又不热' },
    differs({ task, ticket }) {
      if (task.elementId !== 'callBack' || ticket.reworkCount > 0) return undefined;
      return {
        reached: true,
        unitContacted: true,
        factTrue: true,
        solved: false,
        satisfaction: 4,
        dissatisfiedReason: '仍然不热',
      };
    },
  },
];

const people: Record<string, string> = {
  'call-centre': 'agent',
  'command-centre': 'dispatcher',
  quality: 'quality',
  callback: 'callback',
  supervision: 'supervisor',
  'centre-director': 'director',
  'unit-heating': 'handler',
  'unit-heating-leader': 'leader',
  'unit-water': 'water-handler',
  'unit-water-leader': 'water-leader',
};
export const accountsOfJourneys = [...new Set(Object.values(people))];

/** Who does the task, and with what answers. */
export function nextAct(journey: Journey, sight: Sight) {
  const accountId = people[sight.task.candidateGroups[0]!];
  const answers = journey.differs(sight) ?? ordinary[sight.task.elementId];
  if (!accountId || !answers) throw new Error(`${journey.kind}: nobody does ${sight.task.elementId}`);
  return { accountId, answers };
}
