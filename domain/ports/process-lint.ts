/** A problem of a process file as the lint rules see it; a fatal one stops a deployment. */
export interface LintProblem {
  file: string;
  elementId: string | null;
  rule: string;
  fatal: boolean;
  /** Chinese, and the same in English. */
  message: string;
  messageEn: string;
}
export type Lint = (files: { name: string; content: string }[]) => Promise<LintProblem[]>;
