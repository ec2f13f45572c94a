import { CommandRejection } from '../../command-rejection.ts';
import type { CorrelateMessageRequest, PublishMessageRequest } from '../../commands.ts';
import type { JsonObject } from '../../json.ts';
import { correlate } from '../catch-events.ts';
import { startByMessage } from '../message-starts.ts';
import type { Run } from '../run.ts';

interface Published {
  key: number;
  name: string;
  correlationKey: string;
  variables: JsonObject;
}

export function publishMessage(run: Run, request: PublishMessageRequest): { messageKey: number } {
  const { name, correlationKey = '', messageId, timeToLiveMs = 0, variables = {} } = request;
  const earlier = messageId ? run.state.queries.messageById(name, correlationKey, messageId) : undefined;
  // one that the sweep has not come to yet gives its id free all the same
  if (earlier && earlier.expiresAt <= run.now) run.emit('message.expired', earlier);
  else if (earlier) {
    const reason = `Expected to publish a new message with id '${messageId}', but a message with that id was already published`;
    throw new CommandRejection('ALREADY_EXISTS', reason);
  }
  const key = run.keys.next();
  if (timeToLiveMs > 0) {
    const expiresAt = run.now + timeToLiveMs;
    run.emit('message.published', { key, name, correlationKey, messageId: messageId || null, expiresAt, variables });
  }
  deliver(run, { key, name, correlationKey, variables });
  return { messageKey: key };
}

export function correlateMessage(
  run: Run,
  request: CorrelateMessageRequest,
): { messageKey: number; processInstanceKey: number } {
  const { name, correlationKey = '', variables = {} } = request;
  const key = run.keys.next();
  const { waiting, started, blocked } = deliver(run, { key, name, correlationKey, variables });
  const processInstanceKey = started ?? waiting;
  if (processInstanceKey === undefined) {
    throw new CommandRejection('NOT_FOUND', notCorrelated(name, correlationKey, blocked));
  }
  return { messageKey: key, processInstanceKey };
}

function notCorrelated(name: string, correlationKey: string, blocked: string[]): string {
  const what = `Expected to find subscription for message with name '${name}' and correlation key '${correlationKey}', but`;
  if (blocked.length === 0) return `${what} none was found.`;
  return (
    `${what} no active subscription was found. A process instance with this correlation key is already active for a ` +
    `message start event with this message name in process IDs [${blocked.join(', ')}]. Only one active process ` +
    'instance per correlation key is allowed for message start events.'
  );
}

interface Delivery {
  /** The first instance that waited for the message, the first one that it started. */
  waiting: number | undefined;
  started: number | undefined;
  /** Processes that it would have started, were there no instance of its correlation key. */
  blocked: string[];
}

/** Hands a message to one waiting instance of each process, or starts one. */
function deliver(run: Run, message: Published): Delivery {
  const { key, name, correlationKey, variables } = message;
  const taken = new Map<string, number>();
  for (const subscription of run.state.queries.openSubscriptions(name, correlationKey)) {
    const { processId, processInstanceKey } = subscription;
    if (taken.has(processId)) continue;
    if (correlate(run, subscription, key, variables)) taken.set(processId, processInstanceKey!);
  }
  const delivery: Delivery = { waiting: taken.values().next().value, started: undefined, blocked: [] };
  for (const subscription of run.state.queries.openStartSubscriptions(name)) {
    const { processId } = subscription;
    if (taken.has(processId)) continue;
    // a correlation key lets one instance run at a time: the message waits in the buffer for its end
    if (correlationKey !== '' && run.state.startLocks.isTaken(processId, correlationKey)) {
      delivery.blocked.push(processId);
      continue;
    }
    const { key: started } = startByMessage(run, subscription, message);
    taken.set(processId, started);
    delivery.started ??= started;
  }
  return delivery;
}
