import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { BpmnOutline } from '../domain/ports/bpmn-reader.ts';

interface Element {
  $type: string;
  id?: string;
  name?: string;
  isExecutable?: boolean;
  rootElements?: Element[];
  flowElements?: Element[];
  extensionElements?: { values?: { $type: string; formId?: string }[] };
}
interface Moddle {
  fromXML(xml: string): Promise<{ rootElement: Element }>;
}

/** @throws Error when the text is no BPMN */
export async function readBpmn(xml: string): Promise<BpmnOutline> {
  const moddle = new BpmnModdle({ zeebe }) as unknown as Moddle;
  const { rootElement } = await moddle.fromXML(xml);
  const executable = (rootElement.rootElements ?? []).filter(
    (element) => element.$type === 'bpmn:Process' && element.isExecutable !== false,
  );
  return {
    processes: executable.map((process) => ({ id: process.id!, name: process.name ?? process.id! })),
    elements: executable.flatMap(elementsWithin).map((element) => ({
      id: element.id!,
      name: element.name ?? element.id!,
      formId: element.extensionElements?.values?.find(isForm)?.formId ?? null,
    })),
  };
}

function elementsWithin(scope: Element): Element[] {
  return (scope.flowElements ?? []).flatMap((element) => [element, ...elementsWithin(element)]);
}

function isForm({ $type }: { $type: string }) {
  return $type === 'zeebe:FormDefinition';
}
