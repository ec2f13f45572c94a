import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { createCoAssignments } from '../../domain/assignment/create-co-assignments.ts';
import { answerableUnit } from '../../domain/assignment/first-handler-duty.ts';
import { recordCoHostResult } from '../../domain/assignment/record-co-host-result.ts';
import { recordPreliminaryCheck } from '../../domain/assignment/record-preliminary-check.ts';
import { recordReturnDecision } from '../../domain/assignment/record-return-decision.ts';
import { recordWaiver } from '../../domain/assignment/record-waiver.ts';
import { submitAssignment } from '../../domain/assignment/submit-assignment.ts';
import { waiveCoHost } from '../../domain/assignment/waive-co-host.ts';
import { recordCallback } from '../../domain/callback/record-callback.ts';
import { startCallback } from '../../domain/callback/start-callback.ts';
import { isoAt } from '../../domain/calendar/shanghai-time.ts';
import { planContact } from '../../domain/contact/plan-contact.ts';
import { recordAttempt } from '../../domain/contact/record-attempt.ts';
import { recordContactSkip } from '../../domain/contact/record-contact-skip.ts';
import { sendContactSms } from '../../domain/contact/send-contact-sms.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { archiveTicket } from '../../domain/ticket/archive-ticket.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { coldFlat, inTown, type InTown, openTown, people, type Town } from './town.ts';

async function townOf(t: InTown): Promise<Town> {
  const town = await openTown(t);
  return town;
}

async function dispatched(town: Town, host: string, more: Record<string, unknown> = {}, input = coldFlat) {
  const { ticketNo } = await openTicket(town.app, people.agent, input);
  return { ticketNo, assignmentNo: await dispatchTo(town, ticketNo, host, more) };
}

async function dispatchTo(town: Town, ticketNo: string, host: string, more: Record<string, unknown> = {}) {
  const { limitId } = await town.run(prepareDispatch, {
    ticketNo,
    dispatchRule: { ruleCode: 'CENTRE' },
    limitClass: 'HELP',
  });
  const answers = { dispatchDecision: 'DISPATCH', hostUnitCode: host, ...more };
  await town.answer('review-and-dispatch', 'command-centre', people.dispatcher, { ticketNo, limitId }, answers);
  return (await town.run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' })).assignmentNo;
}

type Of = { ticketNo: string; assignmentNo: string };

const sign = (town: Town, of: Of, unit: string, answers: Record<string, unknown> = { signDecision: 'SIGN' }) =>
  town.answer('sign-assignment', `unit-${unit}`, people.handler(unit), of, answers);

const handle = (town: Town, of: Of, unit: string) =>
  town.answer('handle-request', `unit-${unit}`, people.handler(unit), of, {
    outcome: 'RESOLVED',
    publicReply: '阀门已更换，室温恢复到20度。',
  });

const approve = (town: Town, of: Of, unit: string, decision = 'APPROVE') =>
  town.answer('unit-leader-approve', `unit-${unit}-leader`, people.leader(unit), of, {
    leaderDecision: decision,
    leaderNote: '同意',
  });

const returnIt = {
  signDecision: 'RETURN',
  preliminaryCheck: '已电话核实，属户内设施。',
  returnReason: '户内设施由物业负责',
  returnLegalBasis: '供热条例第三十条',
};

inTown('a unit that refuses once is heard, and a second refusal sends the ticket to joint determination', async (t) => {
  const town = await townOf(t);
  const { app, run } = town;
  const first = await dispatched(town, 'heating');
  const ticketNo = first.ticketNo;
  const error = await t.throwsAsync(sign(town, first, 'heating', { signDecision: 'RETURN' }), {
    instanceOf: InvalidInput,
  });
  t.deepEqual(error.problems.map(({ field }) => field).toSorted(), [
    'preliminaryCheck',
    'returnLegalBasis',
    'returnReason',
  ]);
  t.is((await app.stores.tickets.find(ticketNo))?.status, 'DISPATCHED', 'a refused answer leaves no trace');

  await sign(town, first, 'heating', returnIt);
  t.is((await run(recordPreliminaryCheck, first)).returnCount, 1);
  await town.answer('review-return', 'command-centre', people.dispatcher, first, {
    returnDecision: 'UPHELD',
    returnReviewNote: '理由成立',
  });
  await run(recordReturnDecision, first);
  t.like(await app.stores.tickets.find(ticketNo), { status: 'PENDING_DISPATCH', hostUnitCode: null, returnCount: 1 });
  t.is(
    answerableUnit(await app.stores.assignments.ofTicket(ticketNo)),
    'heating',
    'answerable until another has signed',
  );

  const second = { ticketNo, assignmentNo: await dispatchTo(town, ticketNo, 'water') };
  t.is(answerableUnit(await app.stores.assignments.ofTicket(ticketNo)), 'heating');
  await sign(town, second, 'water', returnIt);
  t.is((await run(recordPreliminaryCheck, second)).returnCount, 2);
  await town.answer('review-return', 'command-centre', people.dispatcher, second, {
    returnDecision: 'UPHELD',
    returnReviewNote: '职责交叉',
  });
  await run(recordReturnDecision, second);
  t.is((await app.stores.tickets.find(ticketNo))?.status, 'DETERMINING');

  await town.answer(
    'determine-host',
    'centre-director',
    people.director,
    { ticketNo },
    {
      hostUnitCode: 'heating',
      determinationBasis: '三定规定第四条，由热力公司承办。',
    },
  );
  const third = await run(createAssignment, { ticketNo, assignmentReason: 'DETERMINED' });
  t.false(third.returnAllowed);
  const again = await t.throwsAsync(sign(town, { ticketNo, assignmentNo: third.assignmentNo }, 'heating', returnIt), {
    instanceOf: InvalidInput,
  });
  t.deepEqual(again.problems, [{ field: 'signDecision', code: 'returnNotAllowed' }]);
  await sign(town, { ticketNo, assignmentNo: third.assignmentNo }, 'heating');
  t.is((await app.stores.tickets.find(ticketNo))?.status, 'IN_PROGRESS');
});

inTown('a denied return leaves the clock running and takes the right to return', async (t) => {
  const town = await townOf(t);
  const of = await dispatched(town, 'heating');
  const due = async () => (await town.app.stores.limits.find(`${of.assignmentNo}:SIGN`))?.dueAt;
  const before = await due();
  await sign(town, of, 'heating', returnIt);
  await town.answer('review-return', 'command-centre', people.dispatcher, of, {
    returnDecision: 'DENIED',
    returnReviewNote: '应由你单位办理',
  });
  t.is(await due(), before);
  await t.throwsAsync(sign(town, of, 'heating', returnIt), { message: /returnNotAllowed/ });
  await sign(town, of, 'heating');
});

inTown('what quality sends back is due when it was due before', async (t) => {
  const town = await townOf(t);
  const { app } = town;
  const of = await dispatched(town, 'heating');
  await sign(town, of, 'heating');
  await handle(town, of, 'heating');
  await approve(town, of, 'heating');
  const done = await app.stores.limits.find(`${of.assignmentNo}:COMPLETE`);
  t.truthy(done?.doneAt);
  await town.answer('quality-review', 'quality', people.quality, of, {
    qualityDecision: 'REJECT',
    qualityNote: '答复没有说明原因',
  });
  const reopened = (await app.stores.limits.ofAssignment(of.assignmentNo)).find(
    ({ step, doneAt }) => step === 'COMPLETE' && doneAt === null,
  );
  t.is(reopened?.dueAt, done?.dueAt);
  t.is((await app.stores.tickets.find(of.ticketNo))?.status, 'IN_PROGRESS');
  const taskKey = await town.makeTask('handle-request', 'unit-heating', {
    ...of,
    limitId: `${of.assignmentNo}:COMPLETE`,
  });
  t.is((await app.stores.tasks.find(taskKey))?.limitId, reopened?.limitId, 'the task shows the limit that runs');
});

inTown(
  'co-hosts get a day less than the host; who has answered is not asked again; one may be waived with a reason',
  async (t) => {
    const town = await townOf(t);
    const { app, run } = town;
    const host = await dispatched(town, 'water', { coHostUnitCodes: ['health', 'police'] });
    await sign(town, host, 'water');
    const { coHosts } = await run(createCoAssignments, host);
    t.deepEqual(
      coHosts.map((one) => [one.unitGroup, one.dueAt]),
      [
        ['unit-health', '2026-11-27T17:30:00+08:00'],
        ['unit-police', '2026-11-27T17:30:00+08:00'],
      ],
    );
    const { ticketNo } = host;
    const [health, police] = coHosts.map(({ assignmentNo }): Of => ({ ticketNo, assignmentNo }));
    if (!health || !police) throw new Error('two co-hosts');
    await town.answer('co-host-handle', 'unit-health', people.handler('health'), health, {
      opinion: '出厂水检测合格。',
    });
    await run(recordCoHostResult, health);
    t.deepEqual(
      (await run(createCoAssignments, host)).coHosts.map(({ unitGroup }) => unitGroup),
      ['unit-police'],
    );

    await t.throwsAsync(waiveCoHost(app, people.handler('health'), { ...police, reason: '不需要' }), {
      name: 'NotAllowed',
    });
    await waiveCoHost(app, people.handler('water'), { ...police, reason: '现场已无需警力' });
    const { message } =
      (
        await app.stores.outbox.claim({
          by: 't',
          now: Number.MAX_SAFE_INTEGER,
          until: Number.MAX_SAFE_INTEGER,
          limit: 1,
        })
      )[0] ?? {};
    t.truthy(message);
    await run(recordWaiver, police);
    t.like(await app.stores.assignments.find(police.assignmentNo), {
      status: 'WAIVED',
      waiverReason: '现场已无需警力',
    });
    t.truthy((await app.stores.limits.find(`${police.assignmentNo}:COMPLETE`))?.cancelledAt);
  },
);

inTown(
  'a requester who cannot be reached in three half-days is told by message; an anonymous one is passed over',
  async (t) => {
    const town = await townOf(t);
    const { app, run } = town;
    const of = { ...(await dispatched(town, 'heating')), phase: 'FIRST' as const };
    await sign(town, of, 'heating');
    const miss = () =>
      town.answer('first-contact', 'unit-heating', people.handler('heating'), of, { contactResult: 'NO_ANSWER' });
    await miss();
    t.like(await run(recordAttempt, of), {
      contactReached: false,
      attempts: 1,
      nextAttemptAt: '2026-11-23T14:00:00+08:00',
    });
    town.at('2026-11-23', '14:05');
    await miss();
    town.at('2026-11-24', '08:40');
    await miss();
    t.like(await run(recordAttempt, of), { attempts: 3 });
    await run(sendContactSms, of);
    t.truthy((await app.stores.limits.find(`${of.assignmentNo}:FIRST_CONTACT`))?.doneAt);
    t.deepEqual(
      (await app.stores.notifications.ofTicket(of.ticketNo)).map(({ type, audience }) => [type, audience]),
      [['firstContactSms', 'REQUESTER']],
    );

    const secret = {
      ...(await dispatched(town, 'water', {}, { ...coldFlat, privacy: 'ANONYMOUS', caller: {} })),
      phase: 'FIRST' as const,
    };
    await sign(town, secret, 'water');
    t.true((await run(planContact, secret)).anonymous);
    await run(recordContactSkip, secret);
    t.is((await app.stores.contacts.ofTicket(secret.ticketNo))[0]?.result, 'SKIPPED_ANONYMOUS');
    await handle(town, secret, 'water');
    await approve(town, secret, 'water');
    await run(submitAssignment, secret);
    t.false((await run(startCallback, secret)).callbackNeeded);
    await run(archiveTicket, secret);
    t.is((await app.stores.tickets.find(secret.ticketNo))?.status, 'CLOSED');
  },
);

inTown('a dissatisfied requester with reason sends the work back for three working days', async (t) => {
  const town = await townOf(t);
  const { app, run } = town;
  const of = await dispatched(town, 'heating');
  await sign(town, of, 'heating');
  await handle(town, of, 'heating');
  await approve(town, of, 'heating');
  await run(submitAssignment, of);
  await run(startCallback, of);
  const call = { reached: true, unitContacted: true, factTrue: true, solved: false, satisfaction: 5 };
  await t.throwsAsync(town.answer('call-back', 'callback', people.callback, of, call), {
    message: /dissatisfiedReason required/,
  });
  await town.answer('call-back', 'callback', people.callback, of, { ...call, dissatisfiedReason: '仍然不热' });
  t.like(await run(recordCallback, of), { reached: true, satisfied: false, reworkCount: 0 });
  await town.answer('judge-dissatisfaction', 'quality', people.quality, of, {
    judgement: 'VALID',
    judgementNote: '诉求合理，应予整改。',
  });
  await town.answer('order-rework', 'quality', people.quality, of, { reworkInstruction: '请上门复查并整改。' });
  t.like(await app.stores.tickets.find(of.ticketNo), { status: 'REWORK', reworkCount: 1 });
  const rework = await run(createAssignment, { ticketNo: of.ticketNo, assignmentReason: 'REWORK' });
  t.like(rework, { isRework: true, returnAllowed: false, completeDueAt: '2026-11-26T17:30:00+08:00' });
  t.like(await app.stores.assignments.find(rework.assignmentNo), {
    round: 2,
    instruction: '请上门复查并整改。',
    dispatchedBy: 'quality',
  });
  await sign(town, { ticketNo: of.ticketNo, assignmentNo: rework.assignmentNo }, 'heating');
  t.is((await app.stores.tickets.find(of.ticketNo))?.status, 'IN_PROGRESS');
});

inTown('a callback is tried again in the next half-day, three times in two working days', async (t) => {
  const town = await townOf(t);
  const { run } = town;
  const of = await dispatched(town, 'heating');
  await sign(town, of, 'heating');
  await handle(town, of, 'heating');
  await approve(town, of, 'heating');
  await run(submitAssignment, of);
  const limit = await run(startCallback, of);
  t.is(limit.callbackDueAt, '2026-11-24T17:30:00+08:00');
  const missed = async () => {
    await town.answer('call-back', 'callback', people.callback, { ...of, limitId: limit.limitId }, { reached: false });
    return run(recordCallback, of);
  };
  t.like(await missed(), { reached: false, triesLeft: 2, nextAttemptAt: '2026-11-23T14:00:00+08:00' });
  t.truthy((await town.app.stores.limits.find(limit.limitId ?? ''))?.doneAt, 'the centre has called in time');
  town.at('2026-11-23', '14:00');
  t.like(await missed(), { triesLeft: 1, nextAttemptAt: '2026-11-24T08:30:00+08:00' });
  town.at('2026-11-24', '08:30');
  t.like(await missed(), { triesLeft: 0 });
  await t.throwsAsync(town.answer('call-back', 'unit-heating', people.handler('heating'), of, { reached: false }), {
    name: 'NotAllowed',
  });
  t.is(isoAt(town.app.clock.now()), '2026-11-24T08:30:00+08:00');
});
