import { isQuestion, type ProjectRule } from '../rule.ts';

/** Whoever reads the drawing reads a question and its answers; without a default flow an unforeseen value is an incident. */
export const gatewayQuestion: ProjectRule = {
  name: 'gateway-question',
  category: 'error',
  zh: '分支网关的名称须是一个问句，并有默认流向；缺少',
  en: 'A gateway that forks needs a question as its name and a default flow; missing',
  check(node, report) {
    if (!isQuestion(node)) return;
    if (!/[？?]$/.test(node.name?.trim() ?? '')) report('？');
    if (!node.default) report('default');
  },
};
