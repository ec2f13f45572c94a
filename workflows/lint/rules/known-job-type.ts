import { extensionOf, type ProjectRule } from '../rule.ts';

/** A job that no worker takes waits for ever, and nobody is told. */
export const knownJobType: ProjectRule = {
  name: 'known-job-type',
  category: 'error',
  zh: '没有处理程序会接收这个任务类型',
  en: 'No worker takes jobs of this type',
  check(node, report, { jobTypes }) {
    if (!jobTypes) return;
    const holders = [node, ...(node.eventDefinitions ?? [])];
    for (const holder of holders) {
      const definition = extensionOf(holder, 'zeebe:TaskDefinition');
      const type = definition?.type;
      if (typeof type === 'string' && !jobTypes.includes(type)) report(type);
    }
  },
};
