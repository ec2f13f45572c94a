import { defineSearch, integer, key, nullableString, string } from '../search/column.ts';

const withIncident = `SUM(p.state = 'ACTIVE' AND EXISTS (
  SELECT 1 FROM incident i WHERE i.process_instance_key = p.key AND i.state = 'ACTIVE'))`;
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
