import type { LimitRule, LimitStep } from './limit.ts';

/** Rules of steps that are the same whatever the matter. */
export const ANY_CLASS = 'ANY';
/** A rework is a limit of its own, whatever the first round's was. */
export const REWORK_CLASS = 'REWORK';

/** The rule in force at an instant: of the class, or else of every class. A closed interval's end is not in it. */
export function ruleFor(
  rules: readonly LimitRule[],
  limitClass: string,
  step: LimitStep,
  at: number,
): LimitRule | undefined {
  const inForce = rules.filter(
    (rule) => rule.step === step && rule.validFrom <= at && (rule.validTo === null || at < rule.validTo),
  );
  const newestOf = (name: string) =>
    inForce.filter((rule) => rule.limitClass === name).sort((a, b) => b.validFrom - a.validFrom)[0];
  return newestOf(limitClass) ?? newestOf(ANY_CLASS);
}
