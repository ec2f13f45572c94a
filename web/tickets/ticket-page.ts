import type { Request } from 'express';
import { mayDo } from '../../domain/access/access.ts';
import { LIMIT_STEPS } from '../../domain/deadline/limit.ts';
import { REVEAL_PURPOSES } from '../../domain/ticket/reveal-caller.ts';
import type { TicketView } from '../../domain/ticket/ticket-view.ts';
import { viewTicket } from '../../domain/ticket/view-ticket.ts';
import type { RoomContext } from '../room.ts';
import { requireActor } from '../shell/viewer.ts';
import { accountNames } from '../view/account-names.ts';
import { readableParameters } from '../view/message-parameters.ts';
import { categoryName, divisionName } from '../view/place-names.ts';
import { limitAmount, timeLeft } from '../view/time-words.ts';
import { unitNames } from '../view/unit-names.ts';
import { callerWords, mayReveal } from './caller-words.ts';
import { EVENT_KINDS } from './event-kinds.ts';
import { lampViews } from './lamp-view.ts';
import { limitLines } from './limit-words.ts';
import { ACTION_FORMS } from './ticket-actions.ts';
import { isClosed, statusColour, urgencyColour } from './ticket-row.ts';
import { timeLine } from './time-line.ts';
import { shippedName } from '../i18n/messages.ts';

/** Everything of /tickets/{ticketNo}. @throws NotFound */
export async function ticketPage({ app }: RoomContext, req: Request, ticketNo: string) {
  const actor = requireActor(req);
  const { t, locale } = req;
  const now = app.clock.now();
  const view = await viewTicket(app, actor, ticketNo);
  const { ticket } = view;
  const unitName = await unitNames(app.stores, locale);
  const rules = await app.stores.dispatchRules.all();
  const ruleNames = new Map(rules.map(({ ruleCode, name }) => [ruleCode, shippedName(name, t)])).set(
    'CENTRE',
    t('ticket.ruleCentre'),
  );
  const facts = view.limits.flatMap(({ steps }) => steps.map(({ fact }) => fact.actorId));
  const people = [...facts, ...view.openTasks.flatMap(({ assignee }) => assignee ?? []), ticket.agentId ?? 'system'];
  const nameOf = await accountNames(app.stores, people, t);
  const kind = EVENT_KINDS.find((known) => known === req.query['kind']) ?? null;
  const completion = view.limits.find(
    ({ step, doneAt, cancelledAt }) => step === 'COMPLETE' && doneAt === null && cancelledAt === null,
  );
  return {
    ticket,
    closed: isClosed(ticket.status),
    statusColour: statusColour(ticket.status),
    urgencyColour: urgencyColour(ticket.urgency),
    division: divisionName(ticket.divisionCode, locale),
    category: categoryName(ticket.categoryCode, locale),
    agent: ticket.agentId === null ? null : nameOf(ticket.agentId),
    caller: callerWords(view, t),
    callerAddress: view.caller?.address,
    mayReveal: mayReveal(view),
    revealPurposes: REVEAL_PURPOSES,
    ticketNo,
    due: completion && { ...timeLeft(completion, now, t), dueAt: completion.dueAt },
    kinds: [null, ...EVENT_KINDS].map((value) => ({
      words: t(`ticket.kind.${value ?? 'all'}`),
      href: value === null ? `/tickets/${ticketNo}` : `/tickets/${ticketNo}?kind=${value}`,
      on: value === kind,
    })),
    lines: timeLine(view, kind, t, { locale, unitName, ruleName: (code) => ruleNames.get(code) ?? code }),
    lamps: view.assignments.length > 0 ? lampViews(view.lamps, now, t) : [],
    units: unitRows(view, now, unitName, req),
    limits: limitRows(view, now, nameOf, unitName, req),
    openTasks: view.openTasks.map((task) => ({
      step: shippedName(task.name, t),
      href: mayDo(actor, 'listTasks') ? `/tasks?task=${task.taskKey}` : null,
      assignee: task.assignee && nameOf(task.assignee),
      mine:
        task.assignee === actor.accountId ||
        (task.assignee === null && task.candidateGroups.some((group) => actor.groups.includes(group))),
    })),
    requests: view.requests.map((request) => ({
      ...request,
      unit: unitName(view.assignments.find(({ assignmentNo }) => assignmentNo === request.assignmentNo)?.unitCode),
    })),
    orders: view.orders,
    ...actionRows(view, now, unitName, req),
  };
}

/** Host first, this round before earlier ones. */
function unitRows(
  { assignments, limits }: TicketView,
  now: number,
  unitName: (code: string | null) => string,
  { t }: Request,
) {
  return [...assignments]
    .sort(
      (a, b) => b.round - a.round || (a.role === b.role ? a.dispatchedAt - b.dispatchedAt : a.role === 'HOST' ? -1 : 1),
    )
    .map((assignment) => {
      const limit = limits.find(
        ({ assignmentNo, step, doneAt, cancelledAt }) =>
          assignmentNo === assignment.assignmentNo && step === 'COMPLETE' && doneAt === null && cancelledAt === null,
      );
      const over = ['RETURNED', 'WAIVED', 'CLOSED', 'APPROVED', 'SUBMITTED'].includes(assignment.status);
      return {
        unit: unitName(assignment.unitCode),
        role: assignment.role,
        status: assignment.status,
        colour: assignment.status === 'RETURNED' || assignment.status === 'WAIVED' ? '' : over ? 'green' : 'blue',
        round: assignment.round,
        reply: assignment.publicReply ?? assignment.opinion,
        left: limit && !over ? timeLeft(limit, now, t) : null,
      };
    });
}

function limitRows(
  { limits, assignments }: TicketView,
  now: number,
  nameOf: (id: string) => string,
  unitName: (code: string | null) => string,
  { t }: Request,
) {
  const coHosts = new Map(
    assignments.filter(({ role }) => role === 'CO_HOST').map((one) => [one.assignmentNo, one.unitCode]),
  );
  const inOrder = [...limits].sort(
    (a, b) => a.startAt - b.startAt || LIMIT_STEPS.indexOf(a.step) - LIMIT_STEPS.indexOf(b.step),
  );
  return inOrder.map((limit) => {
    const started = limit.steps[0]?.fact;
    const isOpen = limit.doneAt === null && limit.cancelledAt === null;
    const late = limit.doneAt !== null && limit.dueAt !== null && limit.doneAt > limit.dueAt;
    return {
      step: limit.step,
      // The host's are meant where nobody is named.
      unit: limit.assignmentNo === null ? '' : unitName(coHosts.get(limit.assignmentNo) ?? null),
      amount: started?.kind === 'STARTED' ? limitAmount(started.amount, started.unit, t) : '',
      source: started?.kind === 'STARTED' ? shippedName(started.source, t) : '',
      isOpen,
      left: isOpen ? timeLeft(limit, now, t) : null,
      dueAt: limit.dueAt,
      outcome: isOpen
        ? null
        : t(limit.cancelledAt !== null ? 'limit.cancelled' : late ? 'limit.doneLate' : 'limit.doneInTime'),
      outcomeColour: limit.cancelledAt !== null ? '' : late ? 'red' : 'green',
      lines: limitLines(limit, t, nameOf),
    };
  });
}

/** What may be done now, each with its form; and what not, with why. What is no business of the reader's role is left out. */
function actionRows(view: TicketView, now: number, unitName: (code: string | null) => string, { t }: Request) {
  const known = view.actions.filter(({ action }) => action in ACTION_FORMS);
  const host = view.assignments.findLast(({ role }) => role === 'HOST');
  const openLimits = view.limits.filter(
    ({ doneAt, cancelledAt, pausedAt }) => doneAt === null && cancelledAt === null && pausedAt === null,
  );
  return {
    actions: known
      .filter(({ allowed }) => allowed)
      .map(({ action }) => ({
        action,
        title: t(`enum.Action.${action}`),
        ...ACTION_FORMS[action],
        ticketNo: view.ticket.ticketNo,
        version: view.ticket.version,
        assignmentNo: host?.assignmentNo,
        limits: openLimits.map(({ limitId, step, assignmentNo, dueAt }) => ({
          limitId,
          dueAt,
          words: [
            t(`enum.LimitStep.${step}`),
            unitName(view.assignments.find((one) => one.assignmentNo === assignmentNo)?.unitCode ?? null),
          ]
            .filter(Boolean)
            .join(' · '),
        })),
        assignments: view.assignments
          .filter(({ status, role }) =>
            action === 'waiveCoHost'
              ? role === 'CO_HOST' && (status === 'DISPATCHED' || status === 'SIGNED')
              : status !== 'RETURNED' && status !== 'WAIVED',
          )
          .map(({ assignmentNo, unitCode, role }) => ({
            assignmentNo,
            words: `${unitName(unitCode)} · ${t(`enum.AssignmentRole.${role}`)}`,
          })),
        now,
      })),
    refused: known
      .filter(({ allowed, why }) => !allowed && why !== null && why.key !== 'error.notAllowed.noRight')
      .map(({ action, why }) => ({
        title: t(`enum.Action.${action}`),
        why: why && t(why.key, readableParameters(why.params, t)),
      })),
  };
}
