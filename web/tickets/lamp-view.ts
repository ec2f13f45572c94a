import type { Lamp } from '../../domain/ticket/ticket-view.ts';
import type { Translate } from '../i18n/messages.ts';
import { relativeTime } from '../view/time-words.ts';

export interface LampView {
  title: string;
  words: string;
  state: '' | 'now' | 'done';
}

/** The three lamps of 2+1 [S15(5)]: the first that is not lit is the one to see to. */
export function lampViews(lamps: readonly Lamp[], now: number, t: Translate): LampView[] {
  const next = lamps.find(({ state }) => state === 'OFF' || state === 'TRYING');
  return lamps.map((lamp) => ({
    title: t(`lamp.${lamp.phase}`),
    words: t(`lamp.state.${lamp.state}`, {
      at: lamp.at === null ? '' : relativeTime(lamp.at, now, t),
      attempts: lamp.attempts,
    }),
    state: lamp.state === 'OFF' || lamp.state === 'TRYING' ? (lamp === next ? 'now' : '') : 'done',
  }));
}
