import { incidentBelow } from '../../state/schema.ts';
import type { ReadStatements, Row } from '../read-statements.ts';
import { defineSearch, hidden, integer, key, nullableString, string, Where } from '../search/column.ts';
import { compileFilter } from '../search/compile-filter.ts';
import { tenantId } from '../tenant.ts';
import { messageSubscriptions } from './message-subscriptions.ts';

const withIncident = `SUM(p.state = 'ACTIVE' AND ${incidentBelow('c.key = p.key')})`;
const active = `SUM(p.state = 'ACTIVE')`;

/** Running instances of each process, over all its versions. */
export const instancesByProcess = defineSearch({
  entity: 'Process Definition',
  from: `(
    SELECT d.process_id, (
        SELECT l.name FROM process_definition l WHERE l.process_id = d.process_id ORDER BY l.version DESC LIMIT 1
      ) AS latest_name,
      COUNT(DISTINCT d.key) > 1 AS several,
      COALESCE(${withIncident}, 0) AS with_incident, COALESCE(${active}, 0) - COALESCE(${withIncident}, 0) AS without_incident
    FROM process_definition d LEFT JOIN process_instance p ON p.process_definition_key = d.key
    WHERE d.state <> 'REMOVED' GROUP BY d.process_id)`,
  tieBreaker: 'process_id',
  columns: {
    processDefinitionId: { ...string, sql: 'process_id' },
    latestProcessDefinitionName: { ...nullableString, sql: 'latest_name' },
    hasMultipleVersions: { type: 'boolean', sql: 'several' },
    activeInstancesWithIncidentCount: { ...integer, sql: 'with_incident' },
    activeInstancesWithoutIncidentCount: { ...integer, sql: 'without_incident' },
  },
});

/** Running instances of each version of a process. */
export const instancesByVersion = defineSearch({
  entity: 'Process Definition',
  from: `(
    SELECT d.key, d.process_id, d.name, d.version,
      COALESCE(${withIncident}, 0) AS with_incident, COALESCE(${active}, 0) - COALESCE(${withIncident}, 0) AS without_incident
    FROM process_definition d LEFT JOIN process_instance p ON p.process_definition_key = d.key
    WHERE d.state <> 'REMOVED' GROUP BY d.key)`,
  tieBreaker: 'key',
  columns: {
    processDefinitionId: { ...string, sql: 'process_id' },
    processDefinitionKey: { ...key, sql: 'key' },
    processDefinitionName: { ...nullableString, sql: 'name' },
    processDefinitionVersion: { ...integer, sql: 'version' },
    activeInstancesWithIncidentCount: { ...integer, sql: 'with_incident' },
    activeInstancesWithoutIncidentCount: { ...integer, sql: 'without_incident' },
  },
});

const activeErrors = (columns: string, groupBy: string) => `(
    SELECT ${columns}, java_hash(i.error_message) AS hash, COUNT(DISTINCT i.process_instance_key) AS instances
    FROM incident i JOIN element m ON m.ref = i.element_ref
      JOIN process_definition d ON d.key = m.process_definition_key
    WHERE i.state = 'ACTIVE' GROUP BY ${groupBy})`;

/** Running instances that stand at the same error, by the text of it. */
export const instancesByIncidentError = defineSearch({
  entity: 'Incident',
  from: activeErrors('i.error_message AS message', 'i.error_message'),
  tieBreaker: 'message',
  columns: {
    errorHashCode: { ...integer, sql: 'hash' },
    errorMessage: { ...string, sql: 'message' },
    activeInstancesWithErrorCount: { ...integer, sql: 'instances' },
  },
});

/** The versions of processes that have instances at one error. */
export const incidentDefinitions = defineSearch({
  entity: 'Incident',
  from: activeErrors('d.key, d.process_id, d.name, d.version', 'd.key, i.error_message'),
  tieBreaker: 'key',
  columns: {
    processDefinitionId: { ...string, sql: 'process_id' },
    processDefinitionKey: { ...key, sql: 'key' },
    processDefinitionName: { ...string, sql: 'COALESCE(name, process_id)' },
    processDefinitionVersion: { ...integer, sql: 'version' },
    activeInstancesWithErrorCount: { ...integer, sql: 'instances' },
    errorHashCode: hidden({ ...integer, sql: 'hash' }),
  },
});

/** Open message subscriptions of each version of a process, and how many instances hold them. */
export function subscriptionsByDefinition(read: ReadStatements, filter: Record<string, unknown> | null | undefined) {
  const where = new Where();
  where.and(`message_subscription_state = 'CREATED'`);
  compileFilter(messageSubscriptions, filter, where);
  const rows = read.all<Row>(
    `SELECT process_definition_key AS definition, process_definition_id AS id, COUNT(*) AS subscriptions,
       COUNT(DISTINCT process_instance_key) AS instances
     FROM message_subscription_view${where.toSql()} GROUP BY 1, 2 ORDER BY 1`,
    ...where.parameters,
  );
  return rows.map((row) => ({
    processDefinitionId: row.id,
    processDefinitionKey: String(row.definition as number),
    tenantId,
    processInstancesWithActiveSubscriptions: row.instances,
    activeSubscriptions: row.subscriptions,
  }));
}
