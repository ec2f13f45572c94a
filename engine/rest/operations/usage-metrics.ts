import { json, type Operation } from '../operation.ts';
import { invalidArgument } from '../problem.ts';
import { isDateTime } from '../schema/check-shape.ts';
import { tenantId } from '../tenant.ts';

const hourMs = 3_600_000;

export const usageMetricsOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v2/system/usage-metrics',
    name: 'GetUsageMetrics',
    ownQuery: ['startTime', 'endTime'],
    answer: ({ read, query }) => {
      const [from, to] = periodOf(query.get('startTime') ?? '', query.get('endTime') ?? '');
      const count = (sql: string, ...parameters: number[]) => read.get<{ n: number }>(sql, ...parameters)!.n;
      const asked = query.get('tenantId');
      const isOurs = asked === null || asked === tenantId;
      const figures = {
        processInstances: count(
          'SELECT COUNT(*) AS n FROM process_instance WHERE root_key = key AND started_at BETWEEN ? AND ?',
          from,
          to,
        ),
        decisionInstances: count(
          'SELECT COUNT(*) AS n FROM decision_instance WHERE evaluated_at BETWEEN ? AND ?',
          from,
          to,
        ),
        // kept by the hour: an hour counts when it has begun in the period or the period has begun in it
        assignees: count(
          'SELECT COUNT(DISTINCT assignee) AS n FROM task_user WHERE hour BETWEEN ? AND ?',
          Math.floor(from / hourMs),
          Math.floor(to / hourMs),
        ),
      };
      const none = { processInstances: 0, decisionInstances: 0, assignees: 0 };
      const shown = isOurs ? figures : none;
      const isActive = Object.values(shown).some((figure) => figure > 0);
      const tenants = query.get('withTenants') === 'true' && isActive ? { [tenantId]: shown } : {};
      return json({ ...shown, activeTenants: isActive ? 1 : 0, tenants });
    },
  },
];

/** Camunda reads both as text and judges them in its validator. */
function periodOf(startTime: string, endTime: string): [from: number, to: number] {
  const invalid: string[] = [];
  if ([startTime, endTime].includes('')) invalid.push('The startTime and endTime must both be specified');
  for (const [name, text] of Object.entries({ startTime, endTime })) {
    if (text !== '' && !isDateTime(text.replace(' ', '+')))
      invalid.push(`The provided ${name} '${text}' cannot be parsed as a date according to RFC 3339, section 5.6`);
  }
  const [from, to] = [instantOf(startTime), instantOf(endTime)];
  if (to <= from) invalid.push('The endTime must be after startTime');
  if (invalid.length > 0) throw invalidArgument(invalid);
  return [from, to];
}

export function instantOf(text: string) {
  return Date.parse(text.replace(' ', '+').replace(/\[.*$/, ''));
}
