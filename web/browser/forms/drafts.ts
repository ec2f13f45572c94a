import { post } from '../shell/csrf.ts';
import { say } from '../shell/messages.ts';
import { fillForm, readForm } from './read-form.ts';

const WAIT_MS = 800;

interface Kept {
  savedAt: number;
  data: Record<string, unknown>;
}
const storageKey = (form: HTMLFormElement) => `draft ${form.dataset['draft']}`;

/**
 * Saves what is typed: at once in this browser tab, and a moment later on the server (`data-draft` is its address), so that a
 * lost session, a conflict or a crash loses nothing. What this tab holds and the server never got comes back.
 */
export function keepDrafts(form: HTMLFormElement, onFill: () => void): void {
  let timer: number | undefined;
  restore(form, onFill);
  form.addEventListener('input', () => {
    sessionStorage.setItem(
      storageKey(form),
      JSON.stringify({ savedAt: Date.now(), data: readForm(form) } satisfies Kept),
    );
    clearTimeout(timer);
    timer = setTimeout(() => void save(form), WAIT_MS);
  });
  form.addEventListener('submit', () => clearTimeout(timer));
}

/** Once the form is done its draft is no longer of use. */
export function forgetDraft(address: string): void {
  sessionStorage.removeItem(`draft ${address}`);
}

function restore(form: HTMLFormElement, onFill: () => void): void {
  const text = sessionStorage.getItem(storageKey(form));
  if (text === null || form.querySelector('[data-problem-summary]')) return;
  const kept = JSON.parse(text) as Kept;
  if (kept.savedAt <= Number(form.dataset['draftSavedAt'] ?? 0)) return;
  fillForm(form, kept.data);
  onFill();
  void save(form);
}

async function save(form: HTMLFormElement): Promise<void> {
  const address = form.dataset['draft'];
  if (!address || !form.isConnected || form.dataset['sent'] !== undefined) return;
  const note = (form.closest('section') ?? form).querySelector('[data-draft-state]');
  try {
    const response = await post(address, readForm(form), 'PUT');
    if (!note) return;
    const clock = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
    note.textContent = response.ok ? say('draftSaved', { clock }) : say('draftKept');
  } catch {
    if (note) note.textContent = say('draftKept');
  }
}
