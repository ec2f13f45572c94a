export interface EditorFile {
  name: string;
  kind: 'BPMN' | 'DMN' | 'FORM';
  title: string;
  draft: boolean;
}

/** What the server puts into the page for the editors. */
export interface EditorData {
  locale: string;
  words: Record<string, string>;
  csrfToken: string;
  /** Address of the workbench of this process, e.g. /processes/ticket. */
  base: string;
  file: EditorFile & { content: string; version: number };
  files: EditorFile[];
  elementTemplates: object[];
  jobTypes: string[];
}

export function readEditorData(): EditorData {
  const element = document.getElementById('editor-data');
  if (!element) throw new Error('the page has no editor data');
  return JSON.parse(element.textContent ?? '') as EditorData;
}

export function word(data: EditorData, key: string, parameters: Record<string, string | number> = {}): string {
  const template = data.words[key] ?? key;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}
