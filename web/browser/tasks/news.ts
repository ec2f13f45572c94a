import { say } from '../shell/messages.ts';
import { markDone, shownKeys } from './selection.ts';

const WAIT_MS = 600;

interface ListState {
  counts: Record<string, number>;
  keys: string[];
}

/** Live: counts change at once; new rows are announced and wait until asked for, rows that are gone fade where they stand. */
export function watchNews(): void {
  let timer: number | undefined;
  document.addEventListener('live-change', (event) => {
    if (!['TASK', 'CLOCK'].includes((event as CustomEvent<{ kind: string }>).detail.kind)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), WAIT_MS);
  });
}

export async function refresh(): Promise<void> {
  const response = await fetch(`/tasks/state${location.search}`, { headers: { accept: 'application/json' } }).catch(
    () => null,
  );
  if (!response?.ok) return;
  const { counts, keys } = (await response.json()) as ListState;
  for (const box of document.querySelectorAll<HTMLElement>('[data-queue-count]')) {
    const count = counts[box.dataset['queueCount'] ?? ''];
    if (count !== undefined) box.textContent = String(count);
  }
  const shown = shownKeys();
  const fresh = keys.filter((key) => !shown.has(key));
  const button = document.querySelector<HTMLButtonElement>('[data-new-rows]');
  if (button) {
    button.hidden = fresh.length === 0;
    button.textContent = say('newTasks', { count: fresh.length });
  }
  const isWhole = document.querySelector('[data-more]') === null;
  if (isWhole) for (const key of shown) if (!keys.includes(key)) markDone(key);
}
