import type { DiagramPart } from './diagram-viewer.ts';
import { drawDiagram } from './diagram-viewer.ts';
import './lists.ts';

const ticket = document.querySelector<HTMLElement>('[data-ticket-no]');
const small = document.querySelector<HTMLElement>('[data-diagram]');
const large = document.querySelector<HTMLDialogElement>('#diagram-large');
let parts: DiagramPart[] = [];
let takeAway = () => {};

async function showWhere(): Promise<void> {
  const response = await fetch(`/tickets/${ticket?.dataset['ticketNo']}/diagram`, {
    headers: { accept: 'application/json' },
  });
  if (!response.ok || !small) return;
  ({ parts } = (await response.json()) as { parts: DiagramPart[] });
  const [first] = parts;
  if (first) await drawDiagram(small, first, 'small');
}

async function enlarge(part: DiagramPart): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-diagram-large]');
  if (!place) return;
  takeAway();
  takeAway = await drawDiagram(place, part, 'large');
  for (const tab of document.querySelectorAll<HTMLElement>('[data-diagram-tabs] button')) {
    tab.setAttribute('aria-pressed', String(tab.dataset['process'] === part.processId));
  }
}

function drawTabs(): void {
  const box = document.querySelector('[data-diagram-tabs]');
  if (!box || parts.length < 2) return;
  box.replaceChildren(
    ...parts.map((part) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.className = 'btn-2';
      tab.dataset['process'] = part.processId;
      tab.textContent = part.name;
      tab.addEventListener('click', () => void enlarge(part));
      return tab;
    }),
  );
}

if (small) void showWhere();
// A <dialog> has no size before it is open: the drawing is fitted then.
document.addEventListener('click', (event) => {
  const opens = (event.target as Element).closest('[data-opens="#diagram-large"]');
  const deepest = parts.findLast(({ active }) => active.length > 0) ?? parts[0];
  if (opens && large && deepest) {
    drawTabs();
    void enlarge(deepest);
  }
  if ((event.target as Element).closest('[data-prints]')) print();
});
document.addEventListener('live-change', (event) => {
  const { kind, subject } = (event as CustomEvent<{ kind: string; subject: string }>).detail;
  const note = document.querySelector<HTMLElement>('#ticket-changed');
  if (kind === 'TICKET' && subject === ticket?.dataset['ticketNo'] && note) note.hidden = false;
});
