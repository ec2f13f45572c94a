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
  // Browsers allow six connections to a server: a page that is left must not hold one.
  addEventListener('pagehide', () => source.close());
}
