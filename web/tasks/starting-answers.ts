import type { Stores } from '../../domain/ports/stores.ts';
import type { TaskView } from '../../domain/task/view-task.ts';

/**
 * What a form begins with when nothing was typed yet: what the catalogue suggests, what the unit has written before a task
 * came back to it, what was asked for. Suggestions: a person sends them.
 */
export async function startingAnswers(
  stores: Stores,
  { task, ticket: view, form }: TaskView,
): Promise<Record<string, unknown>> {
  if (!view || !form) return {};
  const { ticket } = view;
  const own = view.assignments.find(({ assignmentNo }) => assignmentNo === task.assignmentNo);
  switch (form.formId) {
    case 'review-and-dispatch': {
      const rule =
        ticket.dispatchRuleCode === null ? undefined : await stores.dispatchRules.find(ticket.dispatchRuleCode);
      const hostUnitCode = ticket.suggestedUnitCode ?? rule?.hostUnitCode;
      const coHostUnitCodes = hostUnitCode === rule?.hostUnitCode ? rule?.coHostUnitCodes : undefined;
      return {
        ...(hostUnitCode && { dispatchDecision: 'DISPATCH', hostUnitCode }),
        ...(coHostUnitCodes && { coHostUnitCodes }),
      };
    }
    case 'register-request': {
      const { title, content, requestType, categoryCode, urgency, addressText, divisionCode } = ticket;
      return { title, content, requestType, categoryCode, urgency, addressText, divisionCode };
    }
    case 'handle-request':
    case 'host-consolidate':
      return {
        ...(own?.outcome && { outcome: own.outcome }),
        ...(own?.publicReply && { publicReply: own.publicReply }),
        ...(own?.internalNote && { internalNote: own.internalNote }),
      };
    case 'approve-extension': {
      const asked = view.requests.find(({ kind, status }) => kind === 'EXTENSION' && status === 'ASKED');
      return asked?.workingDays ? { approvedWorkingDays: asked.workingDays } : {};
    }
    default:
      return {};
  }
}
