import { say } from './messages.ts';

const SHOWN_MS = 12_000;

/** Says something at the lower edge; problems stay until closed. */
export function toast(text: string, kind: 'info' | 'problem' = 'info', link?: { href: string; text: string }): void {
  const box = document.createElement('div');
  box.className = `toast-l ${kind}`;
  const words = document.createElement('span');
  words.textContent = text;
  box.append(words);
  if (link) {
    const anchor = document.createElement('a');
    anchor.href = link.href;
    anchor.textContent = link.text;
    box.append(anchor);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'icon-button';
  close.ariaLabel = say('close');
  close.innerHTML = '<i class="ti ti-x" aria-hidden="true"></i>';
  close.addEventListener('click', () => box.remove());
  box.append(close);
  document.querySelector('#toasts')?.append(box);
  if (kind === 'info') setTimeout(() => box.remove(), SHOWN_MS);
}

/** What a failed request says: RFC 9457 `detail`, a lost session, or no answer at all. */
export async function showProblem(status: number, body: string | null): Promise<void> {
  if (status === 0) return toast(say('offline'), 'problem');
  if (status === 401) {
    document.dispatchEvent(new CustomEvent('session-lost'));
    const next = encodeURIComponent(location.pathname + location.search);
    return toast(say('sessionLost'), 'problem', { href: `/login?next=${next}`, text: say('signIn') });
  }
  toast(detailOf(body) ?? String(status), 'problem');
}

function detailOf(body: string | null): string | undefined {
  try {
    return (JSON.parse(body ?? '') as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
