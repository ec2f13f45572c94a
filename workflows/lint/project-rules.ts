import type { ProjectRule } from './rule.ts';
import { bindingDeployment } from './rules/binding-deployment.ts';
import { callByName } from './rules/call-by-name.ts';
import { chineseName } from './rules/chinese-name.ts';
import { documentationArticle } from './rules/documentation-article.ts';
import { flowAnswers } from './rules/flow-answers.ts';
import { gatewayQuestion } from './rules/gateway-question.ts';
import { knownJobType } from './rules/known-job-type.ts';
import { userTaskFormGroup } from './rules/user-task-form-group.ts';
import { userTaskListeners } from './rules/user-task-listeners.ts';
import { userTaskZeebe } from './rules/user-task-zeebe.ts';

/** The rules of this project, beside bpmn.io's and Camunda's. */
export const projectRules: ProjectRule[] = [
  userTaskListeners,
  userTaskZeebe,
  userTaskFormGroup,
  gatewayQuestion,
  flowAnswers,
  documentationArticle,
  bindingDeployment,
  knownJobType,
  callByName,
  chineseName,
];
