import { apiRoom } from './api/api-room.ts';
import { accountRoom } from './accounts/account-room.ts';
import { signInRoom } from './accounts/sign-in-room.ts';
import { adminRoom } from './desks/admin/admin-room.ts';
import { callbacksRoom } from './desks/callbacks/callbacks-room.ts';
import { deadlinesRoom } from './desks/deadlines/deadlines-room.ts';
import { intakeRoom } from './desks/intake/intake-room.ts';
import { supervisionRoom } from './desks/supervision/supervision-room.ts';
import { homeRoom } from './home/home-room.ts';
import { notificationsRoom } from './home/notifications-room.ts';
import { searchRoom } from './home/search-room.ts';
import { eventsRoom } from './live/events-room.ts';
import { processesRoom } from './processes/processes-room.ts';
import type { Room } from './room.ts';
import { demoClockRoom } from './shell/demo-clock-room.ts';
import { preferencesRoom } from './shell/preferences-room.ts';
import { tasksRoom } from './tasks/tasks-room.ts';
import { ticketsRoom } from './tickets/tickets-room.ts';

/** Every folder of pages, in the order in which they are asked. Add yours here. */
export const rooms: readonly Room[] = [
  signInRoom,
  preferencesRoom,
  homeRoom,
  tasksRoom,
  ticketsRoom,
  accountRoom,
  notificationsRoom,
  searchRoom,
  eventsRoom,
  demoClockRoom,
  apiRoom,
  intakeRoom,
  callbacksRoom,
  deadlinesRoom,
  supervisionRoom,
  processesRoom,
  adminRoom,
];
