import { extensionOf, type ProjectRule } from '../rule.ts';

/** What a called process gets and gives is named, so that neither side is changed by a variable of the other. */
export const callByName: ProjectRule = {
  name: 'call-by-name',
  category: 'error',
  zh: '调用活动须关闭两个“传递全部变量”开关，逐一映射变量；未关闭',
  en: 'A call activity must map its variables by name, both "propagate all" switches off; still on',
  check(node, report) {
    const called = extensionOf(node, 'zeebe:CalledElement');
    if (!called) return;
    for (const name of ['propagateAllChildVariables', 'propagateAllParentVariables']) {
      if (called[name] !== false) report(name);
    }
  },
};
