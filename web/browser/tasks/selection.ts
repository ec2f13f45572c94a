const rows = () => [...document.querySelectorAll<HTMLAnchorElement>('#rows .row-task')];

/** The row of the task that is open at the right. */
export function markOpen(taskKey: string | null): void {
  for (const row of rows()) {
    const on = row.dataset['key'] === taskKey;
    row.classList.toggle('on', on);
    if (on) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
  document.querySelector('main.panes')?.classList.toggle('has-task', taskKey !== null);
}

/** `j` and `k`: the focus moves, Enter opens (the row is a link). */
export function moveFocus(step: 1 | -1): void {
  const all = rows();
  const from = all.findIndex((row) => row === document.activeElement);
  const start = from >= 0 ? from : all.findIndex((row) => row.classList.contains('on'));
  const next = all[Math.min(all.length - 1, Math.max(0, start + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** What one has done shows at once, and the row stays where it is. */
export function markDone(taskKey: string): void {
  const row = document.querySelector<HTMLElement>(`#rows .row-task[data-key="${CSS.escape(taskKey)}"]`);
  row?.classList.add('done');
  row?.classList.remove('on', 'late', 'soon');
  const left = row?.querySelector('.left');
  if (left) left.textContent = row?.dataset['done'] ?? '';
}

export const shownKeys = (): Set<string> => new Set(rows().map((row) => row.dataset['key'] ?? ''));
