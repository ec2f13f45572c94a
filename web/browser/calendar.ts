import { post } from './shell/csrf.ts';
import { say } from './shell/messages.ts';

const place = document.querySelector<HTMLElement>('[data-calendar]')!;
const find = <T extends HTMLElement>(selector: string) => place.querySelector<T>(selector)!;

/** A click paints: an ordinary weekday becomes a holiday, an ordinary weekend a working day, and back. */
function paint(day: HTMLElement): void {
  const weekend = day.dataset.weekend === 'true';
  day.dataset.kind = day.dataset.kind ? '' : weekend ? 'WORK' : 'OFF';
  day.dataset.name = day.dataset.kind ? find<HTMLInputElement>('[data-day-name]').value : '';
  day.title = day.dataset.name;
}

const painted = () => ({
  year: Number(place.dataset.year),
  status: find<HTMLSelectElement>('[data-status]').value,
  days: [...place.querySelectorAll<HTMLElement>('[data-date]')]
    .filter((day) => day.dataset.kind)
    .map((day) => ({ date: day.dataset.date, kind: day.dataset.kind, name: day.dataset.name || null })),
});

async function tell(response: Response): Promise<void> {
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
  find('[data-failure]').textContent = detail ?? say('calendar.failed');
}

async function preview(): Promise<void> {
  find('[data-failure]').textContent = '';
  const response = await post('/admin/calendar/preview', painted());
  if (response.ok) find('[data-preview]').innerHTML = await response.text();
  else await tell(response);
}

async function save(): Promise<void> {
  find('[data-failure]').textContent = '';
  const reason = find<HTMLTextAreaElement>('[data-reason]').value;
  const response = await post('/admin/calendar', {
    ...painted(),
    reason,
    expectedVersion: Number(place.dataset.version),
  });
  if (response.ok) location.assign(`/admin/calendar?year=${place.dataset.year}&saved=1`);
  else await tell(response);
}

place.addEventListener('click', (event) => {
  const day = (event.target as HTMLElement).closest<HTMLElement>('[data-date]');
  if (day) paint(day);
});
find('[data-try]').addEventListener('click', () => void preview());
find('[data-save]').addEventListener('click', () => void save());
