const open = () => document.querySelectorAll<HTMLDetailsElement>('details.menu[open]');

/** `<details class="menu">` closes by a click elsewhere and by Escape; the drawer of narrow screens likewise. */
export function watchMenus(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
    const drawer = target.closest('[data-drawer]');
    if (drawer) setDrawer(!document.body.classList.contains('drawer-open'));
    else if (!target.closest('.nav-side')) setDrawer(false);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
    setDrawer(false);
  });
  document.addEventListener(
    'toggle',
    (event) => {
      const menu = event.target as HTMLDetailsElement;
      if (menu.matches('details.menu[open]'))
        for (const lazy of menu.querySelectorAll('[hx-get]')) lazy.dispatchEvent(new CustomEvent('menu-open'));
    },
    true,
  );
}

function setDrawer(isOpen: boolean): void {
  document.body.classList.toggle('drawer-open', isOpen);
  document.querySelector('[data-drawer]')?.setAttribute('aria-expanded', String(isOpen));
}
