import { lintBpmn } from '../../../workflows/lint/lint-bpmn.ts';
import type { Modeler } from './create-modeler.ts';
import { find, word, type EditorData } from './editor-data.ts';

export interface Problem {
  elementId: string | null;
  category: string;
  message: string;
  rule?: string;
}

const quietMs = 500;

/** The problems below the drawing: found as the designer draws, each a click away from its element. */
export class ProblemList {
  readonly #data: EditorData;
  readonly #modeler: Modeler;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #overlayIds: string[] = [];

  constructor(data: EditorData, modeler: Modeler) {
    this.#data = data;
    this.#modeler = modeler;
  }

  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), quietMs);
  }

  async check(): Promise<Problem[]> {
    const { xml } = await this.#modeler.saveXML();
    const chinese = this.#data.locale === 'zh-CN';
    const reports = await lintBpmn(xml, { jobTypes: this.#data.jobTypes });
    const problems = reports.map(({ elementId, rule, category, message, messageZh }) => ({
      elementId: elementId === '' ? null : elementId,
      rule,
      category,
      message: chinese ? messageZh : message,
    }));
    this.show(problems);
    return problems;
  }

  show(problems: Problem[]): void {
    const errors = problems.filter(({ category }) => category === 'error').length;
    const summary = find('[data-problem-summary]');
    summary.textContent = word(
      this.#data,
      problems.length === 0 ? 'workbench.problems.none' : 'workbench.problems.count',
      {
        errors,
        warnings: problems.length - errors,
      },
    );
    summary.dataset.errors = String(errors);
    find('[data-problem-list]').replaceChildren(...problems.map((problem) => this.#row(problem)));
    this.#mark(problems);
  }

  #row(problem: Problem): HTMLElement {
    const row = document.createElement('button');
    row.type = 'button';
    row.className = `problem problem-${problem.category}`;
    const kind = document.createElement('span');
    kind.className = 'problem-kind';
    kind.textContent = word(this.#data, `workbench.problems.${problem.category === 'error' ? 'error' : 'warn'}`);
    const place = document.createElement('code');
    place.textContent = this.#nameOf(problem.elementId);
    const text = document.createElement('span');
    text.textContent = problem.message;
    row.append(kind, place, text);
    row.addEventListener('click', () => this.#go(problem.elementId));
    return row;
  }

  #nameOf(elementId: string | null): string {
    if (!elementId) return '';
    const element = this.#modeler.get('elementRegistry').get(elementId);
    return element?.businessObject?.name || elementId;
  }

  #go(elementId: string | null): void {
    const element = elementId && this.#modeler.get('elementRegistry').get(elementId);
    if (!element) return;
    this.#modeler.get('canvas').scrollToElement(element);
    this.#modeler.get('selection').select(element);
  }

  #mark(problems: Problem[]): void {
    const overlays = this.#modeler.get('overlays');
    for (const id of this.#overlayIds) overlays.remove(id);
    this.#overlayIds = [];
    const registry = this.#modeler.get('elementRegistry');
    const byElement = new Map<string | null, Problem[]>();
    for (const problem of problems)
      byElement.set(problem.elementId, [...(byElement.get(problem.elementId) ?? []), problem]);
    for (const [elementId, found] of byElement) {
      const element = elementId && registry.get(elementId);
      if (!element || element === this.#modeler.get('canvas').getRootElement()) continue;
      const badge = document.createElement('div');
      const worst = found.some(({ category }) => category === 'error') ? 'error' : 'warn';
      badge.className = `lint-badge lint-badge-${worst}`;
      badge.textContent = worst === 'error' ? '!' : '?';
      badge.title = found.map(({ message }) => message).join('\n');
      this.#overlayIds.push(overlays.add(element, 'lint', { position: { top: -8, left: -8 }, html: badge }));
    }
  }
}
