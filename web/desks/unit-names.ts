import type { Stores } from '../../domain/ports/stores.ts';
import type { Locale } from '../i18n/messages.ts';

/** Unit code → name in the reader's language, in the order of their tiers. */
export async function unitNames(stores: Stores, locale: Locale): Promise<Map<string, string>> {
  const units = await stores.units.all();
  units.sort((a, b) => a.tier - b.tier || a.name.localeCompare(b.name, 'zh-CN'));
  return new Map(units.map(({ unitCode, name, nameEn }) => [unitCode, locale === 'en' ? nameEn : name]));
}
