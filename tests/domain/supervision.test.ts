import type { Actor } from '../../domain/account/actor.ts';
import { createAssignment } from '../../domain/assignment/create-assignment.ts';
import { isoAt } from '../../domain/calendar/shanghai-time.ts';
import { adjustDeadline } from '../../domain/deadline/adjust-deadline.ts';
import { LIMIT_RULES } from '../../domain/defaults/limit-rules.ts';
import { prepareDispatch } from '../../domain/dispatch/prepare-dispatch.ts';
import { transact } from '../../domain/ports/transact.ts';
import { closeSupervisionOrder } from '../../domain/supervision/close-supervision-order.ts';
import { fireWatch } from '../../domain/supervision/fire-watch.ts';
import { issueOrderByHand } from '../../domain/supervision/issue-order-by-hand.ts';
import { listSupervision } from '../../domain/supervision/list-supervision.ts';
import { nextWatch } from '../../domain/supervision/next-watch.ts';
import { replyToOrder } from '../../domain/supervision/reply-to-order.ts';
import { urgeByHand } from '../../domain/supervision/urge-by-hand.ts';
import { verifyCorrection } from '../../domain/supervision/verify-correction.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import { startGuard } from '../../domain/ticket/start-guard.ts';
import { coldFlat, inTown, type InTown, openTown, people, type Town } from './town.ts';

const supervisor: Actor = {
  accountId: 'supervisor',
  displayName: '督办员',
  roles: ['supervisor'],
  unitCode: null,
  divisionCode: null,
  groups: ['supervision'],
};

/** A ticket dispatched to the heating company on Monday 2026-11-23 at 09:00, not signed yet; its sign task is open. */
async function dispatched(
  t: InTown,
): Promise<{ town: Town; ticketNo: string; assignmentNo: string; signTask: string }> {
  const town = await openTown(t);
  const known = new Set(
    (await town.app.stores.limitRules.all()).map(({ limitClass, step }) => `${limitClass}:${step}`),
  );
  for (const rule of LIMIT_RULES) {
    if (!known.has(`${rule.limitClass}:${rule.step}`)) await town.app.stores.limitRules.insert(rule);
  }
  const { ticketNo } = await openTicket(town.app, people.agent, coldFlat);
  await town.run(startGuard, { ticketNo, processInstanceKey: 'p1' });
  const { limitId } = await town.run(prepareDispatch, {
    ticketNo,
    dispatchRule: { ruleCode: 'CENTRE' },
    limitClass: 'HELP',
  });
  const decision = { dispatchDecision: 'DISPATCH', hostUnitCode: 'heating' };
  await town.answer('review-and-dispatch', 'command-centre', people.dispatcher, { ticketNo, limitId }, decision);
  const { assignmentNo } = await town.run(createAssignment, { ticketNo, assignmentReason: 'DISPATCH' });
  const of = { ticketNo, assignmentNo, limitId: `${assignmentNo}:SIGN` };
  const signTask = await town.makeTask('sign-assignment', 'unit-heating', of);
  return { town, ticketNo, assignmentNo, signTask };
}

async function signed(t: InTown) {
  const world = await dispatched(t);
  const { town, ticketNo, assignmentNo } = world;
  await town.answer(
    'sign-assignment',
    'unit-heating',
    people.handler('heating'),
    { ticketNo, assignmentNo },
    { signDecision: 'SIGN' },
  );
  await town.tell(world.signTask, 'canceling');
  const { stores } = town.app;
  for (const limit of await stores.limits.ofAssignment(assignmentNo)) {
    // The first contact is not what these tests are about.
    if (limit.step === 'FIRST_CONTACT') await stores.limits.update(limit.limitId, { doneAt: town.app.clock.now() });
  }
  return world;
}

const told = async (town: Town, ticketNo: string) =>
  (await town.app.stores.notifications.ofTicket(ticketNo)).map(({ type, target }) => `${type} ${target}`);
const level = async (town: Town, ticketNo: string) => (await town.app.stores.tickets.find(ticketNo))?.supervisionLevel;

inTown(
  'a watch reminds at half and at 80 %, urges when due, and orders one working day later, each once',
  async (t) => {
    const { town, ticketNo, assignmentNo } = await signed(t);
    const of = { ticketNo, assignmentNo };
    const plan = async () => (await town.run(nextWatch, of)).watch;
    // 5 working days from Monday 09:00: 41.5 working hours until Monday 17:30.
    t.deepEqual(await plan(), { kind: 'ALARM', alarmAt: '2026-11-26T08:45:00+08:00' });
    t.is((await town.run(fireWatch, of)).fired, 'NOTHING');

    town.at('2026-11-26', '08:45');
    t.is((await town.run(fireWatch, of)).fired, 'REMINDER');
    t.is((await town.run(fireWatch, of)).fired, 'NOTHING');
    t.deepEqual(await plan(), { kind: 'ALARM', alarmAt: '2026-11-27T16:12:00+08:00' });
    town.at('2026-11-27', '16:12');
    t.is((await town.run(fireWatch, of)).fired, 'REMINDER');
    t.is(await level(town, ticketNo), 0);

    t.is((await plan()).alarmAt, '2026-11-30T17:30:00+08:00');
    town.at('2026-11-30', '17:30');
    t.is((await town.run(fireWatch, of)).fired, 'URGE');
    t.is(await level(town, ticketNo), 1);
    t.true((await told(town, ticketNo)).includes('unitUrged unit-heating-leader'));

    t.is((await plan()).alarmAt, '2026-12-01T17:30:00+08:00');
    town.at('2026-12-01', '17:30');
    t.deepEqual(await town.run(fireWatch, of), {
      fired: 'ORDER',
      supervisionNo: 'DB2026120100001',
      replyDueAt: '2026-12-04T17:30:00+08:00',
    });
    t.is(await level(town, ticketNo), 2);
    t.is((await town.run(fireWatch, of)).fired, 'NOTHING');
    const order = await town.app.stores.supervisionOrders.find('DB2026120100001');
    t.like(order, { cause: 'OVERDUE', unitCode: 'heating', assignmentNo });
  },
);

inTown('a due time that is moved forward arms the alarms again and takes the urge off the ticket', async (t) => {
  const { town, ticketNo, assignmentNo } = await signed(t);
  const of = { ticketNo, assignmentNo };
  town.at('2026-11-30', '17:30');
  t.is((await town.run(fireWatch, of)).fired, 'URGE');
  const later = {
    ticketNo,
    limitId: `${assignmentNo}:COMPLETE`,
    dueAt: Date.parse('2026-12-07T17:30:00+08:00'),
    reason: '等待配件',
  };
  await adjustDeadline(town.app, people.director, later);
  t.is(await level(town, ticketNo), 0);
  // Half of the new limit is behind; it was told before and is not told again.
  t.is((await town.run(nextWatch, of)).watch.alarmAt, '2026-12-03T16:12:00+08:00');
  t.is((await town.run(fireWatch, of)).fired, 'NOTHING');
  town.at('2026-12-07', '17:30');
  t.is((await town.run(fireWatch, of)).fired, 'URGE');
  t.is((await told(town, ticketNo)).filter((one) => one === 'unitUrged unit-heating').length, 2);
});

inTown('a due time that is moved back into the past is acted on at once', async (t) => {
  const { town, ticketNo, assignmentNo } = await signed(t);
  const limitId = `${assignmentNo}:COMPLETE`;
  town.at('2026-11-24', '10:00');
  const past = { ticketNo, limitId, dueAt: Date.parse('2026-11-23T12:00:00+08:00'), reason: '领导要求' };
  await adjustDeadline(town.app, people.director, past);
  t.is((await town.run(fireWatch, { ticketNo, assignmentNo })).fired, 'URGE');
});

inTown(
  'what the unit does not sign for is signed by the system after one working day, and the task answered',
  async (t) => {
    const { town, ticketNo, assignmentNo, signTask } = await dispatched(t);
    const { stores } = town.app;
    const of = { ticketNo, assignmentNo };
    t.is((await town.run(nextWatch, of)).watch.alarmAt, '2026-11-23T11:00:00+08:00');
    town.at('2026-11-23', '15:00');
    t.is((await town.run(fireWatch, of)).fired, 'URGE');
    town.at('2026-11-24', '17:29');
    t.not((await town.run(fireWatch, of)).fired, 'AUTO_SIGN');
    town.at('2026-11-24', '17:30');
    t.is((await town.run(fireWatch, of)).fired, 'AUTO_SIGN');
    t.like(await stores.assignments.find(assignmentNo), { status: 'SIGNED', signedBy: 'system' });
    t.is((await stores.tickets.find(ticketNo))?.status, 'IN_PROGRESS');
    const answer = await stores.taskAnswers.liveOfTask(signTask);
    t.like(answer, { actorId: 'system', answers: { signDecision: 'SIGN' }, state: 'SENT' });
    const said = (await outbox(town))
      .filter(({ message }) => message.kind === 'COMPLETE_TASK')
      .map(({ message }) => message);
    t.like(said.at(-1), { taskKey: signTask, answerId: answer?.answerId, variables: { signDecision: 'SIGN' } });
    t.truthy((await stores.limits.find(`${assignmentNo}:SIGN`))?.doneAt);
    t.is((await town.run(fireWatch, of)).fired, 'NOTHING');
  },
);

inTown(
  'a unit that has answered the sign task itself is not signed for, and the watch looks again later',
  async (t) => {
    const { town, ticketNo, assignmentNo, signTask } = await dispatched(t);
    town.at('2026-11-24', '17:45');
    await town.app.stores.assignments.update(assignmentNo, { status: 'RETURN_REQUESTED' });
    await town.tell(signTask, 'canceling');
    const first = await town.run(fireWatch, { ticketNo, assignmentNo });
    t.not(first.fired, 'AUTO_SIGN');
    t.is((await town.app.stores.assignments.find(assignmentNo))?.signedAt, null);
    const plan = (await town.run(nextWatch, { ticketNo, assignmentNo })).watch;
    t.is(plan.alarmAt, '2026-11-24T18:00:00+08:00');
  },
);

inTown('a rejected reply to an order runs on where its clock had rested, an accepted one closes it', async (t) => {
  const { town, ticketNo, assignmentNo } = await signed(t);
  const { app } = town;
  const order = await issueOrderByHand(app, supervisor, { ticketNo, note: '群众多次来电' });
  t.is(isoAt(order.replyDueAt), '2026-11-26T17:30:00+08:00');
  await t.throwsAsync(issueOrderByHand(app, supervisor, { ticketNo, note: '再来一份' }), { message: /orderOpen/ });
  await t.throwsAsync(issueOrderByHand(app, people.dispatcher, { ticketNo, note: '越权' }), { message: /noRight/ });
  // The watch hands it to the process, once.
  const of = { ticketNo, assignmentNo };
  t.is((await town.run(nextWatch, of)).watch.alarmAt, '2026-11-23T09:00:00+08:00');
  t.like(await town.run(fireWatch, of), { fired: 'ORDER', supervisionNo: order.supervisionNo });
  t.is((await town.run(fireWatch, of)).fired, 'NOTHING');

  const { supervisionNo } = order;
  const limit = () => app.stores.limits.find(`${supervisionNo}:SUPERVISION_REPLY`);
  town.at('2026-11-24', '10:00');
  const handler = people.handler('heating');
  await transact(app, (context) =>
    replyToOrder(context, handler, supervisionNo, { reply: '已处理', correctiveAction: '' }),
  );
  t.is((await limit())?.dueAt, null);
  town.at('2026-11-25', '10:00');
  const rejected = await transact(app, (context) =>
    verifyCorrection(context, supervisor, supervisionNo, { verdict: 'REJECTED', verifyNote: '未附依据' }),
  );
  t.is(rejected.replyDueAt, '2026-11-27T17:30:00+08:00');
  t.like(await app.stores.supervisionOrders.find(supervisionNo), { rejectedReplies: 1, repliedAt: null });

  await transact(app, (context) =>
    replyToOrder(context, handler, supervisionNo, { reply: '附测温记录', correctiveAction: '更换循环泵' }),
  );
  const verdict = { verdict: 'ACCEPTED', verifyNote: null };
  t.deepEqual(await transact(app, (context) => verifyCorrection(context, supervisor, supervisionNo, verdict)), {});
  await town.run(closeSupervisionOrder, { supervisionNo });
  t.truthy((await limit())?.doneAt);
  t.is(await level(town, ticketNo), 0);
  const again = transact(app, (context) =>
    replyToOrder(context, handler, supervisionNo, { reply: '迟到', correctiveAction: '' }),
  );
  await t.throwsAsync(again, { message: /orderClosed/ });
  const { orders } = await listSupervision(app, supervisor, { state: 'CLOSED', limit: 10 });
  t.is(orders.total, 1);
});

inTown('a person urges every unit that still owes something, with a note', async (t) => {
  const { town, ticketNo } = await signed(t);
  await t.throwsAsync(urgeByHand(town.app, supervisor, { ticketNo, note: ' ' }), { message: /note required/ });
  await t.throwsAsync(urgeByHand(town.app, people.handler('water'), { ticketNo, note: '快' }), {
    message: /not found/,
  });
  await urgeByHand(town.app, supervisor, { ticketNo, note: '老人感冒，请今天上门' });
  t.is(await level(town, ticketNo), 1);
  const groups = await told(town, ticketNo);
  t.true(groups.includes('urgedByHand unit-heating') && groups.includes('urgedByHand unit-heating-leader'));
});

inTown('the watch of an assignment that is over plans nothing more', async (t) => {
  const { town, ticketNo, assignmentNo } = await signed(t);
  await town.app.stores.assignments.update(assignmentNo, { status: 'RETURNED' });
  t.is((await town.run(nextWatch, { ticketNo, assignmentNo })).watch.kind, 'NONE');
});

async function outbox(town: Town) {
  const rows = await town.store.knex('outbox').select('*').orderBy('outboxId');
  return rows.map((row: { message: string }) => ({ message: JSON.parse(row.message) as { kind: string } }));
}
