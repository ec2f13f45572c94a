import type { TicketEvent } from '../../domain/event/ticket-event.ts';
import type { TicketView } from '../../domain/ticket/ticket-view.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';
import { type NamesOf, readableParameters } from '../view/message-parameters.ts';
import { reasonWords } from './reason-words.ts';
import { dotOf, type EventKind, kindOf } from './event-kinds.ts';

export interface TimeLine {
  at: number;
  who: string;
  words: string;
  reason: string | null;
  dot: string;
  kind: EventKind;
}

/** Everything that happened, newest first, in words. */
export function timeLine(view: TicketView, kind: EventKind | null, t: Translate, names: NamesOf): TimeLine[] {
  const told = new Set(
    view.events.filter(({ type }) => type !== 'taskCompleted').map(({ at, actorId }) => `${at} ${actorId}`),
  );
  const lines = view.events
    // A completed task whose effect is told at the same instant by the same person need not be told twice.
    .filter((event) => event.type !== 'taskCompleted' || !told.has(`${event.at} ${event.actorId}`))
    .map((event) => lineOf(event, t, names));
  return lines.filter((line) => kind === null || line.kind === kind).reverse();
}

function lineOf(event: TicketEvent, t: Translate, names: NamesOf): TimeLine {
  const { type, data, actorUnitCode, actorId, actorName } = event;
  const task = shippedName(typeof data['taskName'] === 'string' ? data['taskName'] : '', t);
  const key = `event.${type}`;
  // A unit that stands before its own person's name is not said again, where the words can do without it.
  const own = data['unitCode'] === actorUnitCode && t(key).startsWith('⟦{unitCode}') ? { unitCode: '' } : {};
  const unitName = actorUnitCode === null ? '' : names.unitName(actorUnitCode);
  const unit = unitName === '' || actorName.startsWith(unitName) ? '' : `${unitName} · `;
  return {
    at: event.at,
    who: actorId === 'system' ? t('actor.system') : unit + actorName,
    words: t(key, { ...readableParameters(data, t, names), ...own, task }),
    reason: reasonWords(event.reason, t),
    dot: dotOf(event),
    kind: kindOf(type),
  };
}
