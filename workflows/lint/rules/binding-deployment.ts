import { extensionOf, type ProjectRule } from '../rule.ts';

const bound = ['zeebe:CalledElement', 'zeebe:CalledDecision', 'zeebe:FormDefinition'];

/** With 'latest' a running ticket would change its sub-processes and forms under people's hands. */
export const bindingDeployment: ProjectRule = {
  name: 'binding-deployment',
  category: 'error',
  zh: '被调用的流程、决策和表单须绑定到同一次部署（bindingType = deployment）',
  en: 'A called process, decision or form must be bound to the same deployment (bindingType = deployment)',
  check(node, report) {
    for (const type of bound) {
      const extension = extensionOf(node, type);
      if (extension && extension.bindingType !== 'deployment') report(type);
    }
  },
};
