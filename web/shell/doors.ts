import type { Actor } from '../../domain/account/actor.ts';
import type { Translate } from '../i18n/messages.ts';
import type { Door } from '../room.ts';

export interface NavigationSection {
  title: string | null;
  doors: { href: string; icon: string; title: string; on: boolean }[];
}

/** Nobody sees a door that is closed to them. */
export function navigationFor(doors: readonly Door[], actor: Actor, path: string, t: Translate): NavigationSection[] {
  const mine = doors.filter(({ roles }) => roles === 'any' || roles.some((role) => actor.roles.includes(role)));
  const here = [...mine]
    .sort((a, b) => b.href.length - a.href.length)
    .find(({ href }) => path === href || path.startsWith(`${href}/`));
  return (['work', 'oversight', 'process', 'admin'] as const)
    .map((section) => ({
      title: section === 'work' ? null : t(`navigation.section.${section}`),
      doors: mine
        .filter((door) => door.section === section)
        .sort((a, b) => a.order - b.order)
        .map((door) => ({
          href: door.href,
          icon: door.icon,
          title: t(door.titleKey),
          on: door === here || (path === '/' && door.href === '/'),
        })),
    }))
    .filter(({ doors: some }) => some.length > 0);
}
