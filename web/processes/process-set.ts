import { NotFound } from '../../domain/errors/not-found.ts';
import type { App } from '../../domain/ports/app.ts';
import type { ProcessDraft, ProcessFile } from '../../domain/process/process-file.ts';
import { shippedName, type Translate } from '../i18n/messages.ts';

/** A file of the set as a designer sees it: the draft where there is one, else what runs. */
export interface WorkingFile {
  name: string;
  kind: ProcessFile['kind'];
  content: string;
  draft: ProcessDraft | undefined;
}

export interface ProcessSet {
  running: ProcessFile[];
  working: WorkingFile[];
}

/** What runs now, and the same with the drafts laid over it. @throws NotFound while nothing has been deployed */
export async function processSet({ stores }: App): Promise<ProcessSet> {
  const deployment = await stores.processes.latestDeployment();
  if (!deployment) throw new NotFound('deployment', 'latest');
  const drafts = new Map((await stores.processes.drafts()).map((draft) => [draft.name, draft]));
  const working: WorkingFile[] = deployment.files.map(({ name, kind, content }) => {
    const draft = drafts.get(name);
    return { name, kind, content: draft?.content ?? content, draft };
  });
  const known = new Set(working.map(({ name }) => name));
  for (const draft of drafts.values()) {
    if (!known.has(draft.name)) working.push({ name: draft.name, kind: draft.kind, content: draft.content, draft });
  }
  return { running: deployment.files, working };
}

/** The BPMN file that holds a process. */
export function fileOfProcess<T extends { kind: ProcessFile['kind']; content: string }>(
  files: readonly T[],
  processId: string,
): T {
  const marker = new RegExp(`<(?:\\w+:)?process\\b[^>]*\\bid="${processId.replaceAll(/[^\w-]/g, '')}"`);
  const found = files.find(({ kind, content }) => kind === 'BPMN' && marker.test(content));
  if (!found) throw new NotFound('process', processId);
  return found;
}

/** What a file is called on the screen: the name of its process or decision; a form is called like the step that it is for. */
export function titleOf(
  { kind, name, content }: Pick<WorkingFile, 'kind' | 'name' | 'content'>,
  t: Translate,
  set: readonly Pick<WorkingFile, 'kind' | 'content'>[] = [],
): string {
  if (kind === 'FORM') {
    const formId = name.replace(/\.form$/, '');
    return shippedName(stepOfForm(formId, set) ?? formId, t);
  }
  const tag = kind === 'BPMN' ? 'process' : 'decision';
  const found = new RegExp(`<(?:\\w+:)?${tag}\\b[^>]*\\bname="([^"]+)"`).exec(content)?.[1];
  return shippedName(found ?? name, t);
}

function stepOfForm(formId: string, set: readonly Pick<WorkingFile, 'kind' | 'content'>[]): string | undefined {
  for (const { kind, content } of set) {
    if (kind !== 'BPMN') continue;
    for (const [task, attributes] of content.matchAll(/<\w+:userTask\b([^>]*[^/])>[\s\S]*?<\/\w+:userTask>/g)) {
      if (task.includes(` formId="${formId}"`)) return /\bname="([^"]+)"/.exec(attributes!)?.[1];
    }
  }
  return undefined;
}
