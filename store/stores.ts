import type { Stores } from '../domain/ports/stores.ts';
import { accountStore } from './accounts.ts';
import { apiTokenStore } from './api-tokens.ts';
import { assignmentStore } from './assignments.ts';
import { auditStore } from './audit.ts';
import { calendarStore } from './calendars.ts';
import { callbackStore } from './callbacks.ts';
import { callerStore } from './callers.ts';
import { changeStore } from './changes.ts';
import { contactStore } from './contacts.ts';
import type { Database } from './database.ts';
import { deadlineRequestStore } from './deadline-requests.ts';
import { dispatchRuleStore } from './dispatch-rules.ts';
import { eventStore } from './events.ts';
import { formDraftStore } from './form-drafts.ts';
import { jobResultStore } from './job-results.ts';
import { limitRuleStore } from './limit-rules.ts';
import { limitStore } from './limits.ts';
import { notificationStore } from './notifications.ts';
import { outboxStore } from './outbox.ts';
import { processStore } from './processes.ts';
import type { Seal } from './seal.ts';
import { sequenceStore } from './sequences.ts';
import { settingStore } from './settings.ts';
import { supervisionOrderStore } from './supervision-orders.ts';
import { taskAnswerStore } from './task-answers.ts';
import { taskStore } from './tasks.ts';
import { ticketStore } from './tickets.ts';
import { unitStore } from './units.ts';

export function storesOn(database: Database, seal: Seal): Stores {
  return {
    tickets: ticketStore(database),
    callers: callerStore(database, seal),
    assignments: assignmentStore(database),
    limits: limitStore(database),
    limitRules: limitRuleStore(database),
    deadlineRequests: deadlineRequestStore(database),
    dispatchRules: dispatchRuleStore(database),
    calendar: calendarStore(database),
    contacts: contactStore(database),
    callbacks: callbackStore(database),
    supervisionOrders: supervisionOrderStore(database),
    notifications: notificationStore(database),
    events: eventStore(database),
    audit: auditStore(database),
    tasks: taskStore(database),
    taskAnswers: taskAnswerStore(database, seal),
    formDrafts: formDraftStore(database, seal),
    outbox: outboxStore(database),
    accounts: accountStore(database),
    apiTokens: apiTokenStore(database),
    units: unitStore(database),
    processes: processStore(database),
    settings: settingStore(database),
    changes: changeStore(database),
    sequences: sequenceStore(database),
    jobResults: jobResultStore(database),
  };
}
