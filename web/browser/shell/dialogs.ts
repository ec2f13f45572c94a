/** `data-toggles="#id"` shows and hides, `data-opens="#id"` opens a <dialog>, `data-closes` closes the one around it, `data-fill` fills a form's fields by name. */
export function watchDialogs(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>('[data-opens]');
    if (opener) document.querySelector<HTMLDialogElement>(opener.dataset['opens'] ?? '')?.showModal();
    if (target.closest('[data-closes]')) target.closest('dialog')?.close();
    // A click on the backdrop hits the dialog itself.
    if (target instanceof HTMLDialogElement && target.dataset['keep'] === undefined) target.close();
    const toggler = target.closest<HTMLElement>('[data-toggles]');
    if (toggler) toggle(toggler);
    const filler = target.closest<HTMLElement>('[data-fill]');
    if (filler) fill(JSON.parse(filler.dataset['fill'] ?? '{}') as Record<string, string>);
  });
}

function fill(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const field = document.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
    if (field) field.value = String(value);
  }
  document.querySelector<HTMLButtonElement>('form .btn-go')?.focus();
}

function toggle(button: HTMLElement): void {
  const box = document.querySelector<HTMLElement>(button.dataset['toggles'] ?? '');
  if (!box) return;
  // `fold` boxes are closed on narrow screens only, by the style sheet.
  const isOpen = box.classList.contains('fold') ? box.classList.toggle('open') : box.hidden;
  if (!box.classList.contains('fold')) box.hidden = !isOpen;
  button.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) box.querySelector<HTMLElement>('input:not([type=hidden]), select')?.focus();
}
