// Before the first paint: `auto` follows the system, and follows it when it changes.
const root = document.documentElement;
if (root.dataset['theme'] === 'auto') {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => root.setAttribute('data-bs-theme', dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', follow);
  follow();
}
