import { isFlowNode, type ProjectRule } from '../rule.ts';

/** The names are what staff read in their task list. */
export const chineseName: ProjectRule = {
  name: 'chinese-name',
  category: 'warn',
  zh: '名称请用中文',
  en: 'The name should be in Chinese',
  check(node, report) {
    const isNamed = isFlowNode(node) || node.$type === 'bpmn:Process' || node.$type === 'bpmn:SequenceFlow';
    if (isNamed && node.name?.trim() && !/\p{Script=Han}/u.test(node.name)) report(node.name);
  },
};
