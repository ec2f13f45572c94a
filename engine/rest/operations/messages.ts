import { json, type Operation } from '../operation.ts';
import { requireDefaultTenant, tenantId } from '../tenant.ts';

export const messageOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/messages/publication',
    name: 'PublishMessage',
    intent: 'PUBLISH',
    rules: (body, invalid) => {
      if (body.name.trim() === '') invalid.push('No name provided');
      if (body.timeToLive < 0) {
        invalid.push(`The value for timeToLive is '${body.timeToLive}' but must be equal to or greater than 0`);
      }
    },
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Publish Message', body.tenantId);
      const { messageKey } = await engine.execute({
        type: 'message.publish',
        name: body.name,
        correlationKey: body.correlationKey ?? undefined,
        timeToLiveMs: body.timeToLive ?? 0,
        messageId: body.messageId ?? undefined,
        variables: body.variables ?? undefined,
      });
      return json({ tenantId, messageKey: String(messageKey) });
    },
  },
  {
    method: 'POST',
    path: '/v2/messages/correlation',
    name: 'CorrelateMessage',
    intent: 'CORRELATE',
    rules: (body, invalid) => {
      if (body.name.trim() === '') invalid.push('No messageName provided');
    },
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Correlate Message', body.tenantId);
      const { messageKey, processInstanceKey } = await engine.execute({
        type: 'message.correlate',
        name: body.name,
        correlationKey: body.correlationKey ?? undefined,
        variables: body.variables ?? undefined,
      });
      return json({ tenantId, messageKey: String(messageKey), processInstanceKey: String(processInstanceKey) });
    },
  },
  {
    method: 'POST',
    path: '/v2/signals/broadcast',
    name: 'BroadcastSignal',
    intent: 'BROADCAST',
    rules: (body, invalid) => {
      if (body.signalName.trim() === '') invalid.push('No signalName provided');
    },
    answer: async ({ engine, body }) => {
      requireDefaultTenant('Broadcast Signal', body.tenantId);
      const { signalKey } = await engine.execute({
        type: 'signal.broadcast',
        signalName: body.signalName,
        variables: body.variables ?? undefined,
      });
      return json({ tenantId, signalKey: String(signalKey) });
    },
  },
];
