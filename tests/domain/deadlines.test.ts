import type { Actor } from '../../domain/account/actor.ts';
import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { changeCalendar, loadCalendar, previewCalendarChange } from '../../domain/calendar/change-calendar.ts';
import { DAY_MS, isoAt } from '../../domain/calendar/shanghai-time.ts';
import { adjustDeadline } from '../../domain/deadline/adjust-deadline.ts';
import { adjustDeadlines, previewAdjustments } from '../../domain/deadline/adjust-deadlines.ts';
import { cancelLimits } from '../../domain/deadline/cancel-limits.ts';
import { changeDeadlinePolicy, listDeadlinePolicy } from '../../domain/deadline/change-deadline-policy.ts';
import { changeLimitRule, listLimitRules, previewRuleChange } from '../../domain/deadline/change-limit-rule.ts';
import { decideExtension } from '../../domain/deadline/decide-extension.ts';
import { decideSuspension } from '../../domain/deadline/decide-suspension.ts';
import { explainLimit } from '../../domain/deadline/explain-limit.ts';
import { finishLimit } from '../../domain/deadline/finish-limit.ts';
import { listDeadlines } from '../../domain/deadline/list-deadlines.ts';
import { recalculateDueAt } from '../../domain/deadline/recalculate-due-at.ts';
import { recordSuspension } from '../../domain/deadline/record-suspension.ts';
import { requestExtension } from '../../domain/deadline/request-extension.ts';
import { requestSuspension } from '../../domain/deadline/request-suspension.ts';
import { resumeSuspension } from '../../domain/deadline/resume-suspension.ts';
import { startLimit } from '../../domain/deadline/start-limit.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { InvalidInput } from '../../domain/errors/invalid-input.ts';
import { transact } from '../../domain/ports/transact.ts';
import { fireWatch } from '../../domain/supervision/fire-watch.ts';
import { nextWatch } from '../../domain/supervision/next-watch.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { startGuard } from '../../domain/ticket/start-guard.ts';
import { coldFlat, events, inTown, type InTown, openTown, people, said } from './town.ts';

const admin: Actor = {
  accountId: 'admin',
  displayName: '管理员',
  roles: ['admin'],
  unitCode: null,
  divisionCode: null,
  groups: [],
};
const handler = people.handler('heating');

/** A ticket signed by the heating company on Monday 2026-11-23 at 09:00, due Monday 11-30 at 17:30; it is being handled. */
async function inHand(t: InTown) {
  const town = await openTown(t);
  const { app } = town;
  const { ticketNo } = await openTicket(app, people.agent, coldFlat);
  await town.run(startGuard, { ticketNo, processInstanceKey: 'p1' });
  const { limitId } = await town.run(prepareDispatch, {
    ticketNo,
    dispatchRule: { ruleCode: 'CENTRE' },
    limitClass: 'HELP',
  });
  const decision = { dispatchDecision: 'DISPATCH', hostUnitCode: 'heating' };
  await town.answer('review-and-dispatch', 'command-centre', people.dispatcher, { ticketNo, limitId }, decision);
  const { assignmentNo } = await town.run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' });
  const of = { ticketNo, assignmentNo };
  await town.answer('sign-assignment', 'unit-heating', handler, of, { signDecision: 'SIGN' });
  const complete = `${assignmentNo}:COMPLETE`;
  const taskKey = await town.makeTask('handle-request', 'unit-heating', { ...of, limitId: complete });
  const dueAt = async () => {
    const limit = await app.stores.limits.find(complete);
    return limit?.dueAt == null ? null : isoAt(limit.dueAt);
  };
  return { town, app, of, ticketNo, assignmentNo, complete, taskKey, dueAt };
}
const on = (instant: string) => Date.parse(`${instant}:00+08:00`);

inTown(
  'an admin moves a due time: ledger, event, task, engine and watch all hear of it in one transaction',
  async (t) => {
    const { town, app, ticketNo, assignmentNo, complete, taskKey, dueAt } = await inHand(t);
    const { version } = (await app.stores.tickets.find(ticketNo)) ?? { version: 0 };
    const input = { ticketNo, limitId: complete, dueAt: on('2026-12-02T12:00'), reason: '配件周三到货' };
    await adjustDeadline(app, admin, { ...input, expectedVersion: version });
    t.is(await dueAt(), '2026-12-02T12:00:00+08:00');
    t.true((await events(town, ticketNo)).includes('deadlineAdjusted'));
    t.is((await app.stores.tasks.find(taskKey))?.dueAt, on('2026-12-02T12:00'));
    t.like((await said(town, 'UPDATE_TASK')).at(-1), { taskKey, changeset: { dueDate: '2026-12-02T12:00:00+08:00' } });
    const message = (await said(town, 'PUBLISH_MESSAGE', 'deadline-adjusted')).at(-1);
    t.is(message?.correlationKey, assignmentNo);
    t.regex(message?.messageId ?? '', /^deadline-adjusted:\d+$/);
    // Somebody else saw the ticket as it was before.
    const late = { ...input, dueAt: on('2026-12-03T12:00'), expectedVersion: version };
    await t.throwsAsync(adjustDeadline(app, admin, late), { message: /ticketChanged/ });
    t.is(await dueAt(), '2026-12-02T12:00:00+08:00');
  },
);

inTown('a due time may be set to any instant after the start, with a reason, and not by a unit', async (t) => {
  const { app, ticketNo, complete } = await inHand(t);
  const set = (dueAt: number, reason = '试验', actor: Actor = admin) =>
    adjustDeadline(app, actor, { ticketNo, limitId: complete, dueAt, reason });
  const codes = async (promise: Promise<unknown>) => {
    const error = await t.throwsAsync<InvalidInput>(promise, { instanceOf: InvalidInput });
    return error?.problems.map(({ code }) => code);
  };
  t.deepEqual(await codes(set(on('2026-11-23T09:00'))), ['dueBeforeStart']);
  t.deepEqual(await codes(set(on('2026-11-30T17:30'))), ['dueUnchanged']);
  t.deepEqual((await codes(set(on('2036-11-30T17:30'), ' ')))?.toSorted(), ['dueTooFar', 'required']);
  await t.throwsAsync(set(on('2026-12-01T17:30'), '想要', handler), { message: /noRight/ });
  await t.throwsAsync(set(on('2026-12-01T17:30'), '想要', people.handler('water')), { message: /not found/ });
  await t.notThrowsAsync(set(on('2026-11-23T09:01')));
});

inTown(
  'an extension asked before due and approved adds its working days, counts, and is told to the requester',
  async (t) => {
    const { town, app, of, ticketNo, assignmentNo, dueAt } = await inHand(t);
    const asked = await requestExtension(app, handler, { ...of, workingDays: 3, reason: '等待配件' });
    const message = (await said(town, 'PUBLISH_MESSAGE', 'extension-requested')).at(-1);
    t.like(message, { correlationKey: assignmentNo, variables: { requestId: asked.requestId } });
    await t.throwsAsync(requestExtension(app, handler, { ...of, workingDays: 1, reason: '再来' }), {
      message: /requestOpen/,
    });
    t.is((await listDeadlines(app, admin, { limit: 10 })).asked.length, 1);

    const decide = (days: number | null) =>
      transact(app, (context) => decideExtension(context, people.dispatcher, asked.requestId, 'APPROVE', days, null));
    await t.throwsAsync(decide(9), { instanceOf: InvalidInput });
    await decide(2);
    t.is(await dueAt(), '2026-12-02T17:30:00+08:00');
    t.deepEqual(await town.run(recalculateDueAt, { ...of, requestId: asked.requestId }), {
      completeDueAt: '2026-12-02T17:30:00+08:00',
    });
    t.is((await app.stores.tickets.find(ticketNo))?.extensionCount, 1);
    const told = await app.stores.notifications.ofTicket(ticketNo);
    t.like(
      told.find(({ audience }) => audience === 'REQUESTER'),
      { type: 'extensionGranted', channel: 'SMS', target: null },
    );
    await t.throwsAsync(decide(2), { message: /requestDecided/ });
  },
);

inTown('extensions end: three times, three days each, never after the due time, never for a co-host', async (t) => {
  const { town, app, of } = await inHand(t);
  const request = (workingDays: number, actor = handler) =>
    requestExtension(app, actor, { ...of, workingDays, reason: '等待' });
  await t.throwsAsync(request(4), { instanceOf: InvalidInput });
  await t.throwsAsync(request(1.5), { instanceOf: InvalidInput });
  await t.throwsAsync(request(1, people.dispatcher), { message: /noRight/ });
  for (const turn of [1, 2, 3]) {
    const { requestId } = await request(1);
    const decision = turn === 1 ? 'DENY' : 'APPROVE';
    await transact(app, (context) => decideExtension(context, people.dispatcher, requestId, decision, null, '意见'));
  }
  const { requestId } = await request(1);
  await transact(app, (context) => decideExtension(context, people.dispatcher, requestId, 'APPROVE', null, null));
  await t.throwsAsync(request(1), { message: /extensionsUsedUp/ });
  await changeDeadlinePolicy(app, admin, { values: { extensionTimes: 4 }, reason: '市里新规' });
  town.at('2026-12-03', '17:30');
  await t.throwsAsync(request(1), { message: /extensionAfterDue/ });
});

inTown('a request whose work falls away lapses, and its decision then changes nothing', async (t) => {
  const { app, of, assignmentNo, complete } = await inHand(t);
  const { requestId } = await requestExtension(app, handler, { ...of, workingDays: 1, reason: '等待' });
  await transact(app, (context) => cancelLimits(context, admin, { assignmentNo }, 'RETURNED'));
  t.is((await app.stores.deadlineRequests.find(requestId))?.status, 'LAPSED');
  t.truthy((await app.stores.limits.find(complete))?.cancelledAt);
});

inTown(
  'a suspension stops the clock until its date, asks for progress on the way, and then runs on by itself',
  async (t) => {
    const { town, app, of, ticketNo, dueAt } = await inHand(t);
    const untilAt = on('2027-01-25T09:00');
    const suspend = { ...of, untilAt, plan: '列入明年改造计划', reason: '需要资金' };
    await t.throwsAsync(requestSuspension(app, handler, { ...suspend, plan: ' ' }), { instanceOf: InvalidInput });
    const tooLong = { ...suspend, untilAt: town.app.clock.now() + 181 * DAY_MS };
    await t.throwsAsync(requestSuspension(app, handler, tooLong), { message: /suspensionTooLong/ });
    const { requestId } = await requestSuspension(app, handler, suspend);
    await transact(app, (context) => decideSuspension(context, people.director, requestId, 'APPROVE', '同意'));
    await town.run(recordSuspension, { ...of, requestId });
    t.is(await dueAt(), null);
    t.is((await app.stores.tickets.find(ticketNo))?.status, 'SUSPENDED');
    t.is((await said(town, 'UPDATE_TASK')).at(-1)?.changeset?.dueDate, '');
    t.is(
      (await app.stores.limits.facts(`${of.assignmentNo}:COMPLETE`)).filter(({ kind }) => kind === 'PAUSED').length,
      1,
    );
    await t.throwsAsync(requestExtension(app, handler, { ...of, workingDays: 1, reason: '再等' }), {
      message: /limitPaused/,
    });
    const set = { ticketNo, limitId: `${of.assignmentNo}:COMPLETE`, dueAt: on('2026-12-02T12:00'), reason: '改' };
    await t.throwsAsync(adjustDeadline(app, admin, set), { message: /limitPaused/ });

    await transact(app, (context) =>
      finishLimit(context, handler, { assignmentNo: of.assignmentNo, step: 'FIRST_CONTACT' }),
    );
    t.is((await town.run(nextWatch, of)).watch.alarmAt, '2026-12-23T09:00:00+08:00');
    town.at('2026-12-23', '09:00');
    t.is((await town.run(fireWatch, of)).fired, 'REMINDER');
    t.is((await town.run(nextWatch, of)).watch.alarmAt, '2027-01-22T09:00:00+08:00');
    town.at('2027-01-25', '09:00');
    t.is((await town.run(fireWatch, of)).fired, 'REMINDER');
    t.is((await app.stores.tickets.find(ticketNo))?.status, 'IN_PROGRESS');
    // 41.5 working hours were left on Monday at 09:00, and are left now.
    t.is(await dueAt(), '2027-02-01T17:30:00+08:00');
  },
);

inTown('the centre ends a suspension early; work that is done while suspended is done in time', async (t) => {
  const { town, app, of, assignmentNo, complete, dueAt } = await inHand(t);
  const suspend = { ...of, untilAt: on('2027-01-25T09:00'), plan: '计划', reason: '资金' };
  const pause = async () => {
    const { requestId } = await requestSuspension(app, handler, suspend);
    await transact(app, (context) => decideSuspension(context, people.director, requestId, 'APPROVE', null));
  };
  await t.throwsAsync(resumeSuspension(app, people.director, { ...of, reason: '早了' }), { message: /notPaused/ });
  await pause();
  town.at('2026-11-24', '09:00');
  await t.throwsAsync(resumeSuspension(app, handler, { ...of, reason: '自己来' }), { message: /noRight/ });
  await resumeSuspension(app, people.director, { ...of, reason: '资金已到' });
  t.is(await dueAt(), '2026-12-01T17:30:00+08:00');
  await pause();
  await transact(app, (context) => finishLimit(context, handler, { assignmentNo, step: 'COMPLETE' }));
  const done = await app.stores.limits.find(complete);
  t.is(done?.doneAt, on('2026-11-24T09:00'));
  t.is(done?.dueAt, on('2026-12-01T17:30'));
});

inTown('a calendar notice is previewed, then moves every open due time that it touches and no other', async (t) => {
  const { town, app, ticketNo, complete, taskKey, dueAt } = await inHand(t);
  const before = await loadCalendar(app);
  const { version, ...rest } = before;
  const notice = { ...rest, days: [...rest.days, { date: '2026-11-27', kind: 'OFF' as const, name: '临时放假' }] };
  const preview = await previewCalendarChange(app, admin, notice);
  t.is(await dueAt(), '2026-11-30T17:30:00+08:00');
  t.deepEqual(
    preview.moves.map(({ limitId, toDueAt, late }) => [limitId, isoAt(toDueAt), late]),
    [[complete, '2026-12-01T17:30:00+08:00', false]],
  );
  await t.throwsAsync(previewCalendarChange(app, people.dispatcher, notice), { message: /noRight/ });
  const bad = { ...notice, days: [...notice.days, { date: '2026-02-30', kind: 'OFF' as const, name: null }] };
  await t.throwsAsync(previewCalendarChange(app, admin, bad), { message: /notADate/ });

  const saved = await changeCalendar(app, admin, { ...notice, expectedVersion: version, reason: '市政府通知' });
  t.is(saved.total, 1);
  t.is(await dueAt(), '2026-12-01T17:30:00+08:00');
  t.is((await app.stores.tasks.find(taskKey))?.dueAt, on('2026-12-01T17:30'));
  t.true((await events(town, ticketNo)).includes('deadlineRecalculated'));
  const again = changeCalendar(app, admin, { ...notice, expectedVersion: version, reason: '晚了一步' });
  await t.throwsAsync(again, { message: /calendarChanged/ });
  const { items } = await app.stores.audit.list({ action: 'calendarChanged', limit: 10 });
  t.like(items[0], { actorId: 'admin', reason: '市政府通知' });

  const limit = await app.stores.limits.find(complete);
  const explained = limit && (await explainLimit(app.stores, limit, app.clock.now()));
  t.deepEqual(
    explained?.steps.map(({ fact, calendarVersion }) => [fact.kind, calendarVersion]),
    [
      ['STARTED', version],
      ['CALENDAR_CHANGED', saved.version],
    ],
  );
  t.deepEqual(explained?.provisionalYears, []);
});

inTown('a pause that ends under a newer calendar is measured in that calendar', async (t) => {
  const { town, app, of, dueAt } = await inHand(t);
  const { requestId } = await requestSuspension(app, handler, {
    ...of,
    untilAt: on('2027-01-25T09:00'),
    plan: '计划',
    reason: '资金',
  });
  await transact(app, (context) => decideSuspension(context, people.director, requestId, 'APPROVE', null));
  await transact(app, (context) =>
    finishLimit(context, handler, { assignmentNo: of.assignmentNo, step: 'FIRST_CONTACT' }),
  );
  const { version, ...rest } = await loadCalendar(app);
  const days = [...rest.days, { date: '2026-11-24', kind: 'OFF' as const, name: null }];
  t.is((await changeCalendar(app, admin, { ...rest, days, expectedVersion: version, reason: '放假' })).total, 0);
  town.at('2026-11-25', '09:00');
  await resumeSuspension(app, people.director, { ...of, reason: '资金已到' });
  // Tuesday is off: it was no part of the pause, and the five working days begin after it.
  t.is(await dueAt(), '2026-12-02T17:30:00+08:00');
});

inTown('a rule changes for new limits at once, and for open ones only when that is asked for', async (t) => {
  const { app, assignmentNo, ticketNo, dueAt } = await inHand(t);
  const input = {
    limitClass: 'HELP',
    step: 'COMPLETE' as const,
    amount: 3,
    unit: 'WORKING_DAYS' as const,
    source: '[P] 试行',
    applyToOpen: false,
  };
  const preview = await previewRuleChange(app, admin, input);
  t.is(preview.total, 1);
  t.is(isoAt(preview.moves[0]?.toDueAt ?? 0), '2026-11-26T17:30:00+08:00');
  await changeLimitRule(app, admin, { ...input, reason: '缩短时限' });
  t.is(await dueAt(), '2026-11-30T17:30:00+08:00');
  const changed = await changeLimitRule(app, admin, { ...input, amount: 4, applyToOpen: true, reason: '一并调整' });
  t.is(changed.rule.ruleId, 'HELP:COMPLETE:2');
  t.is(await dueAt(), '2026-11-27T17:30:00+08:00');
  const started = await transact(app, (context) =>
    startLimit(context, admin, {
      ticketNo,
      assignmentNo,
      ownerNo: 'X',
      step: 'COMPLETE',
      limitClass: 'HELP',
      startAt: context.now,
    }),
  );
  t.is(isoAt(started.dueAt ?? 0), '2026-11-27T17:30:00+08:00');
  const ended = (await listLimitRules(app, admin)).filter(({ ruleId }) => ruleId === 'HELP:COMPLETE:1');
  t.is(ended[0]?.validTo, app.clock.now());
  await t.throwsAsync(changeLimitRule(app, admin, { ...input, amount: 0.5, reason: '半天' }), {
    message: /amount notWhole/,
  });
  await t.throwsAsync(changeLimitRule(app, people.dispatcher, { ...input, reason: '越权' }), { message: /noRight/ });
});

inTown('the numbers around limits are data with a source, and are audited when they change', async (t) => {
  const { app } = await inHand(t);
  const rows = await listDeadlinePolicy(app, admin);
  t.true(rows.every(({ source, value, defaultValue }) => /^\[[DP]\]/.test(source) && value === defaultValue));
  await t.throwsAsync(changeDeadlinePolicy(app, admin, { values: { firstReminderPercent: 120 }, reason: '错' }), {
    instanceOf: InvalidInput,
  });
  const policy = await changeDeadlinePolicy(app, admin, { values: { firstReminderPercent: 40 }, reason: '早些提醒' });
  t.is(policy.firstReminderPercent, 40);
});

inTown(
  'a limit that is opened again keeps its due time, wakes the watch, and does not repeat what was told',
  async (t) => {
    const { town, app, of, assignmentNo, ticketNo, complete } = await inHand(t);
    await transact(app, (context) => finishLimit(context, handler, { assignmentNo, step: 'FIRST_CONTACT' }));
    town.at('2026-11-27', '17:00');
    t.is((await town.run(fireWatch, of)).fired, 'REMINDER');
    await transact(app, (context) => finishLimit(context, handler, { assignmentNo, step: 'COMPLETE' }));
    const again = await transact(app, (context) =>
      startLimit(context, admin, {
        ticketNo,
        assignmentNo,
        ownerNo: assignmentNo,
        step: 'COMPLETE',
        limitClass: 'HELP',
        startAt: on('2026-11-23T09:00'),
        dueAt: { at: on('2026-11-30T17:30'), reason: 'QUALITY_REJECTED' },
      }),
    );
    t.is(again.limitId, `${complete}:2`);
    t.is((await town.run(fireWatch, of)).fired, 'NOTHING');
    t.is((await town.run(nextWatch, of)).watch.alarmAt, '2026-11-30T17:30:00+08:00');
    t.is((await said(town, 'PUBLISH_MESSAGE', 'deadline-adjusted')).length, 1);
    // Tasks carry the first id: they are shown the moved due time all the same.
    await adjustDeadline(app, admin, {
      ticketNo,
      limitId: again.limitId,
      dueAt: on('2026-12-01T10:00'),
      reason: '宽限',
    });
    t.is((await said(town, 'UPDATE_TASK')).at(-1)?.changeset?.dueDate, '2026-12-01T10:00:00+08:00');
  },
);

inTown(
  'many due times are moved at once, with a preview, what cannot be moved named, and can be moved back',
  async (t) => {
    const { app, complete, assignmentNo, dueAt } = await inHand(t);
    const limitIds = [complete, `${assignmentNo}:FIRST_CONTACT`, `${assignmentNo}:SIGN`, 'nothing'];
    const change = { kind: 'SHIFT' as const, workingDays: 2 };
    const preview = await previewAdjustments(app, admin, { limitIds, change });
    t.is(preview.total, 2);
    t.deepEqual(
      preview.obstacles.map(({ limitId, kind, code }) => `${limitId} ${kind} ${code}`),
      [`${assignmentNo}:SIGN conflict limitClosed`, 'nothing notFound limit'],
    );
    t.is(await dueAt(), '2026-11-30T17:30:00+08:00');
    t.is((await adjustDeadlines(app, admin, { limitIds, change, reason: '暴雪' })).total, 2);
    t.is(await dueAt(), '2026-12-02T17:30:00+08:00');
    const back = { limitIds: [complete], change: { kind: 'SHIFT' as const, workingDays: -6 }, reason: '试验' };
    t.is((await adjustDeadlines(app, admin, back)).total, 1);
    t.is(await dueAt(), '2026-11-24T17:30:00+08:00');
    const undo = {
      limitIds: [complete, `${assignmentNo}:FIRST_CONTACT`],
      change: { kind: 'UNDO' as const },
      reason: '撤销',
    };
    t.is((await adjustDeadlines(app, admin, undo)).total, 2);
    t.is(await dueAt(), '2026-12-02T17:30:00+08:00');
    const early = { limitIds: [complete], change: { kind: 'SHIFT' as const, workingDays: -40 }, reason: '太早' };
    t.like((await adjustDeadlines(app, admin, early)).obstacles[0], { kind: 'invalid', code: 'dueBeforeStart' });
    await t.throwsAsync(adjustDeadlines(app, handler, undo), { message: /noRight/ });
    await t.throwsAsync(adjustDeadlines(app, admin, { ...undo, limitIds: [] }), { instanceOf: InvalidInput });
  },
);
