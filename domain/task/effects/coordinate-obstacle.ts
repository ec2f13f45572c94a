import { unitGroup } from '../../account/unit-groups.ts';
import { recordEvent } from '../../event/record-event.ts';
import { notifyGroup } from '../../notification/notify.ts';
import { assignmentOf, requireText, type TaskEffect, textOf } from '../task-effect.ts';

/** 协调办理障碍 [S15(3)]: what the centre has arranged, told to the host. */
export const coordinateObstacle: TaskEffect = {
  check(checks, answers) {
    requireText(checks, answers, 'coordinationNote');
  },
  async apply(context, answers) {
    const { stores, now, actor, ticket } = context;
    const { assignmentNo, unitCode } = assignmentOf(context);
    const { ticketNo } = ticket;
    const reason = textOf(answers, 'coordinationNote');
    await recordEvent(stores, now, actor, {
      ticketNo,
      assignmentNo,
      type: 'obstacleCoordinated',
      reason,
      data: { unitCode },
    });
    await notifyGroup(context, unitGroup(unitCode), {
      ticketNo,
      type: 'obstacleCoordinated',
      data: { ticketNo, assignmentNo },
    });
  },
};
