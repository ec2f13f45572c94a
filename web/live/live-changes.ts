import type { Logger } from 'pino';
import type { Stores } from '../../domain/ports/stores.ts';

export type Change = Awaited<ReturnType<Stores['changes']['since']>>[number];
export type Listener = (change: Change) => void;

const POLL_MS = 500;
const BATCH = 500;

/** The numbered change log, read once per node for all its browsers. */
export interface LiveChanges {
  listen(listener: Listener): () => void;
  close(): void;
}

export async function openLiveChanges(stores: Stores, log: Logger): Promise<LiveChanges> {
  const listeners = new Set<Listener>();
  let last = await stores.changes.latestId();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function poll(): Promise<void> {
    // Nobody listens: only keep the place, so that the first listener is not told of the past.
    if (listeners.size === 0) {
      last = await stores.changes.latestId();
      return;
    }
    const changes = await stores.changes.since(last, BATCH);
    for (const change of changes) {
      last = change.changeId;
      for (const listener of listeners) listener(change);
    }
  }
  function pollAgain(): void {
    if (closed) return;
    timer = setTimeout(() => {
      poll()
        .catch((error: unknown) => log.warn({ err: error }, 'reading the change log failed'))
        .finally(pollAgain);
    }, POLL_MS);
    timer.unref();
  }
  pollAgain();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
