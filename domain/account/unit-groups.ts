/** Candidate groups of a unit's tasks (domain.md §3). */
export const unitGroup = (unitCode: string): string => `unit-${unitCode}`;
export const leaderGroup = (unitCode: string): string => `unit-${unitCode}-leader`;
