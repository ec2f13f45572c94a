import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { requestExtension } from '../../domain/deadline/request-extension.ts';
import { requestSuspension } from '../../domain/deadline/request-suspension.ts';
import { instantAt, isoAt } from '../../domain/calendar/shanghai-time.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import { viewTask } from '../../domain/task/view-task.ts';
import { archiveTicket } from '../../domain/ticket/archive-ticket.ts';
import { notifyRequester } from '../../domain/ticket/notify-requester.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { startGuard } from '../../domain/ticket/start-guard.ts';
import { coldFlat, inTown, type InTown, openTown, people, type Town } from './town.ts';

async function townOf(t: InTown): Promise<Town> {
  const town = await openTown(t);
  return town;
}

const refused = {
  ...coldFlat,
  requestType: 'COMPLAINT',
  categoryCode: '100102',
  intakeOutcome: 'REJECT',
  rejectReason: 'LEGAL_REMEDY_DONE_OR_REPEAT_NO_NEW_FACT',
  rejectText: '已经诉讼途径解决，不予受理。',
  rejectChannelTold: '可向上一级法院申请再审。',
};

inTown('a refusal is confirmed as the agent wrote it, told by message, and archived as a refusal', async (t) => {
  const town = await townOf(t);
  const { app, run } = town;
  const { ticketNo } = await openTicket(app, people.agent, refused);
  const taskKey = await town.makeTask('confirm-rejection', 'command-centre', { ticketNo });
  t.is((await viewTask(app, people.dispatcher, taskKey)).initial['rejectText'], refused.rejectText);
  await completeTask(app, people.dispatcher, { taskKey, answers: { rejectionDecision: 'CONFIRM' } });
  t.like(await app.stores.tickets.find(ticketNo), {
    status: 'REJECTED',
    rejectReviewer: 'dispatcher',
    rejectText: refused.rejectText,
  });
  const outbox = (await app.stores.taskAnswers.ofTicket(ticketNo))[0];
  t.is(outbox?.answers['rejectChannelTold'], refused.rejectChannelTold, 'what was confirmed is kept with the answer');
  await run(notifyRequester, { ticketNo });
  await run(archiveTicket, { ticketNo });
  t.like(await app.stores.tickets.find(ticketNo), { status: 'REJECTED', closedAt: app.clock.now() });
  t.deepEqual(
    (await app.stores.notifications.ofTicket(ticketNo)).map(({ type }) => type),
    ['requestRejected'],
  );
});

inTown('a refusal that is overturned is dispatched, and the refusal’s words are gone from the ticket', async (t) => {
  const town = await townOf(t);
  const { app } = town;
  const { ticketNo } = await openTicket(app, people.agent, refused);
  await town.answer(
    'confirm-rejection',
    'command-centre',
    people.dispatcher,
    { ticketNo },
    { rejectionDecision: 'OVERTURN' },
  );
  t.like(await app.stores.tickets.find(ticketNo), {
    status: 'PENDING_DISPATCH',
    intakeOutcome: 'FORWARD',
    rejectReason: null,
    rejectText: null,
  });
});

inTown('a number that takes no message is called instead', async (t) => {
  const { app, run } = await townOf(t);
  const { ticketNo } = await openTicket(app, people.agent, { ...refused, caller: { phone: '0349-2028888' } });
  await t.throwsAsync(run(notifyRequester, { ticketNo }), { name: 'BusinessError', message: /no SMS/ });
});

inTown('what came in without an agent is registered by one before anybody decides', async (t) => {
  const town = await townOf(t);
  const { app, run } = town;
  const { ticketNo } = await openTicket(app, people.agent, {
    channel: 'WECHAT',
    intakeOutcome: 'NONE',
    title: '学校食堂饭菜有异物',
    content: '孩子说饭里有铁丝。',
    caller: { phone: '13800000011' },
  });
  t.true((await run(startGuard, { ticketNo, processInstanceKey: 'p1' })).needsRegistration);
  const facts = { requestType: 'REPORT', categoryCode: '020102', divisionCode: '140602', addressText: '朔城区某小学' };
  await town.answer('register-request', 'call-centre', people.agent, { ticketNo }, facts);
  t.like(await app.stores.tickets.find(ticketNo), { ...facts, privacy: 'CONFIDENTIAL', title: '学校食堂饭菜有异物' });
});

inTown(
  'a dispatcher who raises the urgency shortens the limits; a unit that is none, or is the host, is no co-host',
  async (t) => {
    const town = await townOf(t);
    const { app, run } = town;
    const { ticketNo } = await openTicket(app, people.agent, coldFlat);
    await run(prepareDispatch, { ticketNo, dispatchRule: { ruleCode: 'CENTRE' }, limitClass: 'HELP' });
    const decide = (more: Record<string, unknown>) =>
      town.answer(
        'review-and-dispatch',
        'command-centre',
        people.dispatcher,
        { ticketNo },
        { dispatchDecision: 'DISPATCH', ...more },
      );
    const error = await t.throwsAsync(decide({ hostUnitCode: 'heating', coHostUnitCodes: ['heating', 'moon'] }), {
      instanceOf: InvalidInput,
    });
    t.deepEqual(error.problems.map(({ code }) => code).toSorted(), ['hostIsCoHost', 'notAnOption', 'unknownUnit']);
    await decide({ hostUnitCode: 'heating', urgency: 'URGENT' });
    t.like(await app.stores.tickets.find(ticketNo), {
      urgency: 'URGENT',
      limitClass: 'URGENT',
      hostUnitCode: 'heating',
    });
  },
);

inTown('an extension and a suspension that are approved move the clock', async (t) => {
  const town = await townOf(t);
  const { app, run } = town;
  const { ticketNo } = await openTicket(app, people.agent, coldFlat);
  await run(prepareDispatch, { ticketNo, dispatchRule: { ruleCode: 'CENTRE' }, limitClass: 'HELP' });
  const dispatch = { dispatchDecision: 'DISPATCH', hostUnitCode: 'heating' };
  await town.answer('review-and-dispatch', 'command-centre', people.dispatcher, { ticketNo }, dispatch);
  const { assignmentNo } = await run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' });
  const of = { ticketNo, assignmentNo };
  const handler = people.handler('heating');
  await town.answer('sign-assignment', 'unit-heating', handler, of, { signDecision: 'SIGN' });
  const { requestId } = await requestExtension(app, handler, { ...of, workingDays: 3, reason: '等待配件' });
  await town.answer(
    'approve-extension',
    'command-centre',
    people.dispatcher,
    { ...of, requestId },
    {
      extensionDecision: 'APPROVE',
      approvedWorkingDays: 2,
      decisionNote: '同意两天',
    },
  );
  const completion = async () => app.stores.limits.find(`${assignmentNo}:COMPLETE`);
  t.is(isoAt((await completion())?.dueAt ?? 0), '2026-12-02T17:30:00+08:00');
  t.is((await app.stores.tickets.find(ticketNo))?.extensionCount, 1);
  const asked = await requestSuspension(app, handler, {
    ...of,
    untilAt: instantAt('2027-01-15', '09:00'),
    plan: '春节前更换主管',
    reason: '待上级拨款',
  });
  await town.answer(
    'approve-suspension',
    'centre-director',
    people.director,
    { ...of, requestId: asked.requestId },
    {
      suspensionDecision: 'APPROVE',
      decisionNote: '计划明确',
    },
  );
  t.is((await completion())?.dueAt, null);
  t.is((await app.stores.tickets.find(ticketNo))?.status, 'SUSPENDED');
});
