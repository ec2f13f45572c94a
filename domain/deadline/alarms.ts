import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { DeadlinePolicy } from './deadline-policy.ts';
import type { Limit, LimitStep } from './limit.ts';
import type { LimitReading } from './limit-ledger.ts';
import { instantOfShare } from './limit-progress.ts';
import { addLimit } from './working-time.ts';

/** HALF, EIGHTY: reminders (L0) · DUE: urge (L1) · ORDER: supervision order (L2). Named for the defaults; the shares are data. */
export type AlarmKind = 'HALF' | 'EIGHTY' | 'DUE' | 'ORDER';

/** Where a limit remembers that an alarm has fired for the due time in force. */
export const ALARM_FLAGS = {
  HALF: 'remindedHalfAt',
  EIGHTY: 'reminded80At',
  DUE: 'urgedAt',
  ORDER: 'orderedAt',
} as const satisfies Record<AlarmKind, keyof Limit>;

/** Dispatch and callback are the centre's own steps: no unit is reminded of them. */
const ALARMS_OF: Record<LimitStep, readonly AlarmKind[]> = {
  DISPATCH: [],
  SIGN: ['HALF', 'EIGHTY', 'DUE'],
  FIRST_CONTACT: ['EIGHTY', 'DUE'],
  COMPLETE: ['HALF', 'EIGHTY', 'DUE', 'ORDER'],
  CALLBACK: [],
  SUPERVISION_REPLY: ['EIGHTY', 'DUE'],
};

export interface Alarm {
  limitId: string;
  kind: AlarmKind;
  at: number;
  fired: boolean;
}

/** Every alarm of a limit, soonest first. None while it is paused, and none once it is done or cancelled. */
export function alarmsOf(
  limit: Limit,
  ledger: { reading: LimitReading; calendar: WorkingCalendar },
  policy: DeadlinePolicy,
): Alarm[] {
  if (limit.doneAt !== null || limit.cancelledAt !== null) return [];
  const alarms: Alarm[] = [];
  for (const kind of ALARMS_OF[limit.step]) {
    const at = alarmAt(kind, ledger, policy);
    if (at !== null) alarms.push({ limitId: limit.limitId, kind, at, fired: limit[ALARM_FLAGS[kind]] !== null });
  }
  return alarms.sort((a, b) => a.at - b.at);
}

type Flags = Pick<Limit, (typeof ALARM_FLAGS)[AlarmKind]>;

/** The marks of a limit whose due time has moved: an alarm that now lies ahead is armed again, one in the past stays fired. */
export function rearmed(
  limit: Limit,
  ledger: { reading: LimitReading; calendar: WorkingCalendar },
  policy: DeadlinePolicy,
  now: number,
): Flags {
  const { remindedHalfAt, reminded80At, urgedAt, orderedAt } = limit;
  const flags: Flags = { remindedHalfAt, reminded80At, urgedAt, orderedAt };
  for (const alarm of alarmsOf(limit, ledger, policy)) if (alarm.at > now) flags[ALARM_FLAGS[alarm.kind]] = null;
  return flags;
}

function alarmAt(
  kind: AlarmKind,
  { reading, calendar }: { reading: LimitReading; calendar: WorkingCalendar },
  policy: DeadlinePolicy,
): number | null {
  if (reading.dueAt === null) return null;
  switch (kind) {
    case 'HALF':
      return instantOfShare(policy.firstReminderPercent / 100, reading, calendar);
    case 'EIGHTY':
      return instantOfShare(policy.secondReminderPercent / 100, reading, calendar);
    case 'DUE':
      return reading.dueAt;
    case 'ORDER':
      return addLimit(reading.dueAt, policy.orderAfterWorkingDays, 'WORKING_DAYS', calendar);
  }
}
