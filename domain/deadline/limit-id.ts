import type { LimitStep } from './limit.ts';

/** `OWNER:STEP`; a limit that is opened again after it was closed gets `OWNER:STEP:2` and so on (start-limit). */
export function limitIdOf(ownerNo: string, step: LimitStep): string {
  return `${ownerNo}:${step}`;
}

/** The id by which processes name a limit, whichever turn of it is open. */
export function firstLimitId(limitId: string): string {
  return limitId.split(':').slice(0, 2).join(':');
}
