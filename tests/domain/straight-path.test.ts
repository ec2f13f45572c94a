import { checkTwoContacts } from '../../domain/contact/check-two-contacts.ts';
import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { submitAssignment } from '../../domain/assignment/submit-assignment.ts';
import { recordCallback } from '../../domain/callback/record-callback.ts';
import { startCallback } from '../../domain/callback/start-callback.ts';
import { planContact } from '../../domain/contact/plan-contact.ts';
import { recordAttempt } from '../../domain/contact/record-attempt.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { archiveTicket } from '../../domain/ticket/archive-ticket.ts';
import { detectDuplicate } from '../../domain/ticket/detect-duplicate.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { startGuard } from '../../domain/ticket/start-guard.ts';
import { coldFlat, inTown, openTown, people } from './town.ts';

inTown('a request goes from the call to the archive', async (t) => {
  const town = await openTown(t);
  const { app, run } = town;
  const { ticketNo } = await openTicket(app, people.agent, coldFlat);
  t.is(ticketNo, 'GD2026112300001');
  const status = async () => (await app.stores.tickets.find(ticketNo))?.status;

  const started = await run(startGuard, { ticketNo, processInstanceKey: 'p1' });
  t.false(started.needsRegistration);
  t.false((await run(detectDuplicate, { ticketNo })).merged);
  const prepared = await run(prepareDispatch, { ticketNo, dispatchRule: { ruleCode: 'CENTRE' }, limitClass: 'HELP' });
  t.is(prepared.dispatchDueAt, '2026-11-23T14:30:00+08:00');
  t.is(await status(), 'PENDING_DISPATCH');

  await town.answer(
    'review-and-dispatch',
    'command-centre',
    people.dispatcher,
    { ticketNo, limitId: prepared.limitId },
    {
      dispatchDecision: 'DISPATCH',
      hostUnitCode: 'heating',
      instruction: '请尽快处理',
    },
  );
  const round = await run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' });
  t.like(round, {
    assignmentNo: `${ticketNo}-01`,
    unitGroup: 'unit-heating',
    completeDueAt: '2026-11-30T17:30:00+08:00',
    returnAllowed: true,
  });
  const { assignmentNo } = round;
  const of = { ticketNo, assignmentNo };
  const handler = people.handler('heating');

  await town.answer('sign-assignment', 'unit-heating', handler, of, { signDecision: 'SIGN' });
  t.is(await status(), 'IN_PROGRESS');
  t.like(await run(planContact, { ...of, phase: 'FIRST' }), {
    anonymous: false,
    attempt: 1,
    contactDueAt: '2026-11-24T17:30:00+08:00',
  });
  await t.throwsAsync(run(checkTwoContacts, of), { message: /FIRST/ });
  await town.answer('first-contact', 'unit-heating', handler, of, {
    contactResult: 'REACHED',
    contactNote: '已了解情况',
    contactChannel: 'PHONE',
  });
  t.true((await run(recordAttempt, { ...of, phase: 'FIRST' })).contactReached);
  await town.answer('handle-request', 'unit-heating', handler, of, {
    outcome: 'RESOLVED',
    publicReply: '供热阀门已更换，室温恢复到20度。',
    internalNote: '换阀门',
  });
  await town.answer('inform-result', 'unit-heating', handler, of, {
    contactResult: 'REACHED',
    contactNote: '已告知结果',
  });
  await run(checkTwoContacts, of);
  await town.answer('unit-leader-approve', 'unit-heating-leader', people.leader('heating'), of, {
    leaderDecision: 'APPROVE',
  });
  t.is(await status(), 'SUBMITTED');
  await town.answer('quality-review', 'quality', people.quality, of, { qualityDecision: 'PASS' });
  await run(submitAssignment, of);
  const callback = await run(startCallback, of);
  t.true(callback.callbackNeeded);
  await town.answer('call-back', 'callback', people.callback, of, {
    reached: true,
    unitContacted: true,
    factTrue: true,
    solved: true,
    satisfaction: 2,
  });
  t.like(await run(recordCallback, of), { reached: true, satisfied: true, reworkCount: 0 });
  await run(archiveTicket, { ticketNo });

  t.like(await app.stores.tickets.find(ticketNo), {
    status: 'CLOSED',
    satisfaction: 2,
    outcome: 'RESOLVED',
    publicReply: '供热阀门已更换，室温恢复到20度。',
  });
  const limits = await app.stores.limits.ofTicket(ticketNo);
  t.true(
    limits.every(({ doneAt }) => doneAt !== null),
    'every clock was stopped by what it waited for',
  );
  const answers = await app.stores.taskAnswers.ofTicket(ticketNo);
  t.true(answers.every(({ state }) => state === 'ACCEPTED'));
  const events = JSON.stringify(await app.stores.events.ofTicket(ticketNo));
  t.false(/张国栋|13800000001/.test(events), 'the log holds nobody’s name or number');
});
