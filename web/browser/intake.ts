import './intake/intake.css';
import { post } from './shell/csrf.ts';
import { say } from './shell/messages.ts';
import { fillForm, readForm } from './intake/form-data.ts';
import { showProblems } from './intake/problems.ts';

const quietMs = 450;
const storageKey = 'intake-draft';

const place = document.querySelector<HTMLElement>('[data-intake]')!;
const form = place.querySelector<HTMLFormElement>('[data-intake-form]')!;
const side = place.querySelector<HTMLElement>('[data-suggestions]')!;
const saved = document.querySelector<HTMLElement>('[data-saved]')!;
const submit = form.querySelector<HTMLButtonElement>('[data-submit]')!;

let submissionId: string = crypto.randomUUID();
let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

function showOutcome(): void {
  const outcome = form.querySelector<HTMLInputElement>('[name=intakeOutcome]:checked')?.value;
  for (const part of form.querySelectorAll<HTMLElement>('[data-when]')) part.hidden = part.dataset.when !== outcome;
}

/** Into the browser at once, to the server when the fingers rest: neither a lost session nor a closed tab loses a call. */
function keep(): void {
  const data = { ...readForm(form), submissionId };
  sessionStorage.setItem(storageKey, JSON.stringify(data));
  clearTimeout(timer);
  timer = setTimeout(() => void Promise.all([save(data), suggest(data)]), quietMs);
}

async function save(data: object): Promise<void> {
  const response = await post('/intake/draft', data, 'PUT').catch(() => undefined);
  saved.textContent = response?.ok
    ? say('intake.saved', { time: new Date().toTimeString().slice(0, 5) })
    : say('intake.notSaved');
}

async function suggest(data: Record<string, unknown>): Promise<void> {
  const mine = ++asked;
  const caller = data.caller as { phone?: string } | undefined;
  const response = await post('/intake/suggestions', { ...data, phone: caller?.phone }).catch(() => undefined);
  if (!response?.ok || mine !== asked) return;
  side.innerHTML = await response.text();
}

function merge(ticketNo: string, title: string): void {
  form.querySelector<HTMLInputElement>('[name=mergeInto]')!.value = ticketNo;
  const notice = form.querySelector<HTMLElement>('[data-merge]')!;
  notice.hidden = ticketNo === '';
  notice.querySelector('[data-merge-text]')!.textContent = say('intake.merging', { ticketNo, title });
  keep();
}

function begin(): void {
  form.reset();
  merge('', '');
  submissionId = crypto.randomUUID();
  sessionStorage.removeItem(storageKey);
  clearTimeout(timer);
  showOutcome();
  form.querySelector<HTMLInputElement>('[name="caller.phone"]')!.focus();
}

async function send(): Promise<void> {
  if (submit.disabled) return;
  submit.disabled = true;
  clearTimeout(timer);
  try {
    const response = await post('/intake', { ...readForm(form), submissionId });
    const answer = (await response.json()) as { ticketNo: string; queryCode: string; detail?: string; problems?: [] };
    if (!response.ok) {
      showProblems(form, answer.detail ?? say('intake.failed'), answer.problems ?? []);
      return;
    }
    showProblems(form, '', []);
    begin();
    const done = document
      .querySelector<HTMLTemplateElement>('[data-done]')!
      .content.cloneNode(true) as DocumentFragment;
    done.querySelector('[data-done-number]')!.textContent = answer.ticketNo;
    done.querySelector('[data-done-code]')!.textContent = answer.queryCode;
    done.querySelector<HTMLAnchorElement>('[data-done-link]')!.href = `/tickets/${answer.ticketNo}`;
    side.replaceChildren(done);
  } catch {
    showProblems(form, say('intake.failed'), []);
  } finally {
    submit.disabled = false;
  }
}

form.addEventListener('input', keep);
form.addEventListener('change', showOutcome);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
form.querySelector('[data-clear]')!.addEventListener('click', () => {
  if (window.confirm(say('intake.clearConfirm'))) begin();
});
form.querySelector('[data-merge-undo]')!.addEventListener('click', () => merge('', ''));
side.addEventListener('click', (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>('[data-set], [data-merge-into]');
  if (!button) return;
  const { set, value, mergeInto, mergeTitle } = button.dataset;
  if (mergeInto) merge(mergeInto, mergeTitle ?? '');
  if (set) {
    form.querySelector<HTMLSelectElement>(`[name=${set}]`)!.value = value ?? '';
    keep();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
  const outcome = event.altKey ? ['FORWARD', 'ANSWER', 'REJECT'][Number(event.key) - 1] : undefined;
  if (!outcome) return;
  event.preventDefault();
  form.querySelector<HTMLInputElement>(`[name=intakeOutcome][value=${outcome}]`)!.checked = true;
  showOutcome();
  keep();
});

const kept = sessionStorage.getItem(storageKey) ?? place.dataset.draft ?? 'null';
const draft = JSON.parse(kept) as Record<string, unknown> | null;
if (draft && Object.keys(draft).length > 0) {
  submissionId = (draft.submissionId as string | undefined) ?? submissionId;
  fillForm(form, draft);
  if (draft.mergeInto) merge(String(draft.mergeInto), '');
  void suggest(draft);
}
showOutcome();
document.body.dataset.intakeReady = 'true';
