import test from 'ava';
import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { servers } from './on-each-server.ts';
import { startApp, type TestApp } from './start-app.ts';

const coldFlat = {
  channel: 'PHONE' as const,
  title: '锦苑小区室温14度，老人感冒',
  content: '连续三天室温只有14度，家中82岁老人已感冒。',
  requestType: 'HELP' as const,
  categoryCode: '050101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区6号楼2单元',
  intakeOutcome: 'FORWARD' as const,
  callbackWanted: true,
  caller: { name: '张国栋', phone: '13800000001' },
};

for (const { name, mariadbUrl } of servers) {
  test.serial(`a ticket goes from the call to the archive through the real engine, on ${name}`, async (t) => {
    const town = await startApp({ mariadbUrl });
    t.teardown(() => town.end());
    await town.clock.moveTo(instantAt('2026-11-23', '09:00'));
    const { ticketNo } = await openTicket(town.app, await town.as('agent'), coldFlat);
    await straightPath(town, ticketNo);

    const ticket = await town.until('the archive', async () => {
      const found = await town.app.stores.tickets.find(ticketNo);
      return found?.status === 'CLOSED' && found;
    });
    t.is(ticket.hostUnitCode, 'heating');
    t.is(ticket.satisfaction, 2);
    const answers = await town.app.stores.taskAnswers.ofTicket(ticketNo);
    t.is(answers.length, 8);
    t.true(answers.every(({ state }) => state === 'ACCEPTED'));
    t.deepEqual(await town.app.stores.tasks.openOfTicket(ticketNo), []);
    t.true((await town.app.stores.limits.ofTicket(ticketNo)).every(({ doneAt, cancelledAt }) => doneAt ?? cancelledAt));
    t.deepEqual(await town.engine.incidents(10), []);
    await town.until('the process instance’s end', async () =>
      (await town.engine.instanceCounts()).every(({ active }) => active === 0),
    );
  });
}

async function straightPath(town: TestApp, ticketNo: string) {
  await town.answer(ticketNo, 'reviewAndDispatch', 'dispatcher', {
    dispatchDecision: 'DISPATCH',
    hostUnitCode: 'heating',
    instruction: '请尽快处理',
  });
  await town.answer(ticketNo, 'signAssignment', 'handler', { signDecision: 'SIGN' });
  await town.answer(ticketNo, 'firstContact', 'handler', {
    contactResult: 'REACHED',
    contactChannel: 'PHONE',
    contactNote: '诉求人在家，约定上门时间',
  });
  await town.answer(ticketNo, 'handleRequest', 'handler', {
    outcome: 'RESOLVED',
    publicReply: '已更换阀门，室温恢复到20度。',
    internalNote: '更换单元阀门',
  });
  await town.answer(ticketNo, 'informResult', 'handler', {
    contactResult: 'REACHED',
    contactChannel: 'PHONE',
    contactNote: '诉求人认可',
  });
  await town.answer(ticketNo, 'unitLeaderApprove', 'leader', { leaderDecision: 'APPROVE' });
  await town.answer(ticketNo, 'qualityReview', 'quality', { qualityDecision: 'PASS' });
  await town.answer(ticketNo, 'callBack', 'callback', {
    reached: true,
    unitContacted: true,
    factTrue: true,
    solved: true,
    satisfaction: 2,
  });
}
