import { instantAt } from '../../domain/calendar/shanghai-time.ts';
import { openTicket } from '../../domain/ticket/open-ticket.ts';
import type { TestApp } from '../app/start-app.ts';

/** A noise that is no emergency: five working days from Monday morning to Monday evening. */
export const noise = {
  channel: 'PHONE' as const,
  title: '换热站夜间噪声',
  content: '小区换热站水泵夜间噪声大，影响休息，请尽快检修。',
  requestType: 'HELP' as const,
  categoryCode: '120101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区换热站',
  intakeOutcome: 'FORWARD' as const,
  callbackWanted: true,
  caller: { name: '张国栋', phone: '13800000001' },
};
export const dueOfNoise = instantAt('2026-11-30', '17:30');

export const registered = async (town: TestApp, more: Partial<typeof noise> = {}): Promise<string> =>
  (await openTicket(town.app, await town.as('agent'), { ...noise, ...more })).ticketNo;

export async function dispatched(town: TestApp, more: Partial<typeof noise> = {}): Promise<string> {
  const ticketNo = await registered(town, more);
  await town.answer(ticketNo, 'reviewAndDispatch', 'dispatcher', {
    dispatchDecision: 'DISPATCH',
    hostUnitCode: 'heating',
    instruction: '请核实后尽快处理',
  });
  await town.taskAt(ticketNo, 'signAssignment');
  return ticketNo;
}

/** Signed, the caller called: only the completion is still to come. */
export async function inHand(town: TestApp, more: Partial<typeof noise> = {}): Promise<string> {
  const ticketNo = await dispatched(town, more);
  await town.answer(ticketNo, 'signAssignment', 'handler', { signDecision: 'SIGN' });
  await town.answer(ticketNo, 'firstContact', 'handler', {
    contactResult: 'REACHED',
    contactChannel: 'PHONE',
    contactNote: '诉求人在家，约定上门时间',
  });
  await town.taskAt(ticketNo, 'handleRequest');
  return ticketNo;
}

export async function countEvents(town: TestApp, ticketNo: string, type: string): Promise<number> {
  return (await town.app.stores.events.ofTicket(ticketNo)).filter((event) => event.type === type).length;
}
