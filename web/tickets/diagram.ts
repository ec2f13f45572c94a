import type { ActiveElement } from '../../domain/ports/process-engine.ts';
import type { ProcessVersion } from '../../domain/process/process-file.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import type { RoomContext } from '../room.ts';
import { drawingInLanguage } from '../view/drawing-in-language.ts';

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
  t: Translate,
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
    return { parts: version ? [await partOf(version, [], t)] : [] };
  }
  const versions = await Promise.all([...keys].map((key) => processes.version(key)));
  const own = active.find((element) => element.processInstanceKey === processInstanceKey)?.processDefinitionKey;
  const shown = versions
    .filter((version): version is ProcessVersion => version !== undefined)
    .sort((a, b) => Number(b.processDefinitionKey === own) - Number(a.processDefinitionKey === own));
  return { parts: await Promise.all(shown.map((version) => partOf(version, active, t))) };
}

async function partOf(
  { processId, name, version, xml, processDefinitionKey }: ProcessVersion,
  active: readonly ActiveElement[],
  t: Translate,
): Promise<DiagramPart> {
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
  const drawing = await drawingInLanguage(xml, t);
  return { processId, name: shippedName(name, t), version, xml: drawing, active: [...counts.values()] };
}
