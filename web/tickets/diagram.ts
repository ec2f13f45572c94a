import type { ActiveElement } from '../../domain/ports/process-engine.ts';
import type { ProcessVersion } from '../../domain/process/process-file.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { RoomContext } from '../room.ts';

/** A drawing with the tokens on it; the ticket's own process first, then what it has called. */
export interface DiagramPart {
  processId: string;
  name: string;
  version: number;
  xml: string;
  active: { elementId: string; count: number; hasIncident: boolean }[];
}

export async function diagramOf(
  { app, engine }: RoomContext,
  ticket: Pick<Ticket, 'ticketNo' | 'processInstanceKey'>,
): Promise<{ parts: DiagramPart[] }> {
  const { processInstanceKey } = ticket;
  if (processInstanceKey === null) return { parts: [] };
  const { processes, tasks } = app.stores;
  const active = await engine.activeElements(processInstanceKey);
  const keys = new Set(active.map(({ processDefinitionKey }) => processDefinitionKey));
  if (keys.size === 0) {
    // Over: the drawing it went by, without tokens.
    const past = (await tasks.ofTicket(ticket.ticketNo)).find((task) => task.processInstanceKey === processInstanceKey);
    const version = past ? await processes.version(past.processDefinitionKey) : await processes.latestVersion('ticket');
    return { parts: version ? [partOf(version, [])] : [] };
  }
  const versions = await Promise.all([...keys].map((key) => processes.version(key)));
  const own = active.find((element) => element.processInstanceKey === processInstanceKey)?.processDefinitionKey;
  const parts = versions
    .filter((version): version is ProcessVersion => version !== undefined)
    .sort((a, b) => Number(b.processDefinitionKey === own) - Number(a.processDefinitionKey === own))
    .map((version) => partOf(version, active));
  return { parts };
}

function partOf(
  { processId, name, version, xml, processDefinitionKey }: ProcessVersion,
  active: readonly ActiveElement[],
): DiagramPart {
  const counts = new Map<string, { elementId: string; count: number; hasIncident: boolean }>();
  for (const element of active) {
    if (element.processDefinitionKey !== processDefinitionKey || element.type === 'PROCESS') continue;
    const found = counts.get(element.elementId) ?? { elementId: element.elementId, count: 0, hasIncident: false };
    counts.set(element.elementId, {
      ...found,
      count: found.count + 1,
      hasIncident: found.hasIncident || element.hasIncident,
    });
  }
  return { processId, name, version, xml, active: [...counts.values()] };
}
