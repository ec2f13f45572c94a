import { isFlowNode, type ProjectRule } from '../rule.ts';

export const documentationArticle: ProjectRule = {
  name: 'documentation-article',
  category: 'warn',
  zh: '请在“文档”中写明这一步做什么、依据《暂行办法》第几条',
  en: 'Say in the documentation what this step does and which Article it rests on',
  check(node, report) {
    if (!isFlowNode(node) && node.$type !== 'bpmn:Process') return;
    if (!node.documentation?.some(({ text }) => text?.trim())) report();
  },
};
