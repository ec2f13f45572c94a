import type { Stores } from '../../domain/ports/stores.ts';
import type { Locale } from '../i18n/messages.ts';

/** The options of a unit filter, in the order of the tiers. */
export async function unitOptions(
  stores: Stores,
  locale: Locale,
  chosen: string | undefined,
): Promise<{ value: string; name: string; on: boolean }[]> {
  const units = (await stores.units.all()).sort((a, b) => a.tier - b.tier || a.name.localeCompare(b.name, 'zh-CN'));
  return units.map(({ unitCode, name, nameEn }) => ({
    value: unitCode,
    name: locale === 'en' ? nameEn : name,
    on: unitCode === chosen,
  }));
}
