import { answerDirectly } from './effects/answer-directly.ts';
import { approveExtension, approveSuspension } from './effects/decide-request.ts';
import { callBack } from './effects/call-back.ts';
import { coHostHandle } from './effects/co-host-handle.ts';
import { confirmRejection } from './effects/confirm-rejection.ts';
import { firstContact, informResult } from './effects/contact-requester.ts';
import { coordinateObstacle } from './effects/coordinate-obstacle.ts';
import { determineHost } from './effects/determine-host.ts';
import { finalReplyReview } from './effects/final-reply-review.ts';
import { handleRequest } from './effects/handle-request.ts';
import { hostConsolidate } from './effects/host-consolidate.ts';
import { judgeDissatisfaction } from './effects/judge-dissatisfaction.ts';
import { leaderDecision, orderRework } from './effects/order-rework.ts';
import { nameHostAndCoHosts } from './effects/name-host-and-co-hosts.ts';
import { qualityReview } from './effects/quality-review.ts';
import { registerRequest } from './effects/register-request.ts';
import { reviewAndDispatch } from './effects/review-and-dispatch.ts';
import { reviewReturn } from './effects/review-return.ts';
import { signAssignment } from './effects/sign-assignment.ts';
import { replyToOrder, verifyCorrection } from './effects/supervision.ts';
import { unitLeaderApprove } from './effects/unit-leader-approve.ts';
import type { TaskEffect } from './task-effect.ts';

/** What the domain knows beyond the schema, by form id (workflows/README.md). Other forms are checked and kept as they are. */
export const TASK_EFFECTS: ReadonlyMap<string, TaskEffect> = new Map([
  ['register-request', registerRequest],
  ['answer-directly', answerDirectly],
  ['confirm-rejection', confirmRejection],
  ['review-and-dispatch', reviewAndDispatch],
  ['determine-host', determineHost],
  ['sign-assignment', signAssignment],
  ['review-return', reviewReturn],
  ['unit-leader-approve', unitLeaderApprove],
  ['quality-review', qualityReview],
  ['approve-extension', approveExtension],
  ['approve-suspension', approveSuspension],
  ['name-host-and-co-hosts', nameHostAndCoHosts],
  ['handle-request', handleRequest],
  ['co-host-handle', coHostHandle],
  ['host-consolidate', hostConsolidate],
  ['coordinate-obstacle', coordinateObstacle],
  ['first-contact', firstContact],
  ['inform-result', informResult],
  ['reply-to-order', replyToOrder],
  ['verify-correction', verifyCorrection],
  ['call-back', callBack],
  ['judge-dissatisfaction', judgeDissatisfaction],
  ['order-rework', orderRework],
  ['leader-decision', leaderDecision],
  ['final-reply-review', finalReplyReview],
]);
