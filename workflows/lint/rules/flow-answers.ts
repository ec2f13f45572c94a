import { isQuestion, type ProjectRule } from '../rule.ts';

export const flowAnswers: ProjectRule = {
  name: 'flow-answers',
  category: 'error',
  zh: '分支网关的每条流出连线都须写明答案；没有写的',
  en: 'Every flow out of a gateway that forks must be named by its answer; without one',
  check(node, report) {
    if (!isQuestion(node)) return;
    for (const flow of node.outgoing!) if (!flow.name?.trim()) report(flow.id);
  },
};
