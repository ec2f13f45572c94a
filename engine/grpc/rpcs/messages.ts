import { tenantId } from '../../rest/tenant.ts';
import { documentOf, durationMsOf, requireDefaultTenant } from '../read.ts';
import type { Rpcs } from '../rpc.ts';

export const messageRpcs: Rpcs = {
  PublishMessage: {
    intent: 'PUBLISH',
    answer: async (request, { engine }) => {
      requireDefaultTenant('PublishMessage', request.tenantId);
      const { messageKey } = await engine.execute({
        type: 'message.publish',
        name: request.name,
        correlationKey: request.correlationKey || undefined,
        timeToLiveMs: Math.max(durationMsOf(request.timeToLive), 0),
        messageId: request.messageId || undefined,
        variables: documentOf(request.variables),
      });
      return { key: messageKey, tenantId };
    },
  },
  BroadcastSignal: {
    intent: 'BROADCAST',
    answer: async ({ signalName, variables, tenantId: given }, { engine }) => {
      requireDefaultTenant('BroadcastSignal', given);
      const { signalKey } = await engine.execute({
        type: 'signal.broadcast',
        signalName,
        variables: documentOf(variables),
      });
      return { key: signalKey, tenantId };
    },
  },
};
