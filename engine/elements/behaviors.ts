import type { ElementType } from '../model/element-spec.ts';
import type { ExecutableElement } from '../model/executable-process.ts';
import { isProcessInstance, type InstanceRow } from '../state/rows.ts';
import { adHocInnerInstance } from './ad-hoc-inner-instance.ts';
import { adHocSubProcess } from './ad-hoc-sub-process.ts';
import { passThrough, type Behavior } from './behavior.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { endEvent } from './end-event.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { eventSubProcess } from './event-sub-process.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';
import { multiInstanceBody } from './multi-instance-body.ts';
import { process } from './process.ts';
import { receiveTask } from './receive-task.ts';
import { scriptTask } from './script-task.ts';
import { jobTask } from './job-task.ts';
import { subProcess } from './sub-process.ts';
import { userTask } from './user-task.ts';

const behaviors: Record<ElementType, Behavior> = {
  PROCESS: process,
  SUB_PROCESS: subProcess,
  AD_HOC_SUB_PROCESS: adHocSubProcess,
  AD_HOC_SUB_PROCESS_INNER_INSTANCE: adHocInnerInstance,
  EVENT_SUB_PROCESS: eventSubProcess,
  START_EVENT: passThrough,
  INTERMEDIATE_CATCH_EVENT: intermediateCatchEvent,
  INTERMEDIATE_THROW_EVENT: intermediateThrowEvent,
  BOUNDARY_EVENT: passThrough,
  END_EVENT: endEvent,
  SERVICE_TASK: jobTask,
  RECEIVE_TASK: receiveTask,
  USER_TASK: userTask,
  MANUAL_TASK: passThrough,
  TASK: passThrough,
  EXCLUSIVE_GATEWAY: exclusiveGateway,
  INCLUSIVE_GATEWAY: inclusiveGateway,
  PARALLEL_GATEWAY: passThrough,
  EVENT_BASED_GATEWAY: eventBasedGateway,
  SEQUENCE_FLOW: passThrough,
  CALL_ACTIVITY: callActivity,
  BUSINESS_RULE_TASK: businessRuleTask,
  SCRIPT_TASK: scriptTask,
  SEND_TASK: jobTask,
};

export function behaviorOf(row: InstanceRow, element: ExecutableElement): Behavior {
  if (!isProcessInstance(row) && row.isBody === 1) return multiInstanceBody;
  return behaviors[element.type];
}
