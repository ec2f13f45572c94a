export interface LiveChange {
  kind: 'TASK' | 'TICKET' | 'PROCESS' | 'CLOCK';
  subject: string;
  own: boolean;
}

/** One connection a page; what changed is told as a `live-change` event on the document. */
export function listenToEvents(): void {
  if (!document.querySelector('.shell')) return;
  const ticketNo = document.querySelector<HTMLElement>('[data-ticket-no]')?.dataset['ticketNo'];
  const source = new EventSource(ticketNo ? `/events?ticket=${encodeURIComponent(ticketNo)}` : '/events');
  for (const kind of ['TASK', 'TICKET', 'PROCESS', 'CLOCK'] as const) {
    source.addEventListener(kind, (event) => {
      const { subject, own } = JSON.parse((event as MessageEvent<string>).data) as Omit<LiveChange, 'kind'>;
      document.dispatchEvent(new CustomEvent<LiveChange>('live-change', { detail: { kind, subject, own } }));
    });
  }
  source.addEventListener('still', (event) => {
    const { clock, notifiedAt } = JSON.parse((event as MessageEvent<string>).data) as Still;
    showClock(clock);
    showNews(notifiedAt);
  });
  // Browsers allow six connections to a server: a page that is left must not hold one.
  addEventListener('pagehide', () => source.close());
}

interface Still {
  clock: { date: string; words: string };
  notifiedAt: number;
}
const SEEN = 'notifications seen';

function showClock({ date, words }: Still['clock']): void {
  const box = document.querySelector('.clock');
  const [exact, rest] = box?.querySelectorAll('[data-clock]') ?? [];
  if (!exact || !rest) return;
  exact.textContent = date;
  rest.textContent = words;
}

/** The dot on the bell stays until the list has been opened. */
function showNews(notifiedAt: number): void {
  const menu = document.querySelector<HTMLDetailsElement>('[data-notifications]');
  const dot = menu?.querySelector<HTMLElement>('.dot');
  if (!menu || !dot) return;
  dot.hidden = notifiedAt <= Number(localStorage.getItem(SEEN) ?? 0);
  menu.ontoggle = () => {
    localStorage.setItem(SEEN, String(notifiedAt));
    dot.hidden = true;
  };
}
