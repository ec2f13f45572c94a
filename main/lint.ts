import type { Lint } from '../domain/ports/process-lint.ts';
import { lintBpmn } from '../workflows/lint/lint-bpmn.ts';
import { allWorkers } from '../workers/all-workers.ts';

/** The drawings' rules as the domain asks for them before a deployment. */
export const lint: Lint = async (files) => {
  const problems = [];
  const jobTypes = allWorkers.map(({ jobType }) => jobType);
  for (const { name, content } of files) {
    if (!name.endsWith('.bpmn')) continue;
    for (const { elementId, rule, category, message, messageZh } of await lintBpmn(content, { jobTypes })) {
      problems.push({
        file: name,
        elementId: elementId || null,
        rule,
        fatal: category === 'error',
        message: messageZh,
        messageEn: message,
      });
    }
  }
  return problems;
};
