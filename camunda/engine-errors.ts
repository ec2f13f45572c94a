import { EngineRefused, EngineUnavailable, type TaskDelivery } from '../domain/ports/process-engine.ts';

interface SdkFailure extends Error {
  status?: number;
  title?: string;
  detail?: string;
}

/** The HTTP status the engine answered with; undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as SdkFailure | undefined)?.status;
}

export function detailOf(error: unknown): string {
  const { detail, title, message } = error as SdkFailure;
  return detail ?? title ?? message;
}

/**
 * What an answer that is no success means for the caller: 429, 5xx and no answer at all are worth another try (the SDK
 * itself does not repeat 504), the rest is not.
 */
export function engineFailure(error: unknown): Error {
  const status = statusOf(error);
  // A shape that breaks Camunda's schema will break it again.
  if (status === undefined && /Validation/.test((error as Error).name)) return new EngineRefused(detailOf(error));
  if (status === undefined || status === 429 || status >= 500) {
    return new EngineUnavailable(detailOf(error), { cause: error });
  }
  return new EngineRefused(detailOf(error), { cause: error });
}

/** processes.md 7: 409 and 504 say that the task is in transition, 404 that it is gone. */
export async function taskDelivery(command: Promise<unknown>): Promise<TaskDelivery> {
  try {
    await command;
    return 'DONE';
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return 'GONE';
    if (status === 409 || status === 504) return 'IN_TRANSITION';
    throw engineFailure(error);
  }
}

export async function answerOf<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw engineFailure(error);
  }
}
