/** True while letters belong to what is being typed. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    document.querySelector('dialog[open]') !== null
  );
}

/** Single keys without modifiers, outside of fields. */
export function plainKey(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return null;
  return event.key;
}

export function watchKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      focusOn('#find');
      return;
    }
    const key = plainKey(event);
    if (key === '?') document.querySelector<HTMLDialogElement>('#keyboard-help')?.showModal();
    else if (key === '/') {
      event.preventDefault();
      if (!focusOn('[data-filter-words]')) focusOn('#find');
    } else if (event.key === 'Escape' && isTyping(event)) (event.target as HTMLElement).blur();
  });
}

function focusOn(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector);
  field?.focus();
  field?.select();
  return field !== null;
}
