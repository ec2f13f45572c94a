import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { Conflict } from '../../domain/errors/conflict.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { NotAllowed } from '../../domain/errors/not-allowed.ts';
import { NotFound } from '../../domain/errors/not-found.ts';
import type { EngineTask } from '../../domain/ports/process-engine.ts';
import { claimTask, unclaimTask } from '../../domain/task/claim-task.ts';
import { completeTask } from '../../domain/task/complete-task.ts';
import { saveFormDraft } from '../../domain/task/form-drafts.ts';
import { countTasks, listTasks, nextTask } from '../../domain/task/list-tasks.ts';
import { reconcileTasks } from '../../domain/task/reconcile-tasks.ts';
import { viewTask } from '../../domain/task/view-task.ts';
import { callerHistory } from '../../domain/ticket/caller-history.ts';
import { detectDuplicate } from '../../domain/ticket/detect-duplicate.ts';
import { mergeTicket } from '../../domain/ticket/merge-ticket.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { recordClosure } from '../../domain/ticket/record-closure.ts';
import { revealCaller } from '../../domain/ticket/reveal-caller.ts';
import { startGuard } from '../../domain/ticket/start-guard.ts';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import { withdrawTicket } from '../../domain/ticket/withdraw-ticket.ts';
import { coldFlat, inTown, type InTown, openTown, people, type Town } from './town.ts';

async function townOf(t: InTown): Promise<Town> {
  const town = await openTown(t);
  return town;
}

async function signTask(town: Town, unit = 'heating', input = coldFlat) {
  const { ticketNo } = await openTicket(town.app, people.agent, input);
  await town.run(prepareDispatch, { ticketNo, dispatchRule: { ruleCode: 'CENTRE' }, limitClass: 'HELP' });
  const decision = { dispatchDecision: 'DISPATCH', hostUnitCode: unit };
  await town.answer('review-and-dispatch', 'command-centre', people.dispatcher, { ticketNo }, decision);
  const { assignmentNo } = await town.run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' });
  const taskKey = await town.makeTask('sign-assignment', `unit-${unit}`, { ticketNo, assignmentNo });
  return { ticketNo, assignmentNo, taskKey };
}

inTown('the same form sent twice, one after the other or at once, opens one ticket', async (t) => {
  const { app } = await townOf(t);
  const input = { ...coldFlat, submissionId: 'form-1' };
  const [a, b] = await Promise.all([openTicket(app, people.agent, input), openTicket(app, people.agent, input)]);
  const c = await openTicket(app, people.agent, input);
  t.deepEqual([b.ticketNo, c.ticketNo], [a.ticketNo, a.ticketNo]);
  t.is((await openTicket(app, people.agent, { ...coldFlat, submissionId: 'form-2' })).ticketNo, 'GD2026112300002');
  const rows = await app.stores.outbox.claim({
    by: 't',
    now: Number.MAX_SAFE_INTEGER,
    until: Number.MAX_SAFE_INTEGER,
    limit: 10,
  });
  t.deepEqual(
    rows.map(({ message }) => message.kind === 'PUBLISH_MESSAGE' && message.messageId),
    ['GD2026112300001', 'GD2026112300002'],
  );
});

inTown(
  'everything that is wrong with a request is said at once, and a report is confidential whatever was ticked',
  async (t) => {
    const { app } = await townOf(t);
    const error = await t.throwsAsync(
      openTicket(app, people.agent, {
        channel: 'PIGEON',
        title: '长'.repeat(51),
        intakeOutcome: 'REJECT',
        caller: { phone: '12' },
      }),
      { instanceOf: InvalidInput },
    );
    t.deepEqual(error.problems.map(({ field, code }) => `${field} ${code}`).toSorted(), [
      'caller.phone badPhone',
      'categoryCode required',
      'channel notAnOption',
      'content required',
      'divisionCode required',
      'rejectChannelTold required',
      'rejectReason required',
      'rejectText required',
      'requestType required',
      'title tooLong',
    ]);
    const report = await openTicket(app, people.agent, {
      ...coldFlat,
      requestType: 'REPORT',
      privacy: 'PUBLIC_TO_HANDLER',
    });
    t.is(report.privacy, 'CONFIDENTIAL');
    await t.throwsAsync(openTicket(app, people.handler('heating'), coldFlat), { instanceOf: NotAllowed });
  },
);

inTown('a late retry of the start message starts nothing twice', async (t) => {
  const { app, run } = await townOf(t);
  const { ticketNo } = await openTicket(app, people.agent, coldFlat);
  await run(startGuard, { ticketNo, processInstanceKey: 'p1' });
  await run(startGuard, { ticketNo, processInstanceKey: 'p1' });
  await t.throwsAsync(run(startGuard, { ticketNo, processInstanceKey: 'p2' }), { name: 'BusinessError' });
});

inTown(
  'the same caller with the same matter is merged: by the agent’s choice, or by the system where no agent took the call',
  async (t) => {
    const { app, run } = await townOf(t);
    const first = await openTicket(app, people.agent, coldFlat);
    const again = { ...coldFlat, title: '锦苑小区室温还是14度', caller: { phone: '+86 138-0000-0001' } };
    const asked = await openTicket(app, people.agent, again);
    t.false(
      (await run(detectDuplicate, { ticketNo: asked.ticketNo })).merged,
      'the agent saw the first and chose to open another',
    );
    const chosen = await openTicket(app, people.agent, { ...again, mergeInto: first.ticketNo });
    t.true((await run(detectDuplicate, { ticketNo: chosen.ticketNo })).merged);
    const online = await openTicket(app, people.agent, { ...again, intakeOutcome: 'NONE', channel: 'WECHAT' });
    t.true((await run(detectDuplicate, { ticketNo: online.ticketNo })).merged);
    const other = await openTicket(app, people.agent, {
      ...again,
      intakeOutcome: 'NONE',
      title: '路灯不亮',
      categoryCode: '050502',
    });
    t.false((await run(detectDuplicate, { ticketNo: other.ticketNo })).merged);
    t.is((await app.stores.tickets.find(chosen.ticketNo))?.status, 'MERGED');
    t.is((await callerHistory(app, people.agent, '13800000001')).length, 5);

    const target = (await app.stores.tickets.find((await app.stores.tickets.find(online.ticketNo))?.duplicateOf ?? ''))
      ?.repeatCount;
    t.true((target ?? 0) >= 1);
    const merged = await mergeTicket(app, people.dispatcher, {
      ticketNo: asked.ticketNo,
      into: first.ticketNo,
      reason: '同一住户',
    });
    t.like(merged, { status: 'MERGED', duplicateOf: first.ticketNo });
    await t.throwsAsync(
      mergeTicket(app, people.dispatcher, { ticketNo: other.ticketNo, into: asked.ticketNo, reason: '误' }),
      {
        message: /ticketClosed/,
      },
    );
  },
);

inTown(
  'a withdrawn ticket stops its clocks at once and its process by message; its tasks can no longer be done',
  async (t) => {
    const town = await townOf(t);
    const { app } = town;
    const { ticketNo, taskKey } = await signTask(town);
    await t.throwsAsync(withdrawTicket(app, people.agent, { ticketNo, reason: ' ' }), { instanceOf: InvalidInput });
    await withdrawTicket(app, people.agent, { ticketNo, reason: '诉求人来电撤回' });
    t.true(
      (await app.stores.limits.ofTicket(ticketNo)).every(
        ({ doneAt, cancelledAt }) => doneAt !== null || cancelledAt !== null,
      ),
    );
    await t.throwsAsync(completeTask(app, people.handler('heating'), { taskKey, answers: { signDecision: 'SIGN' } }), {
      message: /ticketClosed/,
    });
    await town.tell(taskKey, 'canceling');
    await town.run(recordClosure, { ticketNo });
    t.like(await app.stores.tickets.find(ticketNo), { status: 'CANCELLED' });
    t.is((await app.stores.assignments.ofTicket(ticketNo))[0]?.status, 'CLOSED');
    await t.throwsAsync(withdrawTicket(app, people.agent, { ticketNo, reason: '再撤一次' }), {
      message: /ticketStatus/,
    });
  },
);

inTown('a claim that is told late does not undo what was given back since', async (t) => {
  const town = await townOf(t);
  const { app } = town;
  const { taskKey } = await signTask(town);
  const [handler, leader] = [people.handler('heating'), people.leader('heating')];
  await claimTask(app, handler, { taskKey });
  await unclaimTask(app, handler, { taskKey });
  await town.tell(taskKey, 'assigning', { assignee: 'heating-handler' });
  t.is((await app.stores.tasks.find(taskKey))?.assignee, null);
  t.is((await claimTask(app, leader, { taskKey })).assignee, 'heating-leader');
  await town.tell(taskKey, 'assigning', { assignee: null });
  t.is((await app.stores.tasks.find(taskKey))?.assignee, 'heating-leader');
});

inTown('a task is claimed by one, done once, and the second hand is told whose it was', async (t) => {
  const town = await townOf(t);
  const { app } = town;
  const { taskKey } = await signTask(town);
  const [handler, leader, stranger] = [people.handler('heating'), people.leader('heating'), people.handler('water')];
  await t.throwsAsync(
    claimTask(app, stranger, { taskKey }),
    { instanceOf: NotFound },
    'another unit hears nothing of it',
  );
  await claimTask(app, handler, { taskKey });
  t.is((await app.stores.tasks.find(taskKey))?.assignee, 'heating-handler', 'seen at once, before the engine knows');
  await t.throwsAsync(claimTask(app, leader, { taskKey }), { message: /taskOfAnother/ });
  await t.throwsAsync(completeTask(app, leader, { taskKey, answers: { signDecision: 'SIGN' } }), {
    message: /taskOfAnother/,
  });
  await unclaimTask(app, handler, { taskKey });
  await saveFormDraft(app, leader, { draftKey: `task:${taskKey}`, data: { signDecision: 'RETURN' } });
  t.deepEqual((await viewTask(app, leader, taskKey)).draft?.data, { signDecision: 'RETURN' });
  const both = await Promise.allSettled([
    completeTask(app, leader, { taskKey, answers: { signDecision: 'SIGN' } }),
    completeTask(app, handler, { taskKey, answers: { signDecision: 'SIGN' } }),
  ]);
  t.is(both.filter(({ status }) => status === 'fulfilled').length, 1);
  const error = await t.throwsAsync(completeTask(app, handler, { taskKey, answers: { signDecision: 'SIGN' } }), {
    instanceOf: Conflict,
  });
  t.is(error.code, 'taskAlreadyDone');
  t.truthy(error.params['by']);
  const outbox = await app.stores.outbox.claim({
    by: 't',
    now: Number.MAX_SAFE_INTEGER,
    until: Number.MAX_SAFE_INTEGER,
    limit: 10,
  });
  t.is(outbox.length, 1, 'in order per ticket: the start comes first');
  t.deepEqual(
    await listTasks(app, leader, { queue: 'mine', limit: 10 }).then(({ items }) => items.map((task) => task.taskKey)),
    [],
  );
});

inTown('an answer that the engine never took is superseded, and its author is told', async (t) => {
  const town = await townOf(t);
  const { app } = town;
  const { taskKey, ticketNo } = await signTask(town);
  const handler = people.handler('heating');
  const { answerId } = await completeTask(app, handler, { taskKey, answers: { signDecision: 'SIGN' } });
  await town.tell(taskKey, 'canceling');
  await town.tell(taskKey, 'canceling');
  t.is((await app.stores.taskAnswers.find(answerId))?.state, 'SUPERSEDED');
  t.is((await app.stores.tasks.find(taskKey))?.state, 'CANCELED');
  const told = await app.stores.notifications.ofAccount('heating-handler', [], 10);
  t.deepEqual(
    told.map(({ type }) => type),
    ['answerSuperseded'],
  );

  const other = await town.makeTask('quality-review', 'quality', { ticketNo, assignmentNo: `${ticketNo}-01` });
  await town.tell(other, 'completing', { action: 'complete', assignee: 'operator' });
  t.like(await app.stores.tasks.find(other), { state: 'COMPLETED', completedBy: 'operator' });
  await town.tell(other, 'creating');
  t.is((await app.stores.tasks.find(other))?.state, 'COMPLETED', 'a listener that is told again changes nothing');
});

inTown(
  'each sees of a ticket what is theirs; the requester is shown for a reason, and that is written down',
  async (t) => {
    const town = await townOf(t);
    const { app } = town;
    const { ticketNo, taskKey } = await signTask(town);
    const handler = people.handler('heating');
    const seen = await viewTicket(app, handler, ticketNo);
    t.like(seen.caller, { access: 'REVEALABLE', name: '张**', phone: '138****0001' });
    t.is(seen.ticket.queryCode, null);
    t.deepEqual(
      seen.lamps.map(({ state }) => state),
      ['OFF', 'OFF', 'OFF'],
    );
    t.true(
      seen.limits.every(({ steps }) => steps.length > 0),
      'every limit explains itself',
    );
    t.false(seen.events.some(({ visibility }) => visibility === 'CENTRE'));
    t.like(
      seen.actions.find(({ action }) => action === 'cancelTicket'),
      { allowed: false, why: { key: 'error.notAllowed.noRight' } },
    );
    t.true(seen.actions.find(({ action }) => action === 'requestExtension')?.allowed);
    await t.throwsAsync(viewTicket(app, people.handler('water'), ticketNo), { instanceOf: NotFound });

    await t.throwsAsync(revealCaller(app, handler, { ticketNo, reason: '', purpose: 'CONTACT' }), {
      instanceOf: InvalidInput,
    });
    t.is((await revealCaller(app, handler, { ticketNo, reason: '首次联系', purpose: 'CONTACT' })).phone, '13800000001');
    t.is((await app.stores.audit.list({ limit: 10, action: 'revealCaller' })).items[0]?.reason, '首次联系');
    t.true((await viewTicket(app, people.dispatcher, ticketNo)).events.some(({ type }) => type === 'callerRevealed'));

    const secret = await signTask(town, 'heating', { ...coldFlat, requestType: 'REPORT' });
    t.is((await viewTicket(app, handler, secret.ticketNo)).caller?.access, 'MASKED');
    await t.throwsAsync(
      revealCaller(app, handler, { ticketNo: secret.ticketNo, reason: '首次联系', purpose: 'CONTACT' }),
      { instanceOf: NotAllowed },
    );

    t.is((await countTasks(app, handler)).mine, 2);
    t.is((await nextTask(app, handler, taskKey))?.taskKey, secret.taskKey);
    const view = await viewTask(app, handler, taskKey);
    t.like(view, { mayComplete: { allowed: true, why: null } });
    t.is(view.form?.formId, 'sign-assignment');
    await t.throwsAsync(viewTask(app, people.handler('water'), taskKey), { instanceOf: NotFound });
  },
);

inTown(
  'what no listener told of is healed from the engine’s list, but not what is too young to be in it',
  async (t) => {
    const town = await townOf(t);
    const { app } = town;
    const { taskKey, ticketNo } = await signTask(town);
    const migrated: EngineTask = {
      taskKey: 'unknown',
      processInstanceKey: 'p1',
      processDefinitionKey: 'd2',
      processId: 'ticket',
      elementId: 'qualityReview',
      elementInstanceKey: 'e9',
      formKey: 'form-quality-review',
      assignee: null,
      candidateGroups: ['quality'],
      candidateUsers: [],
      dueAt: null,
      priority: 50,
      state: 'CREATED',
    };
    const engine = {
      openTasks: async () => ({ tasks: [migrated], next: null }),
      taskVariables: async () => ({ ticketNo, assignmentNo: `${ticketNo}-01` }),
    };
    t.deepEqual(await reconcileTasks(app, engine), { added: 1, moved: 0, ended: 0 });
    t.is((await app.stores.tasks.find(taskKey))?.state, 'CREATED', 'the search may only be late');
    t.like(await app.stores.tasks.find('unknown'), { ticketNo, formId: 'quality-review' });
    town.at('2026-11-23', '09:10');
    migrated.candidateGroups = ['quality', 'centre-director'];
    t.deepEqual(await reconcileTasks(app, engine), { added: 0, moved: 1, ended: 1 });
    t.is((await app.stores.tasks.find(taskKey))?.state, 'CANCELED');
    t.deepEqual((await app.stores.tasks.find('unknown'))?.candidateGroups, ['quality', 'centre-director']);
  },
);
