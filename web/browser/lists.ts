// Filters of a list: a changed choice asks at once, words by Enter.
document.addEventListener('change', (event) => {
  const field = event.target as HTMLElement;
  if (field.matches('[data-submits]')) field.closest('form')?.requestSubmit();
});
// Empty choices have no place in the address.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== 'get') return;
  for (const field of form.querySelectorAll<HTMLInputElement>('input[name], select[name]'))
    field.disabled ||= field.value === '';
  setTimeout(() => {
    for (const field of form.querySelectorAll<HTMLInputElement>('input[name], select[name]')) field.disabled = false;
  });
});
