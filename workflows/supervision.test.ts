import test from 'ava';
import { FAR, openTicketScene, steps, TestTicket } from './testing/ticket-scene.ts';

const scene = await openTicketScene();
test.after.always(() => scene.close());

/** Pins the engine's clock: timers due by then fire before the call answers. */
const at = async (instant: string, ticket: TestTicket) => {
  await scene.client.pinClock({ timestamp: Date.parse(instant) } as never);
  await ticket.settle();
};
const alarm = (alarmAt: string) => ({ watch: { kind: 'ALARM', alarmAt } });

test.beforeEach(() => scene.client.pinClock({ timestamp: Date.parse('2026-11-23T10:00:00+08:00') } as never));

test.serial(
  'a late unit is reminded, urged and ordered; two orders are answered and verified each on its own',
  async (t) => {
    const plan = [
      alarm('2026-11-25T10:00:00+08:00'),
      alarm('2026-11-25T17:30:00+08:00'),
      alarm('2026-11-26T17:30:00+08:00'),
      alarm('2026-11-30T17:30:00+08:00'),
      alarm(FAR),
    ];
    const acts = [
      { fired: 'REMINDER', supervisionNo: null, replyDueAt: null },
      { fired: 'URGE', supervisionNo: null, replyDueAt: null },
      { fired: 'ORDER', supervisionNo: 'DB1', replyDueAt: '2026-12-01T17:30:00+08:00' },
      { fired: 'ORDER', supervisionNo: 'DB2', replyDueAt: '2026-12-03T17:30:00+08:00' },
    ];
    let watches = 0;
    let fires = 0;
    const closed: unknown[] = [];
    const ticket = await new TestTicket(scene, {
      'next-watch': () => plan[watches++]!,
      'fire-watch': () => acts[fires++]!,
      'close-supervision-order': ({ supervisionNo }) => {
        closed.push(supervisionNo);
        return {};
      },
    }).open();
    await ticket.play(...steps({ until: 'handleRequest' }));
    await at('2026-11-25T09:59:59+08:00', ticket);
    t.is(fires, 0);
    await at('2026-11-25T10:00:00+08:00', ticket);
    await at('2026-11-25T17:30:00+08:00', ticket);
    t.is(fires, 2);
    t.deepEqual(Object.keys(await ticket.tasks()), ['handleRequest'], 'reminders and urges are no tasks');
    await at('2026-11-26T17:30:00+08:00', ticket);
    const { replyToOrder } = await ticket.tasks();
    t.deepEqual(replyToOrder!.candidateGroups, ['unit-heating']);
    t.is(Date.parse(replyToOrder!.dueDate!), Date.parse('2026-12-01T17:30:00+08:00'));
    t.is(ticket.limitIds['replyToOrder'], 'DB1:SUPERVISION_REPLY');
    await ticket.complete('replyToOrder');
    await at('2026-11-30T17:30:00+08:00', ticket);
    t.is(ticket.limitIds['replyToOrder'], 'DB2:SUPERVISION_REPLY', 'the next level is watched while an order is open');
    await ticket.play(['verifyCorrection', { verdict: 'ACCEPTED' }]);
    t.deepEqual(closed, ['DB1'], 'the later order does not take the number of the earlier one');
    await ticket.play(['replyToOrder'], ['verifyCorrection', { verdict: 'REJECTED' }], ['replyToOrder']);
    await ticket.play(['verifyCorrection', { verdict: 'ACCEPTED' }]);
    t.deepEqual(closed, ['DB1', 'DB2']);
    await ticket.play(...steps({ from: 'handleRequest' }));
    await ticket.ended(t, 'archive-ticket');
  },
);

test.serial('a moved deadline is planned anew; a suspended one waits for the message alone', async (t) => {
  const watches = [
    alarm('2026-11-25T17:30:00+08:00'),
    alarm('2026-11-27T17:30:00+08:00'),
    { watch: { kind: 'SUSPENDED', alarmAt: null } },
    alarm('2027-03-01T17:30:00+08:00'),
    { watch: { kind: 'NONE', alarmAt: null } },
  ];
  let next = 0;
  let fires = 0;
  const ticket = await new TestTicket(scene, {
    'next-watch': () => watches[next++]!,
    'fire-watch': () => {
      fires++;
      return { fired: 'NOTHING', supervisionNo: null, replyDueAt: null };
    },
  }).open();
  await ticket.play(...steps({ until: 'handleRequest' }));
  await ticket.publish('deadline-adjusted', ticket.assignmentNo);
  t.is(next, 2);
  await at('2026-11-25T17:30:00+08:00', ticket);
  t.is(fires, 0, 'the alarm of the old due time does not ring');
  await ticket.publish('deadline-adjusted', ticket.assignmentNo);
  await at('2027-02-01T10:00:00+08:00', ticket);
  t.is(fires, 0, 'nothing rings while the limit is suspended');
  await ticket.publish('deadline-adjusted', ticket.assignmentNo);
  await at('2027-03-01T17:30:00+08:00', ticket);
  t.is(fires, 1);
  t.is(next, 5, 'nothing is left to watch, the handling goes on');
  await ticket.play(...steps({ from: 'handleRequest' }));
  await ticket.ended(t, 'archive-ticket');
});

test.serial('the watch signs for a unit that does not; a round that ends takes its open order with it', async (t) => {
  let fires = 0;
  let watches = 0;
  const plan = [alarm('2026-11-24T17:30:00+08:00'), alarm('2026-11-26T17:30:00+08:00'), alarm(FAR)];
  const acts = [
    { fired: 'AUTO_SIGN', supervisionNo: null, replyDueAt: null },
    { fired: 'ORDER', supervisionNo: 'DB3', replyDueAt: FAR },
  ];
  const ticket = await new TestTicket(scene, {
    'next-watch': () => plan[watches++] ?? alarm(FAR),
    'fire-watch': () => acts[fires++]!,
  }).open();
  await ticket.play(...steps({ until: 'signAssignment' }));
  await at('2026-11-24T17:30:00+08:00', ticket);
  t.is(fires, 1);
  await ticket.play(...steps({ from: 'signAssignment', until: 'handleRequest' }));
  await at('2026-11-26T17:30:00+08:00', ticket);
  await ticket.play(...steps({ from: 'handleRequest', until: 'callBack' }));
  t.true(ticket.taskEvents.includes('canceling replyToOrder'));
  t.deepEqual(Object.keys(await ticket.tasks()), ['callBack']);
  await ticket.play(['callBack']);
  await ticket.ended(t, 'archive-ticket');
});

test.serial('the next call and the next contact wait for their half-day', async (t) => {
  const tomorrow = '2026-11-24T09:00:00+08:00';
  let attempts = 0;
  let calls = 0;
  const ticket = await new TestTicket(scene, {
    'record-attempt': () => ({ contactReached: ++attempts > 1, attempts, nextAttemptAt: tomorrow }),
    'record-callback': () => {
      calls++;
      const triesLeft = 2 - calls;
      return {
        reached: false,
        attempts: calls,
        triesLeft,
        nextAttemptAt: '2026-11-25T09:00:00+08:00',
        satisfied: false,
        reworkCount: 0,
      };
    },
  }).open();
  await ticket.play(...steps({ until: 'handleRequest' }));
  t.deepEqual(Object.keys(await ticket.tasks()), []);
  await at(tomorrow, ticket);
  await ticket.play(['firstContact'], ...steps({ from: 'handleRequest' }));
  t.deepEqual(Object.keys(await ticket.tasks()), []);
  await at('2026-11-25T09:00:00+08:00', ticket);
  await ticket.play(['callBack']);
  await ticket.ended(t, 'archive-ticket');
});
