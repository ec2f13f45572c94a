import type { Clock } from '../domain/clock.ts';
import type { App } from '../domain/ports/app.ts';
import type { Stores } from '../domain/ports/stores.ts';

export const realClock: Clock = { now: () => Date.now() };

/** What use cases are given; `onOutbox` is called after every commit that left something to say to the engine. */
export function buildApp(
  store: { stores: Stores; transaction: App['transaction'] },
  clock: Clock,
  onOutbox: () => void,
): App {
  return {
    clock,
    realClock,
    stores: store.stores,
    async transaction(work) {
      let added = false;
      const result = await store.transaction((stores) => {
        const add: Stores['outbox']['add'] = (...row) => {
          added = true;
          return stores.outbox.add(...row);
        };
        return work({ ...stores, outbox: { ...stores.outbox, add } });
      });
      if (added) onOutbox();
      return result;
    },
  };
}
