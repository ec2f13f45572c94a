import test from 'ava';
import { FAR, openTicketScene, steps, TestTicket, type Answers, type Step } from './testing/ticket-scene.ts';

const scene = await openTicketScene();
test.after.always(() => scene.close());

interface Waiting {
  facts?: Record<string, unknown>;
  answers?: Answers;
  steps?: Step[];
  message?: string;
  coHost?: boolean;
}
const none = {
  intakeOutcome: 'NONE',
  requestType: 'CONSULT',
  urgency: 'NORMAL',
  categoryCode: '010301',
  riskFlags: [],
};
const rejected = { ...none, intakeOutcome: 'REJECT' };
const dissatisfied = (reworkCount: number): Answers => ({
  'record-callback': () => ({
    reached: true,
    attempts: 1,
    triesLeft: 2,
    nextAttemptAt: null,
    satisfied: false,
    reworkCount,
  }),
});
const callback = steps({});
const bothHandled: Step[] = [...steps({ until: 'handleRequest' }), ['handleRequest'], ['coHostHandle']];
const ordered: Answers = {
  'next-watch': () => ({ watch: { kind: 'ALARM', alarmAt: '2020-01-01T00:00:00+08:00' } }),
  'fire-watch': () => ({ fired: 'ORDER', supervisionNo: 'DB2026112300001', replyDueAt: FAR }),
};
/** The first watch orders, the next one waits. */
const orderOnce = (): Answers => {
  let watches = 0;
  const far = { watch: { kind: 'ALARM', alarmAt: FAR } };
  return { ...ordered, 'next-watch': () => (watches++ === 0 ? ordered['next-watch']!({}) : far) };
};

/** Every place where a ticket waits for a person or a moment, and how to come there. */
const waits: Record<string, Waiting> = {
  registerRequest: { answers: { 'start-guard': () => ({ facts: none, priority: 50, needsRegistration: true }) } },
  answerDirectly: { facts: none },
  confirmRejection: { facts: rejected },
  notifyByPhone: {
    facts: rejected,
    answers: { 'notify-requester': () => ({ error: 'NOTIFICATION_FAILED' }) },
    steps: [['confirmRejection', { rejectionDecision: 'CONFIRM' }]],
  },
  reviewAndDispatch: {},
  signAssignment: { steps: steps({ until: 'signAssignment' }) },
  reviewReturn: { steps: [...steps({ until: 'signAssignment' }), ['signAssignment', { signDecision: 'RETURN' }]] },
  determineHost: {
    answers: { 'record-preliminary-check': () => ({ returnCount: 2 }) },
    steps: [
      ...steps({ until: 'signAssignment' }),
      ['signAssignment', { signDecision: 'RETURN' }],
      ['reviewReturn', { returnDecision: 'UPHELD' }],
    ],
  },
  firstContact: { steps: steps({ until: 'firstContact' }) },
  nextAttemptReached: {
    answers: { 'record-attempt': () => ({ contactReached: false, attempts: 1, nextAttemptAt: FAR }) },
    steps: steps({ until: 'handleRequest' }),
  },
  nameHostAndCoHosts: {
    steps: [
      ['reviewAndDispatch', { dispatchDecision: 'DISPATCH', hostNamesCoHosts: true }],
      ...steps({ from: 'signAssignment', until: 'handleRequest' }),
    ],
  },
  handleRequest: { steps: steps({ until: 'handleRequest' }) },
  coHostHandle: { steps: [...steps({ until: 'handleRequest' }), ['handleRequest']], coHost: true },
  hostConsolidate: { steps: bothHandled, coHost: true },
  coordinateObstacle: {
    steps: [...bothHandled, ['hostConsolidate', { consolidateDecision: 'OBSTACLE' }]],
    coHost: true,
  },
  informResult: { steps: steps({ until: 'informResult' }) },
  unitLeaderApprove: { steps: steps({ until: 'unitLeaderApprove' }) },
  qualityReview: { steps: steps({ until: 'qualityReview' }) },
  approveExtension: { steps: steps({ until: 'firstContact' }), message: 'extension-requested' },
  approveSuspension: { steps: steps({ until: 'firstContact' }), message: 'suspension-requested' },
  replyToOrder: { answers: orderOnce(), steps: steps({ until: 'firstContact' }) },
  verifyCorrection: { answers: orderOnce(), steps: [...steps({ until: 'firstContact' }), ['replyToOrder']] },
  resumed: {
    answers: { 'next-watch': () => ({ watch: { kind: 'SUSPENDED', alarmAt: null } }) },
    steps: steps({ until: 'handleRequest' }),
  },
  callBack: { steps: steps({ until: 'callBack' }) },
  nextCallReached: {
    answers: {
      'record-callback': () => ({
        reached: false,
        attempts: 1,
        triesLeft: 2,
        nextAttemptAt: FAR,
        satisfied: false,
        reworkCount: 0,
      }),
    },
    steps: callback,
  },
  judgeDissatisfaction: { answers: dissatisfied(0), steps: callback },
  orderRework: { answers: dissatisfied(0), steps: [...callback, ['judgeDissatisfaction', { judgement: 'VALID' }]] },
  leaderDecision: { answers: dissatisfied(2), steps: [...callback, ['judgeDissatisfaction', { judgement: 'VALID' }]] },
  finalReplyReview: {
    answers: dissatisfied(0),
    steps: [...callback, ['judgeDissatisfaction', { judgement: 'UNREASONABLE' }]],
  },
};

for (const [place, { facts, answers, steps: way = [], message, coHost }] of Object.entries(waits)) {
  test.serial(`a ticket that waits at ${place} is withdrawn: closure is recorded and nothing stays open`, async (t) => {
    const ticket = new TestTicket(scene, answers);
    if (facts) ticket.facts = facts;
    if (coHost) {
      const assignmentNo = `${ticket.ticketNo}-90`;
      ticket.coHosts = [{ assignmentNo, unitGroup: 'unit-health', leaderGroup: 'unit-health-leader', dueAt: FAR }];
    }
    await ticket.open();
    await ticket.play(...way);
    if (message) await ticket.publish(message, ticket.assignmentNo, { requestId: 'R1' });
    t.true((await ticket.waitingAt()).includes(place), `${place}, not ${(await ticket.waitingAt()).join(', ')}`);
    const open = Object.keys(await ticket.tasks());
    await ticket.publish('case-closed', ticket.ticketNo);
    await ticket.ended(t, 'record-closure');
    for (const task of open)
      t.true(ticket.taskEvents.includes(`canceling ${task}`), `the list hears that ${task} is gone`);
    t.deepEqual(await ticket.waitingAt(), [], 'the processes it called are gone with it');
  });
}
