import { dateTime, defineSearch, hidden, integer, key, nullableKey, nullableString, string } from '../search/column.ts';

export const messageSubscriptions = defineSearch({
  entity: 'Message Subscription',
  from: 'message_subscription_view',
  tieBreaker: 'message_subscription_key',
  columns: {
    messageSubscriptionKey: key,
    processDefinitionId: string,
    processDefinitionKey: nullableKey,
    processInstanceKey: nullableKey,
    rootProcessInstanceKey: nullableKey,
    elementId: string,
    elementInstanceKey: nullableKey,
    messageSubscriptionState: string,
    lastUpdatedDate: dateTime('updated_at'),
    messageName: string,
    correlationKey: nullableString,
  },
});

export const correlatedMessageSubscriptions = defineSearch({
  entity: 'Correlated Message Subscription',
  from: 'correlated_message_subscription_view',
  tieBreaker: 'key',
  columns: {
    correlationKey: nullableString,
    correlationTime: dateTime('correlated_at'),
    elementId: string,
    elementInstanceKey: nullableKey,
    messageKey: key,
    messageName: string,
    // a bare 1 would order by the first column
    partitionId: { ...integer, sql: 'CAST(1 AS INTEGER)' },
    processDefinitionId: string,
    processDefinitionKey: key,
    processInstanceKey: key,
    rootProcessInstanceKey: nullableKey,
    subscriptionKey: key,
    correlationRowKey: { ...hidden(key), sql: 'key' },
  },
});
