import test from 'ava';
import { openTicketScene, steps, TestTicket, type Answers } from './testing/ticket-scene.ts';

const scene = await openTicketScene();
test.after.always(() => scene.close());

const open = (answers: Answers = {}) => new TestTicket(scene, answers).open();
const inTurn = <T>(...values: T[]) => {
  let next = 0;
  return () => values[Math.min(next++, values.length - 1)]!;
};
const host = (ticket: TestTicket, ...coHosts: string[]) => {
  ticket.coHosts = coHosts.map((unit, place) => ({
    assignmentNo: `${ticket.ticketNo}-9${place}`,
    unitGroup: `unit-${unit}`,
    leaderGroup: `unit-${unit}-leader`,
    dueAt: '2026-11-24T17:30:00+08:00',
  }));
  return ticket;
};

test.serial(
  'a request is dispatched, signed, handled with a co-host, approved, called back and archived',
  async (t) => {
    const ticket = await open();
    host(ticket, 'health');
    const review = (await ticket.tasks())['reviewAndDispatch']!;
    t.deepEqual(review.candidateGroups, ['command-centre']);
    t.is(Date.parse(review.dueDate!), Date.parse('2026-11-25T17:30:00+08:00'));
    t.is(review.priority, 50);
    await ticket.play(...steps({ until: 'handleRequest' }));
    const { handleRequest, coHostHandle } = await ticket.tasks();
    t.deepEqual(handleRequest!.candidateGroups, ['unit-heating']);
    t.deepEqual(coHostHandle!.candidateGroups, ['unit-health']);
    t.is(Date.parse(coHostHandle!.dueDate!), Date.parse('2026-11-24T17:30:00+08:00'));
    await ticket.complete('handleRequest');
    t.deepEqual(Object.keys(await ticket.tasks()), ['coHostHandle'], 'the host waits for its co-host');
    await ticket.play(['coHostHandle'], ['hostConsolidate', { consolidateDecision: 'DONE' }]);
    await ticket.play(...steps({ from: 'informResult' }));
    await ticket.ended(t, 'archive-ticket');
    t.deepEqual(ticket.limitIds, {
      reviewAndDispatch: `${ticket.ticketNo}:DISPATCH`,
      signAssignment: `${ticket.ticketNo}-01:SIGN`,
      firstContact: `${ticket.ticketNo}-01:FIRST_CONTACT`,
      handleRequest: `${ticket.ticketNo}-01:COMPLETE`,
      coHostHandle: `${ticket.ticketNo}-90:COMPLETE`,
      hostConsolidate: `${ticket.ticketNo}-01:COMPLETE`,
      informResult: `${ticket.ticketNo}-01:COMPLETE`,
      unitLeaderApprove: `${ticket.ticketNo}-01:COMPLETE`,
      qualityReview: null,
      callBack: `${ticket.ticketNo}:CALLBACK`,
    });
  },
);

test.serial('what the decisions say reaches the workers: catalogue rule and limit class', async (t) => {
  let seen: Record<string, unknown> = {};
  const ticket = await open();
  const usual = ticket.answers['prepare-dispatch']!;
  const second = new TestTicket(scene, {
    'prepare-dispatch': (variables) => {
      seen = variables;
      return usual(variables);
    },
  });
  second.facts = { ...second.facts, categoryCode: '050202', requestType: 'COMPLAINT' };
  await second.open();
  t.like(seen, { limitClass: 'LIFELINE', urgency: 'NORMAL', acceptancePath: 'DISPATCH' });
  t.is((seen['dispatchRule'] as { ruleCode: string }).ruleCode, 'WATER_QUALITY');
  for (const each of [ticket, second]) await each.publish('case-closed', each.ticketNo);
});

test.serial('a web request is registered first; a question is answered and never dispatched', async (t) => {
  const facts = {
    intakeOutcome: 'NONE',
    requestType: 'CONSULT',
    urgency: 'NORMAL',
    categoryCode: '010301',
    riskFlags: [],
  };
  const ticket = await open({
    'start-guard': () => ({ facts, priority: 50, needsRegistration: true }),
    'detect-duplicate': () => ({ merged: false, facts }),
  });
  await ticket.play(['registerRequest'], ['answerDirectly']);
  await ticket.ended(t, 'archive-ticket');
  t.deepEqual(ticket.done, ['start-guard', 'detect-duplicate', 'archive-ticket']);
});

test.serial(
  'an answer given on the phone and a merged repeat are archived at once; a late message starts nothing',
  async (t) => {
    const answered = new TestTicket(scene);
    answered.facts = { ...answered.facts, intakeOutcome: 'ANSWER' };
    await (await answered.open()).ended(t, 'archive-ticket');
    const merged = await open({ 'detect-duplicate': () => ({ merged: true, facts: {} }) });
    await merged.ended(t, 'archive-ticket');
    const late = await open({ 'start-guard': () => ({ error: 'ALREADY_STARTED' }) });
    await late.ended(t, 'start-guard');
  },
);

test.serial('a rejection is reviewed, told, and told by phone where the notice fails', async (t) => {
  const facts = {
    intakeOutcome: 'REJECT',
    requestType: 'COMPLAINT',
    urgency: 'NORMAL',
    categoryCode: '100102',
    riskFlags: [],
  };
  const rejected = () =>
    open({
      'start-guard': () => ({ facts, priority: 50, needsRegistration: false }),
      'detect-duplicate': () => ({ merged: false, facts }),
      'notify-requester': inTurn({}, { error: 'NOTIFICATION_FAILED' }),
    });
  const confirmed = await rejected();
  await confirmed.play(['confirmRejection', { rejectionDecision: 'CONFIRM' }]);
  await confirmed.ended(t, 'archive-ticket');
  const overturned = await rejected();
  overturned.answers['notify-requester'] = () => ({ error: 'NOTIFICATION_FAILED' });
  await overturned.play(
    ['confirmRejection', { rejectionDecision: 'OVERTURN' }],
    ['reviewAndDispatch', { dispatchDecision: 'REJECT', hostNamesCoHosts: null }],
    ['notifyByPhone'],
  );
  await overturned.ended(t, 'archive-ticket');
});

test.serial('a denied return is signed after all; the second upheld return goes to determination', async (t) => {
  const reasons: unknown[] = [];
  const ticket = await open({ 'record-preliminary-check': inTurn({ returnCount: 1 }, { returnCount: 2 }) });
  const create = ticket.answers['create-assignment']!;
  ticket.answers['create-assignment'] = (variables) => {
    reasons.push(variables['assignmentReason']);
    return create(variables);
  };
  const upheld = [
    ['signAssignment', { signDecision: 'RETURN' }],
    ['reviewReturn', { returnDecision: 'UPHELD' }],
  ] as [string, object][];
  const dispatch = steps({ until: 'signAssignment' });
  await ticket.play(...dispatch, ...(upheld as never[]));
  t.true('reviewAndDispatch' in (await ticket.tasks()), 'the first return is dispatched again');
  await ticket.play(...dispatch, ...(upheld as never[]));
  t.deepEqual((await ticket.tasks())['determineHost']!.candidateGroups, ['centre-director']);
  await ticket.complete('determineHost');
  await ticket.play(['signAssignment', { signDecision: 'RETURN' }], ['reviewReturn', { returnDecision: 'DENIED' }]);
  await ticket.play(...steps({ from: 'signAssignment' }));
  await ticket.ended(t, 'archive-ticket');
  t.deepEqual(reasons, ['DISPATCH', 'DISPATCH', 'DETERMINED']);
});

test.serial('dissatisfaction is reworked twice, then the director decides', async (t) => {
  const callback = { reached: true, attempts: 1, triesLeft: 2, nextAttemptAt: null, satisfied: false };
  const reasons: unknown[] = [];
  const ticket = await open({
    'record-callback': inTurn(
      { ...callback, reworkCount: 0 },
      { ...callback, reworkCount: 1 },
      { ...callback, reworkCount: 2 },
    ),
  });
  const create = ticket.answers['create-assignment']!;
  ticket.answers['create-assignment'] = (variables) => {
    reasons.push(variables['assignmentReason']);
    return create(variables);
  };
  await ticket.play(...steps({}), ['judgeDissatisfaction', { judgement: 'VALID' }], ['orderRework']);
  const again = steps({ from: 'signAssignment' });
  await ticket.play(...again, ['judgeDissatisfaction', { judgement: 'VALID' }], ['orderRework']);
  await ticket.play(
    ...again,
    ['judgeDissatisfaction', { judgement: 'VALID' }],
    ['leaderDecision', { leaderOutcome: 'CLOSE' }],
  );
  await ticket.ended(t, 'archive-ticket');
  t.deepEqual(reasons, ['DISPATCH', 'REWORK', 'REWORK']);
});

test.serial('an unreasonable demand gets its final reply; who needs no callback is not called', async (t) => {
  const ticket = await open({
    'record-callback': () => ({
      reached: true,
      attempts: 1,
      triesLeft: 2,
      nextAttemptAt: null,
      satisfied: false,
      reworkCount: 0,
    }),
  });
  await ticket.play(...steps({}), ['judgeDissatisfaction', { judgement: 'UNREASONABLE' }], ['finalReplyReview']);
  await ticket.ended(t, 'archive-ticket');
  const silent = await open({
    'start-callback': () => ({ callbackNeeded: false, callbackDueAt: null, limitId: null, priority: 50 }),
  });
  await silent.play(...steps({ until: 'callBack' }));
  await silent.ended(t, 'archive-ticket');
});

test.serial(
  'leader and quality send back to the host alone; a missing contact is made up before approval',
  async (t) => {
    const ticket = await open({ 'check-two-contacts': inTurn({ error: 'CONTACT_MISSING' }, {}) });
    host(ticket, 'health');
    await ticket.play(...steps({ until: 'handleRequest' }), ['handleRequest'], ['coHostHandle']);
    await ticket.play(['hostConsolidate', { consolidateDecision: 'DONE' }], ['informResult'], ['informResult']);
    await ticket.play(['unitLeaderApprove', { leaderDecision: 'SEND_BACK' }]);
    t.deepEqual(Object.keys(await ticket.tasks()), ['handleRequest'], 'the co-host has done its part');
    await ticket.play(...steps({ from: 'handleRequest', until: 'qualityReview' }), [
      'qualityReview',
      { qualityDecision: 'REJECT' },
    ]);
    await ticket.play(...steps({ from: 'handleRequest' }));
    await ticket.ended(t, 'archive-ticket');
    t.is(ticket.done.filter((type) => type === 'create-co-assignments').length, 1);
  },
);

test.serial('the host names its co-hosts; one is waived; an obstacle is coordinated', async (t) => {
  const ticket = host(await open(), 'health', 'police');
  await ticket.play(['reviewAndDispatch', { dispatchDecision: 'DISPATCH', hostNamesCoHosts: true }]);
  await ticket.play(
    ['signAssignment', { signDecision: 'SIGN' }],
    ['firstContact'],
    ['nameHostAndCoHosts'],
    ['handleRequest'],
  );
  await ticket.publish('co-host-waived', ticket.coHosts[0]!.assignmentNo);
  t.deepEqual((await ticket.tasks())['coHostHandle']!.candidateGroups, ['unit-police'], 'only the waived one is gone');
  t.true(ticket.taskEvents.includes('canceling coHostHandle'));
  await ticket.play(['coHostHandle'], ['hostConsolidate', { consolidateDecision: 'OBSTACLE' }], ['coordinateObstacle']);
  t.deepEqual(Object.keys(await ticket.tasks()), ['handleRequest']);
  await ticket.play(...steps({ from: 'handleRequest' }));
  await ticket.ended(t, 'archive-ticket');
  t.is(ticket.done.filter((type) => type === 'record-waiver').length, 1);
  t.is(ticket.done.filter((type) => type === 'record-co-host-result').length, 1);
});

test.serial(
  'extension and suspension are asked for while handling goes on, each request with its own number',
  async (t) => {
    const requests: unknown[] = [];
    const ticket = await open({
      'recalculate-due-at': ({ requestId }) => {
        requests.push(requestId);
        return { completeDueAt: '2026-11-30T17:30:00+08:00' };
      },
      'record-suspension': ({ requestId }) => {
        requests.push(requestId);
        return {};
      },
    });
    await ticket.play(...steps({ until: 'handleRequest' }));
    await ticket.publish('extension-requested', ticket.assignmentNo, { requestId: 'E1' });
    await ticket.publish('suspension-requested', ticket.assignmentNo, { requestId: 'S1' });
    t.deepEqual(Object.keys(await ticket.tasks()).toSorted(), [
      'approveExtension',
      'approveSuspension',
      'handleRequest',
    ]);
    await ticket.play(
      ['approveExtension', { extensionDecision: 'APPROVE' }],
      ['approveSuspension', { suspensionDecision: 'APPROVE' }],
    );
    await ticket.publish('extension-requested', ticket.assignmentNo, { requestId: 'E2' });
    await ticket.play(['approveExtension', { extensionDecision: 'DENY' }]);
    t.deepEqual(requests, ['E1', 'S1']);
    await ticket.complete('handleRequest');
    const inform = (await ticket.tasks())['informResult']!;
    t.truthy(inform.dueDate, 'who works alone does not confirm its own work');
    await ticket.play(...steps({ from: 'informResult' }));
    await ticket.ended(t, 'archive-ticket');
  },
);

test.serial(
  'an anonymous requester is not contacted, and three attempts in vain end with a text message',
  async (t) => {
    const anonymous = await open({ 'plan-contact': () => ({ anonymous: true, contactDueAt: null, attempt: 1 }) });
    await anonymous.play(...steps({ until: 'firstContact' }));
    t.deepEqual(Object.keys(await anonymous.tasks()), ['handleRequest']);
    await anonymous.publish('case-closed', anonymous.ticketNo);
    await anonymous.ended(t, 'record-closure');
    const past = '2020-01-01T00:00:00+08:00';
    const missed = (attempts: number) => ({ contactReached: false, attempts, nextAttemptAt: past });
    const ticket = await open({
      'record-attempt': inTurn(missed(1), missed(2), missed(3), {
        contactReached: true,
        attempts: 1,
        nextAttemptAt: past,
      }),
    });
    await ticket.play(...steps({ until: 'firstContact' }));
    for (let attempt = 1; attempt <= 3; attempt++) {
      await ticket.play(['firstContact', { contactResult: 'NO_ANSWER' }]);
    }
    t.true(ticket.done.includes('send-contact-sms'));
    await ticket.play(...steps({ from: 'handleRequest' }));
    await ticket.ended(t, 'archive-ticket');
  },
);
