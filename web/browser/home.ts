// The tiles count live; the lists stay as they are under the hand.
const WAIT_MS = 800;
let timer: number | undefined;

async function refresh(): Promise<void> {
  const response = await fetch('/tasks/state', { headers: { accept: 'application/json' } }).catch(() => null);
  if (!response?.ok) return;
  const { counts } = (await response.json()) as { counts: Record<string, number> };
  for (const box of document.querySelectorAll<HTMLElement>('[data-queue-count]')) {
    box.textContent = String(counts[box.dataset['queueCount'] ?? ''] ?? 0);
  }
}

document.addEventListener('live-change', (event) => {
  if (!['TASK', 'CLOCK'].includes((event as CustomEvent<{ kind: string }>).detail.kind)) return;
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), WAIT_MS);
});
