import { MINOR_CATEGORIES } from '../../domain/defaults/categories.ts';
import { DIVISIONS } from '../../domain/defaults/divisions.ts';
import type { Stores } from '../../domain/ports/stores.ts';
import { REJECT_REASONS } from '../../domain/ticket/ticket.ts';
import type { Locale, Translate } from '../i18n/messages.ts';
import type { OptionLabels } from './form-fields.ts';

/** The options of components whose custom property `source` names one of these, in the reader's language. */
export async function optionLabels(stores: Stores, locale: Locale, t: Translate): Promise<OptionLabels> {
  const english = locale === 'en';
  const [units, rules] = await Promise.all([stores.units.all(), stores.limitRules.all()]);
  const limitClasses = [...new Set(rules.map(({ limitClass }) => limitClass))];
  return {
    units: units
      .filter(({ active }) => active)
      .sort((a, b) => a.tier - b.tier || a.name.localeCompare(b.name, 'zh-CN'))
      .map(({ unitCode, name, nameEn }) => ({ value: unitCode, label: english ? nameEn : name })),
    rejectReasons: REJECT_REASONS.map((value) => ({ value, label: t(`enum.RejectReason.${value}`) })),
    categories: MINOR_CATEGORIES.map(({ code, name, nameEn }) => ({
      value: code,
      label: `${code} ${english ? nameEn : name}`,
    })),
    divisions: DIVISIONS.filter(({ validTo }) => validTo === null).map(({ code, name, nameEn }) => ({
      value: code,
      label: english ? nameEn : name,
    })),
    limitClasses: limitClasses.map((value) => ({ value, label: t(`enum.LimitClass.${value}`) })),
  };
}
