import { accountRoom } from './accounts/account-room.ts';
import { signInRoom } from './accounts/sign-in-room.ts';
import { homeRoom } from './home/home-room.ts';
import { notificationsRoom } from './home/notifications-room.ts';
import { searchRoom } from './home/search-room.ts';
import { eventsRoom } from './live/events-room.ts';
import type { Room } from './room.ts';
import { demoClockRoom } from './shell/demo-clock-room.ts';
import { preferencesRoom } from './shell/preferences-room.ts';

/** Every folder of pages, in the order in which they are asked. Add yours here. */
export const rooms: readonly Room[] = [
  signInRoom,
  preferencesRoom,
  homeRoom,
  accountRoom,
  notificationsRoom,
  searchRoom,
  eventsRoom,
  demoClockRoom,
];
