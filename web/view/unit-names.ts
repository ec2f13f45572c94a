import type { Stores } from '../../domain/ports/stores.ts';
import type { Locale } from '../i18n/messages.ts';

/** Unit code → name in the reader's language; a code that is no unit's names itself. */
export async function unitNames(
  stores: Stores,
  locale: Locale,
): Promise<(unitCode: string | null | undefined) => string> {
  const units = await stores.units.all();
  const names = new Map(units.map(({ unitCode, name, nameEn }) => [unitCode, locale === 'en' ? nameEn || name : name]));
  return (unitCode) => (unitCode ? (names.get(unitCode) ?? unitCode) : '');
}
