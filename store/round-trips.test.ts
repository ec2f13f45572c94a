import test from 'ava';
import { Conflict } from '../domain/errors/conflict.ts';
import { NotFound } from '../domain/errors/not-found.ts';
import { databases } from './testing/databases.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';
import { monday, sampleAssignment, sampleCaller, sampleEvent, sampleLimit, sampleTicket } from './testing/samples.ts';

for (const kind of databases) {
  const opening = kind.open();
  const stores = async () => (await opening).store.stores;
  const on = (title: string) => `${title} (${kind.name})`;
  let series = 0;
  /** A ticket of a test's own. */
  const newTicket = async () => {
    series += 1;
    const ticket = sampleTicket(`GD20261123${String(series).padStart(5, '0')}`);
    await (await stores()).tickets.insert(ticket);
    return ticket.ticketNo;
  };
  test.after.always(async () => (await opening).drop());

  test(on('a ticket comes back with every field, and by its query code'), async (t) => {
    const { tickets } = await stores();
    const ticketNo = await newTicket();
    t.deepEqual(await tickets.find(ticketNo), sampleTicket(ticketNo));
    t.deepEqual(await tickets.findByQueryCode(`Q-${ticketNo}`), sampleTicket(ticketNo));
    t.is(await tickets.find(ticketNo.toLowerCase()), undefined);
  });

  test(on('a change of a ticket raises its version, and the second of two changes is told'), async (t) => {
    const { tickets } = await stores();
    const ticketNo = await newTicket();
    const changed = await tickets.update(ticketNo, 1, { status: 'IN_PROGRESS', hostUnitCode: null, riskFlags: [] });
    const expected: Partial<Ticket> = { status: 'IN_PROGRESS', hostUnitCode: null, riskFlags: [], version: 2 };
    t.deepEqual(changed, sampleTicket(ticketNo, expected));
    const late = await t.throwsAsync(tickets.update(ticketNo, 1, { status: 'CLOSED' }), { instanceOf: Conflict });
    t.is(late.code, 'ticketChanged');
    await t.throwsAsync(tickets.update('GD-none', 1, { status: 'CLOSED' }), { instanceOf: NotFound });
    t.is((await tickets.find(ticketNo))?.version, 2);
  });

  test(
    on('a caller comes back, is changed, and is found by any spelling of the number, newest ticket first'),
    async (t) => {
      const { callers, tickets } = await stores();
      const older = await newTicket();
      await callers.insert(sampleCaller(older, { phone: '+86 139-0000-0009' }));
      const newer = `${older}9`;
      await tickets.insert(sampleTicket(newer, { createdAt: monday + 5 }));
      await callers.insert(sampleCaller(newer, { name: null, phone: '13900000009', gender: null, address: null }));
      t.deepEqual(await callers.find(older), sampleCaller(older, { phone: '+86 139-0000-0009' }));
      t.deepEqual(await callers.ticketNosByPhone('0086 13900000009', 9), [newer, older]);
      await callers.update(older, { name: '李四', phone: null });
      t.deepEqual(await callers.find(older), sampleCaller(older, { name: '李四', phone: null }));
      t.deepEqual(await callers.ticketNosByPhone('13900000009', 9), [newer]);
      await t.throwsAsync(callers.update('GD-none', { name: null }), { instanceOf: NotFound });
    },
  );

  test(on('assignments come back oldest first, with every field'), async (t) => {
    const { assignments } = await stores();
    const ticketNo = await newTicket();
    const first = sampleAssignment(ticketNo);
    const second = sampleAssignment(ticketNo, {
      assignmentNo: `${ticketNo}-02`,
      dispatchedAt: monday + 9,
      role: 'CO_HOST',
    });
    await assignments.insert(second);
    await assignments.insert(first);
    t.deepEqual(await assignments.ofTicket(ticketNo), [first, second]);
    await assignments.update(first.assignmentNo, { status: 'CLOSED', isRework: false, signedAt: null });
    const changed = { ...first, status: 'CLOSED' as const, isRework: false, signedAt: null };
    t.deepEqual(await assignments.find(first.assignmentNo), changed);
    await assignments.update(first.assignmentNo, {});
    await t.throwsAsync(assignments.update('none', { status: 'CLOSED' }), { instanceOf: NotFound });
  });

  test(on('a limit, its facts, and the due time that its ticket shows'), async (t) => {
    const { limits, tickets } = await stores();
    const ticketNo = await newTicket();
    const shown = async () => {
      const page = await tickets.search({ scope: { kind: 'ALL' }, limit: 200 });
      const row = page.items.find((item) => item.ticketNo === ticketNo);
      return [row?.dueAt, row?.startAt, row?.pausedAt];
    };
    t.deepEqual(await shown(), [null, null, null]);
    const limit = sampleLimit(ticketNo);
    await limits.insert(limit);
    await limits.insert(sampleLimit(ticketNo, { limitId: `${ticketNo}-01:SIGN`, step: 'SIGN', dueAt: monday + 7 }));
    t.deepEqual(await limits.find(limit.limitId), limit);
    t.deepEqual(await shown(), [limit.dueAt, monday, null]);
    await limits.update(limit.limitId, { dueAt: null, pausedAt: monday + 50 });
    t.deepEqual(await shown(), [null, monday, monday + 50]);
    t.true((await limits.open()).some(({ limitId }) => limitId === limit.limitId));
    t.is((await limits.ofAssignment(`${ticketNo}-01`)).length, 2);
    await limits.update(limit.limitId, { doneAt: monday + 60 });
    t.deepEqual(await shown(), [null, null, null]);
    t.false((await limits.open()).some(({ limitId }) => limitId === limit.limitId));
    t.is((await limits.ofTicket(ticketNo)).length, 2);

    const common = { limitId: limit.limitId, at: monday, actorId: 'admin', reason: '节假日调整' };
    const started = await limits.appendFact({
      ...common,
      kind: 'STARTED',
      ruleId: 'r1',
      limitClass: 'HELP',
      amount: 3.5,
      unit: 'WORKING_HOURS',
      source: '[D]',
      calendarVersion: 1,
      startAt: monday,
    });
    const paused = await limits.appendFact({ ...common, reason: null, kind: 'PAUSED' });
    t.true(paused.factId > started.factId);
    t.deepEqual(await limits.facts(limit.limitId), [started, paused]);
  });

  test(on('limit rules, dispatch rules and requests for more time come back with every field'), async (t) => {
    const { limitRules, dispatchRules, deadlineRequests } = await stores();
    const rule = {
      ruleId: 'help-complete',
      limitClass: 'HELP',
      step: 'COMPLETE',
      amount: 0.5,
      unit: 'WORKING_DAYS',
      source: '[D] 默认',
      validFrom: monday,
      validTo: monday + 9,
    } as const;
    await limitRules.insert(rule);
    await limitRules.update(rule.ruleId, { amount: 3.5, validTo: null });
    t.deepEqual(await limitRules.all(), [{ ...rule, amount: 3.5, validTo: null }]);
    const taken = await t.throwsAsync(limitRules.insert(rule), { instanceOf: Conflict });
    t.is(taken.code, 'alreadyExists');

    const dispatchRule = {
      ruleCode: 'HEATING',
      name: '供热保障',
      hostUnitCode: 'heating',
      coHostUnitCodes: ['housing', 'water'],
      source: '派单目录',
      validFrom: monday,
      validTo: null,
    };
    await dispatchRules.insert(dispatchRule);
    await dispatchRules.update('HEATING', { coHostUnitCodes: [] });
    t.deepEqual(await dispatchRules.find('HEATING'), { ...dispatchRule, coHostUnitCodes: [] });
    t.is((await dispatchRules.all()).length, 1);

    const ticketNo = await newTicket();
    const request = {
      requestId: `${ticketNo}-r`,
      kind: 'SUSPENSION',
      ticketNo,
      assignmentNo: `${ticketNo}-01`,
      askedAt: monday,
      askedBy: 'zhao',
      workingDays: 3,
      untilAt: monday + 9,
      reason: '等待资金',
      plan: '计划与资金',
      status: 'ASKED',
      decidedAt: null,
      decidedBy: null,
      decisionNote: null,
    } as const;
    await deadlineRequests.insert(request);
    t.deepEqual(await deadlineRequests.asked(), [request]);
    await deadlineRequests.update(request.requestId, { status: 'APPROVED', decidedAt: monday + 1, decidedBy: 'wang' });
    t.deepEqual(await deadlineRequests.asked(), []);
    t.is((await deadlineRequests.ofTicket(ticketNo))[0]?.decidedBy, 'wang');
    t.is((await deadlineRequests.find(request.requestId))?.status, 'APPROVED');
  });

  test(on('the calendar keeps every version'), async (t) => {
    const { calendar } = await stores();
    t.is((await calendar.load()).version, 0);
    const year2026 = {
      years: [{ year: 2026, status: 'OFFICIAL' as const }],
      days: [{ date: '2026-10-01', kind: 'OFF' as const, name: '国庆节' }],
      openingHours: { spans: [{ fromMinute: 510, toMinute: 720 }] },
    };
    const first = await calendar.save(year2026);
    const second = await calendar.save({ ...year2026, days: [] });
    t.deepEqual(await calendar.load(), { ...year2026, days: [], version: second });
    t.deepEqual(await calendar.version(first), { ...year2026, version: first });
    await t.throwsAsync(calendar.version(99), { instanceOf: NotFound });
  });

  test(on('contacts, callbacks and notifications come back with every field'), async (t) => {
    const { contacts, callbacks, notifications } = await stores();
    const ticketNo = await newTicket();
    const contact = {
      contactId: `${ticketNo}-c`,
      ticketNo,
      assignmentNo: `${ticketNo}-01`,
      phase: 'FIRST',
      attemptNo: 1,
      at: monday,
      actorId: 'zhao',
      channel: 'PHONE',
      result: 'REACHED',
      note: '已联系',
    } as const;
    await contacts.insert(contact);
    t.deepEqual(await contacts.ofTicket(ticketNo), [contact]);
    const callback = {
      callbackId: `${ticketNo}-b`,
      ticketNo,
      assignmentNo: `${ticketNo}-01`,
      attemptNo: 2,
      at: monday,
      actorId: 'sun',
      reached: true,
      unitContacted: false,
      factTrue: true,
      solved: null,
      satisfaction: 5,
      dissatisfiedReason: '太慢',
      note: null,
    } as const;
    await callbacks.insert(callback);
    t.deepEqual(await callbacks.ofTicket(ticketNo), [callback]);
    const base = { ticketNo, at: monday, channel: 'IN_APP', type: 'urged', data: { level: 1 } } as const;
    const toGroup = { ...base, notificationId: `${ticketNo}-1`, audience: 'GROUP', target: 'unit-x' } as const;
    const toMe = {
      ...base,
      notificationId: `${ticketNo}-2`,
      audience: 'ACCOUNT',
      target: 'me',
      at: monday + 1,
    } as const;
    const toCitizen = { ...base, notificationId: `${ticketNo}-3`, audience: 'REQUESTER', target: null } as const;
    for (const notification of [toGroup, toMe, toCitizen]) await notifications.insert(notification);
    t.deepEqual(await notifications.ofAccount('me', ['unit-x'], 9), [toMe, toGroup]);
    t.deepEqual(await notifications.ofAccount('unit-x', [], 9), []);
    t.is((await notifications.ofTicket(ticketNo)).length, 3);
  });

  test(on('a supervision order is open until a reply is accepted'), async (t) => {
    const { supervisionOrders } = await stores();
    const ticketNo = await newTicket();
    const order = {
      supervisionNo: `DB-${ticketNo}`,
      ticketNo,
      assignmentNo: `${ticketNo}-01`,
      unitCode: 'gas',
      level: 2,
      cause: 'OVERDUE',
      issuedAt: monday,
      issuedBy: 'system',
      replyDueAt: monday + 9,
      repliedAt: null,
      repliedBy: null,
      reply: null,
      correctiveAction: null,
      verifiedAt: null,
      verifiedBy: null,
      verdict: null,
      verifyNote: null,
      rejectedReplies: 0,
    } as const;
    await supervisionOrders.insert(order);
    t.deepEqual(await supervisionOrders.find(order.supervisionNo), order);
    const states = async () => {
      const found: string[] = [];
      for (const state of ['OPEN', 'REPLIED', 'CLOSED', 'ALL'] as const)
        if ((await supervisionOrders.list({ state, unitCode: 'gas', limit: 5 })).total === 1) found.push(state);
      return found;
    };
    const change = (changes: Parameters<typeof supervisionOrders.update>[1]) =>
      supervisionOrders.update(order.supervisionNo, changes);
    t.deepEqual(await states(), ['OPEN', 'ALL']);
    await change({ repliedAt: monday + 1, repliedBy: 'zhao', reply: '已整改', correctiveAction: '换泵' });
    t.deepEqual(await states(), ['REPLIED', 'ALL']);
    await change({ verifiedAt: monday + 2, verdict: 'REJECTED', rejectedReplies: 1 });
    t.deepEqual(await states(), ['OPEN', 'ALL']);
    await change({ repliedAt: monday + 3 });
    t.deepEqual(await states(), ['REPLIED', 'ALL']);
    await change({ verifiedAt: monday + 4, verdict: 'ACCEPTED' });
    t.deepEqual(await states(), ['CLOSED', 'ALL']);
    const { items } = await supervisionOrders.list({ state: 'ALL', unitCode: 'gas', limit: 5 });
    t.is(items[0]?.title, sampleTicket(ticketNo).title);
    t.is((await supervisionOrders.ofTicket(ticketNo)).length, 1);
  });

  test(on('events and audit rows are numbered in their order'), async (t) => {
    const { events, audit } = await stores();
    const ticketNo = await newTicket();
    const first = await events.append(sampleEvent(ticketNo));
    const second = await events.append(sampleEvent(ticketNo, { reason: null, assignmentNo: null, data: {} }));
    t.deepEqual(await events.ofTicket(ticketNo), [first, second]);
    const entry = {
      at: monday,
      actorId: 'admin',
      action: 'callerRevealed',
      subject: ticketNo,
      reason: '核实',
      data: { a: [1] },
      remoteAddress: '::1',
    };
    await audit.append(entry);
    await audit.append({ ...entry, action: 'signedIn', reason: null, remoteAddress: null });
    const page = await audit.list({ limit: 1, subject: ticketNo });
    t.deepEqual([page.total, page.items[0]?.action, page.nextCursor === null], [2, 'signedIn', false]);
    const rest = await audit.list({ limit: 1, subject: ticketNo, cursor: page.nextCursor });
    t.deepEqual(rest.items, [{ ...entry, auditId: page.items[0]!.auditId - 1 }]);
    t.is((await audit.list({ limit: 9, action: 'signedIn', actorId: 'admin' })).total, 1);
  });

  test(on('accounts, tokens, units and settings come back with every field'), async (t) => {
    const { accounts, apiTokens, units, settings } = await stores();
    const account = {
      accountId: 'agent-li',
      displayName: '李敏',
      roles: ['agent' as const, 'quality' as const],
      unitCode: 'call-centre',
      divisionCode: '140602',
      locale: 'zh-CN' as const,
      theme: 'auto' as const,
      active: true,
      passwordHash: '$argon2id$…',
      mustChangePassword: true,
      createdAt: monday,
    };
    await accounts.insert(account);
    await accounts.update('agent-li', { active: false, divisionCode: null });
    t.deepEqual(await accounts.list(), [{ ...account, active: false, divisionCode: null }]);
    t.is(await accounts.find('Agent-Li'), undefined);
    const token = {
      tokenHash: 'ab12',
      accountId: 'agent-li',
      name: 'report',
      createdAt: monday,
      expiresAt: monday + 10,
    };
    await apiTokens.insert(token);
    t.is(await apiTokens.findAccountId('ab12', monday + 9), 'agent-li');
    t.is(await apiTokens.findAccountId('ab12', monday + 10), undefined);
    await apiTokens.touch('ab12', monday + 3);
    const { accountId, ...listed } = token;
    t.deepEqual(await apiTokens.ofAccount(accountId), [{ ...listed, lastUsedAt: monday + 3 }]);
    await apiTokens.delete('another', 'ab12');
    t.is((await apiTokens.ofAccount(accountId)).length, 1);
    await apiTokens.delete(accountId, 'ab12');
    t.is((await apiTokens.ofAccount(accountId)).length, 0);
    const unit = {
      unitCode: 'heating',
      name: '市热力公司',
      nameEn: 'Heating company',
      tier: 1 as const,
      kind: 'ENTERPRISE' as const,
      divisionCode: '140602',
      dutyPhone: '0349-2020202',
      active: true,
    };
    await units.insert(unit);
    await units.update('heating', { active: false });
    t.deepEqual(await units.all(), [{ ...unit, active: false }]);
    t.deepEqual(await units.find('heating'), { ...unit, active: false });
    t.is(await settings.get('clockOffset'), undefined);
    await settings.set('clockOffset', '0');
    await settings.set('clockOffset', '3600000');
    t.is(await settings.get('clockOffset'), '3600000');
  });

  test(on('a job has one answer'), async (t) => {
    const { jobResults } = await stores();
    t.is(await jobResults.find('77'), undefined);
    await jobResults.insert('77', 'start-guard', { started: true, list: [1] }, monday);
    t.deepEqual(await jobResults.find('77'), { started: true, list: [1] });
    await t.throwsAsync(jobResults.insert('77', 'start-guard', {}, monday), { instanceOf: Conflict });
  });

  test(on('the change log tells what came after a number'), async (t) => {
    const { changes } = await stores();
    const before = await changes.latestId();
    await changes.append({ kind: 'TASK', subject: '1', groups: ['a', 'b'], accountId: 'zhao' });
    await changes.append({ kind: 'CLOCK', subject: 'now', groups: [], accountId: null });
    const told = await changes.since(before, 10);
    t.deepEqual(told, [
      { changeId: before + 1, kind: 'TASK', subject: '1', groups: ['a', 'b'], accountId: 'zhao' },
      { changeId: before + 2, kind: 'CLOCK', subject: 'now', groups: [], accountId: null },
    ]);
    t.is(await changes.latestId(), told[1]!.changeId);
    t.is((await changes.since(before, 1)).length, 1);
  });
}
