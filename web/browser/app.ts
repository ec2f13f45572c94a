import './shell/htmx-setup.ts';
import { watchDialogs } from './shell/dialogs.ts';
import { watchKeyboard } from './shell/keyboard.ts';
import { listenToEvents } from './shell/live.ts';
import { watchMenus } from './shell/menus.ts';
import { watchForms } from './shell/once.ts';

watchMenus();
watchDialogs();
watchKeyboard();
watchForms();
listenToEvents();
