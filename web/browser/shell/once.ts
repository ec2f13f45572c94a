const RELEASED_AFTER_MS = 8_000;

/** A form sent once is not sent again by a second click while its answer is awaited. */
export function watchForms(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.method !== 'post') return;
      if (form.dataset['sent'] !== undefined) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      form.dataset['sent'] = '';
      form.setAttribute('aria-busy', 'true');
      setTimeout(() => release(form), RELEASED_AFTER_MS);
    },
    true,
  );
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = (event.target as Element).closest('form');
    if (form) release(form);
  });
  // Back from the next page: the form must be usable again.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form')) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset['sent'];
  form.removeAttribute('aria-busy');
}
