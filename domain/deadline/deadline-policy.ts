import type { Stores } from '../ports/stores.ts';

/** Numbers of domain.md §1 that are no limit of a step. None is law: each is a setting that an admin edits, with its source. */
export const DEADLINE_POLICY = {
  extensionTimes: { value: 3, min: 0, max: 20, unit: 'times', source: '[P] 吕梁 2024' },
  extensionWorkingDays: { value: 3, min: 1, max: 60, unit: 'workingDays', source: '[P] 吕梁 2024' },
  suspensionDays: { value: 180, min: 1, max: 730, unit: 'days', source: '[P] 吕梁 2024' },
  suspensionProgressDays: { value: 30, min: 1, max: 365, unit: 'days', source: '[D] 默认' },
  firstReminderPercent: { value: 50, min: 1, max: 99, unit: 'percent', source: '[D] 默认' },
  secondReminderPercent: { value: 80, min: 1, max: 99, unit: 'percent', source: '[D] 默认' },
  autoSignWorkingDays: { value: 1, min: 1, max: 30, unit: 'workingDays', source: '[D] 默认' },
  orderAfterWorkingDays: { value: 1, min: 1, max: 30, unit: 'workingDays', source: '[D] 默认' },
} as const;
export type DeadlinePolicyName = keyof typeof DEADLINE_POLICY;
export type DeadlinePolicy = Record<DeadlinePolicyName, number>;

export const deadlinePolicyNames = Object.keys(DEADLINE_POLICY) as DeadlinePolicyName[];

/** The numbers in force: what an admin has set (settings `deadline.NAME`), else the default. */
export async function deadlinePolicyOf(stores: Stores): Promise<DeadlinePolicy> {
  const policy = defaultDeadlinePolicy();
  for (const name of deadlinePolicyNames) {
    const stored = Number(await stores.settings.get(`deadline.${name}`));
    if (Number.isInteger(stored) && stored >= DEADLINE_POLICY[name].min) policy[name] = stored;
  }
  return policy;
}

export function defaultDeadlinePolicy(): DeadlinePolicy {
  return Object.fromEntries(deadlinePolicyNames.map((name) => [name, DEADLINE_POLICY[name].value])) as DeadlinePolicy;
}
