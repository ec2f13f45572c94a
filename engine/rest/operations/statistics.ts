import { json, keyOf, type Operation } from '../operation.ts';
import { entityNotFound } from '../problem.ts';
import { Where, type Column } from '../search/column.ts';
import { compileFilter, compileProperty } from '../search/compile-filter.ts';
import { getItem } from '../search/run-search.ts';
import { processDefinitions } from '../searches/process-definitions.ts';
import { processInstances } from '../searches/process-instances.ts';
import { incidentBelow } from '../../state/schema.ts';
import { tenantId } from '../tenant.ts';

/** How many tokens of each element run, ended or were canceled, and how many have an incident. */
const elementCounts = (instances: string) => `
  SELECT m.element_id AS elementId,
    SUM(e.state = 'ACTIVE') AS active, SUM(e.state = 'TERMINATED') AS canceled,
    SUM(e.state = 'ACTIVE' AND (
      EXISTS (SELECT 1 FROM incident i WHERE i.element_instance_key = e.key AND i.state = 'ACTIVE')
      OR (m.type = 'CALL_ACTIVITY' AND ${incidentBelow('c.parent_element_key = e.key')}))) AS incidents,
    SUM(e.state = 'COMPLETED') AS completed
  FROM element_instance e JOIN element m ON m.ref = e.element_ref
  WHERE ${instances} GROUP BY m.element_id ORDER BY m.element_id`;

const nameOfElement: Column = { sql: 'm.element_id', type: 'string', nullable: false, hidden: true };
const stateOfElement: Column = { ...nameOfElement, sql: 'e.state' };

/** What a filter says of elements goes for those that are counted too. */
function countedElements({ elementId, elementInstanceState }: { elementId?: unknown; elementInstanceState?: unknown }) {
  const where = new Where();
  if (elementId) compileProperty(nameOfElement, elementId, where);
  if (elementInstanceState) compileProperty(stateOfElement, elementInstanceState, where);
  return where;
}

interface FlowRow {
  flow: string;
  process_definition_key: number;
  process_definition_id: string;
  root_process_instance_key: number;
}

interface AncestorRow {
  process_instance_key: number;
  process_definition_key: number;
  process_definition_name: string | null;
  process_definition_id: string;
  parent_process_instance_key: number | null;
}

export const statisticsOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/process-definitions/{processDefinitionKey}/statistics/element-instances',
    name: 'GetProcessDefinitionStatistics',
    answer: ({ read, params, body }) => {
      getItem(read, processDefinitions, 'processDefinitionKey', params.processDefinitionKey!);
      const where = new Where();
      where.and('process_definition_key = ?', keyOf(params.processDefinitionKey!));
      compileFilter(processInstances, body.filter, where);
      const instances = `e.process_instance_key IN (SELECT process_instance_key FROM process_instance_view${where.toSql()})`;
      const counted = countedElements(body.filter ?? {});
      const sql = elementCounts([instances, ...counted.conditions].join(' AND '));
      return json({ items: read.all(sql, ...where.parameters, ...counted.parameters) });
    },
  },
  {
    method: 'GET',
    path: '/v2/process-instances/{processInstanceKey}/statistics/element-instances',
    name: 'GetProcessInstanceStatistics',
    answer: ({ read, params }) =>
      json({ items: read.all(elementCounts('e.process_instance_key = ?'), keyOf(params.processInstanceKey!)) }),
  },
  {
    method: 'GET',
    path: '/v2/process-instances/{processInstanceKey}/sequence-flows',
    name: 'GetProcessInstanceSequenceFlows',
    answer: ({ read, params }) => {
      const key = params.processInstanceKey!;
      const rows = read.all<FlowRow>(
        `SELECT sequence_flow_id AS flow, process_definition_key, process_definition_id, root_process_instance_key
        FROM sequence_flow_view WHERE process_instance_key = ?`,
        keyOf(key),
      );
      const items = rows.map((row) => ({
        sequenceFlowId: `${key}_${row.flow}`,
        processInstanceKey: key,
        rootProcessInstanceKey: String(row.root_process_instance_key),
        processDefinitionKey: String(row.process_definition_key),
        processDefinitionId: row.process_definition_id,
        elementId: row.flow,
        tenantId,
      }));
      return json({ items });
    },
  },
  {
    method: 'GET',
    path: '/v2/process-instances/{processInstanceKey}/call-hierarchy',
    name: 'GetProcessInstanceCallHierarchy',
    answer: ({ read, params }) => {
      const hierarchy: unknown[] = [];
      let key: number | null = keyOf(params.processInstanceKey!);
      while (key !== null) {
        const row: AncestorRow | undefined = read.get<AncestorRow>(
          `SELECT process_instance_key, process_definition_key, process_definition_name, process_definition_id,
          parent_process_instance_key FROM process_instance_view WHERE process_instance_key = ?`,
          key,
        );
        if (!row) break;
        hierarchy.unshift({
          processInstanceKey: String(row.process_instance_key),
          processDefinitionKey: String(row.process_definition_key),
          processDefinitionName: row.process_definition_name ?? row.process_definition_id,
        });
        key = row.parent_process_instance_key;
      }
      if (hierarchy.length === 0) throw entityNotFound('Process Instance', params.processInstanceKey!);
      return json(hierarchy);
    },
  },
];
