import type { JobResult } from '../../commands.ts';
import { documentOf, durationMsOf, keyOf } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

interface ResultMessage {
  type?: string;
  denied?: boolean;
  deniedReason?: string;
  corrections?: {
    assignee?: string;
    dueDate?: string;
    followUpDate?: string;
    candidateUsers?: { values: string[] };
    candidateGroups?: { values: string[] };
    priority?: number;
  };
  activateElements?: { elementId: string; variables: string }[];
  isCompletionConditionFulfilled?: boolean;
  isCancelRemainingInstances?: boolean;
}

/** An attribute that is absent keeps its value, one that is empty clears it: both reach the engine as they are. */
function resultOf(result: ResultMessage | undefined): JobResult | undefined {
  if (!result) return undefined;
  const { type, denied, deniedReason, corrections } = result;
  return {
    type: type ?? 'userTask',
    denied,
    deniedReason,
    corrections: corrections && {
      ...corrections,
      candidateUsers: corrections.candidateUsers?.values,
      candidateGroups: corrections.candidateGroups?.values,
    },
    activateElements: result.activateElements?.map(({ elementId, variables }) => ({
      elementId,
      variables: documentOf(variables ?? ''),
    })),
    isCompletionConditionFulfilled: result.isCompletionConditionFulfilled,
    isCancelRemainingInstances: result.isCancelRemainingInstances,
  };
}

export const jobRpcs: Rpcs = {
  CompleteJob: {
    intent: 'COMPLETE',
    answer: ({ jobKey, variables, result }, { engine }) =>
      engine.execute({
        type: 'job.complete',
        jobKey: keyOf(jobKey),
        variables: documentOf(variables),
        result: resultOf(result),
      }),
  },
  FailJob: {
    intent: 'FAIL',
    answer: ({ jobKey, retries, errorMessage, retryBackOff, variables }, { engine }) =>
      engine.execute({
        type: 'job.fail',
        jobKey: keyOf(jobKey),
        retries,
        errorMessage: errorMessage || undefined,
        retryBackOffMs: durationMsOf(retryBackOff),
        variables: documentOf(variables),
      }),
  },
  ThrowError: {
    intent: 'THROW_ERROR',
    answer: ({ jobKey, errorCode, errorMessage, variables }, { engine }) =>
      engine.execute({
        type: 'job.throw-error',
        jobKey: keyOf(jobKey),
        errorCode,
        errorMessage,
        variables: documentOf(variables),
      }),
  },
  UpdateJobRetries: {
    intent: 'UPDATE_RETRIES',
    answer: ({ jobKey, retries }, { engine }) => engine.execute({ type: 'job.update', jobKey: keyOf(jobKey), retries }),
  },
  UpdateJobTimeout: {
    intent: 'UPDATE_TIMEOUT',
    answer: ({ jobKey, timeout }, { engine }) =>
      engine.execute({ type: 'job.update', jobKey: keyOf(jobKey), timeoutMs: durationMsOf(timeout) }),
  },
};
