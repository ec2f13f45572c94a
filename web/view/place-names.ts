import { MINOR_CATEGORIES } from '../../domain/defaults/categories.ts';
import { DIVISIONS } from '../../domain/defaults/divisions.ts';
import type { Locale } from '../i18n/messages.ts';

export function divisionName(code: string, locale: Locale): string {
  const division = DIVISIONS.find((one) => one.code === code);
  return division ? (locale === 'en' ? division.nameEn : division.name) : code;
}

export function categoryName(code: string, locale: Locale): string {
  const category = MINOR_CATEGORIES.find((one) => one.code === code);
  return category ? (locale === 'en' ? category.nameEn : category.name) : code;
}
