import { BpmnModdle } from 'bpmn-moddle';
import { createRequire } from 'node:module';
import { connectCompensation, connectLinks } from './connect-events.ts';
import type { ElementSpec, ElementType, ProcessSpec } from './element-spec.ts';
import { linkAdHoc } from './read-ad-hoc.ts';
import { readElement } from './read-element.ts';
import { extension, type Moddle } from './moddle.ts';
import { identifierOf, type Problem } from './complaint.ts';
import { endOf, lostEnds, missingEnd, unresolvedEnd, unresolvedReferences } from './unresolved-references.ts';
import { validateProcess } from './validate-process.ts';
import { validateWritten } from './validate-written.ts';

const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json') as object;
const moddle = new BpmnModdle({ zeebe });

export interface ParsedProcesses {
  processes: ProcessSpec[];
  problems: Problem[];
}

const types: Record<string, ElementType> = {
  'bpmn:StartEvent': 'START_EVENT',
  'bpmn:EndEvent': 'END_EVENT',
  'bpmn:IntermediateCatchEvent': 'INTERMEDIATE_CATCH_EVENT',
  'bpmn:IntermediateThrowEvent': 'INTERMEDIATE_THROW_EVENT',
  'bpmn:BoundaryEvent': 'BOUNDARY_EVENT',
  'bpmn:ServiceTask': 'SERVICE_TASK',
  'bpmn:UserTask': 'USER_TASK',
  'bpmn:BusinessRuleTask': 'BUSINESS_RULE_TASK',
  'bpmn:ScriptTask': 'SCRIPT_TASK',
  'bpmn:SendTask': 'SEND_TASK',
  'bpmn:ReceiveTask': 'RECEIVE_TASK',
  'bpmn:ManualTask': 'MANUAL_TASK',
  'bpmn:Task': 'TASK',
  'bpmn:ExclusiveGateway': 'EXCLUSIVE_GATEWAY',
  'bpmn:InclusiveGateway': 'INCLUSIVE_GATEWAY',
  'bpmn:ParallelGateway': 'PARALLEL_GATEWAY',
  'bpmn:EventBasedGateway': 'EVENT_BASED_GATEWAY',
  'bpmn:CallActivity': 'CALL_ACTIVITY',
  'bpmn:SequenceFlow': 'SEQUENCE_FLOW',
};

/** Drawn for people only: no token ever reaches them. */
const ignored = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);

/**
 * Reads the executable processes of a BPMN file.
 * @throws Error when the text is not BPMN
 */
export async function parseProcesses(xml: string): Promise<ParsedProcesses> {
  const { rootElement, warnings } = await moddle.fromXML(xml, 'bpmn:Definitions');
  refuseUnreadable(warnings);
  const definitions = rootElement as unknown as Moddle;
  const problems: Problem[] = [...unresolvedReferences(warnings), ...validateWritten(definitions)];
  const processes: ProcessSpec[] = [];
  const lost = lostEnds(warnings);
  for (const root of (definitions.rootElements ?? []) as Moddle[]) {
    if (root.$type !== 'bpmn:Process' || root.isExecutable !== true) continue;
    const reader = new ProcessReader(root, lost);
    const spec = reader.read();
    problems.push(...reader.problems);
    if (reader.problems.length === 0) problems.push(...validateProcess(spec, reader.nodes));
    processes.push(spec);
  }
  if (processes.length === 0) {
    problems.push({ elementId: identifierOf(definitions), message: 'Must contain at least one executable process' });
  }
  return { processes, problems };
}

/** What the schema of BPMN forbids the parser would leave out: the rest is another process than the one drawn. */
function refuseUnreadable(warnings: readonly { message: string }[]): void {
  for (const { message } of warnings) {
    const id = /(duplicate|illegal) ID <(.*)>/s.exec(message);
    if (id?.[1] === 'duplicate') throw new Error(`cvc-id.2: There are multiple occurrences of ID value '${id[2]}'.`);
    if (id) throw new Error(`cvc-datatype-valid.1.2.1: '${id[2]}' is not a valid value for 'NCName'.`);
    const unknown = /unknown type <(bpmn:\w+)>/.exec(message);
    if (unknown) throw new Error(`cvc-complex-type.2.4.a: Invalid content was found: '${unknown[1]}'.`);
  }
}

class ProcessReader {
  readonly problems: Problem[] = [];
  readonly #process: Moddle;
  readonly #lost: ReadonlySet<string>;
  readonly #elements: ElementSpec[] = [];
  readonly #places = new Map<Moddle, number>();
  readonly #adHocs: Moddle[] = [];

  constructor(process: Moddle, lost: ReadonlySet<string>) {
    this.#process = process;
    this.#lost = lost;
  }

  get nodes(): Map<ElementSpec, Moddle> {
    return new Map([...this.#places].map(([node, place]) => [this.#elements[place]!, node]));
  }

  read(): ProcessSpec {
    const process = this.#process;
    this.#add(process, 'PROCESS', undefined);
    this.#addScope(process.flowElements ?? [], 0);
    for (const [node, place] of this.#places) this.#link(node, place);
    for (const node of this.#adHocs) this.problems.push(...linkAdHoc(node, this.#elements, this.#places));
    connectLinks(this.#elements);
    this.problems.push(...connectCompensation(this.#places, this.#elements));
    const extensions = (process.extensionElements?.values ?? []) as Moddle[];
    const start = ((process.flowElements ?? []) as Moddle[]).find(
      (node) => node.$type === 'bpmn:StartEvent' && !node.eventDefinitions?.length,
    );
    const form = start && extension(start, 'zeebe:FormDefinition');
    return {
      processId: process.id!,
      name: process.name ?? null,
      versionTag: extensions.find((value) => value.$type === 'zeebe:VersionTag')?.value ?? null,
      startFormId: form?.formId ?? null,
      elements: this.#elements,
    };
  }

  #add(node: Moddle, type: ElementType, parent: number | undefined): number {
    const spec = { id: node.id!, type, name: node.name ?? null, parent } as ElementSpec;
    this.#places.set(node, this.#elements.length);
    this.#elements.push(spec);
    this.problems.push(...readElement(node, spec));
    return this.#elements.length - 1;
  }

  /** What is drawn in an ad-hoc sub-process belongs to its inner instances, but for event sub-processes. */
  #addAdHoc(node: Moddle, parent: number): void {
    const place = this.#add(node, 'AD_HOC_SUB_PROCESS', parent);
    const id = `${node.id}#innerInstance`;
    this.#elements.push({ id, type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE', name: null, parent: place });
    const innerInstance = this.#elements.length - 1;
    this.#elements[place]!.innerInstance = innerInstance;
    const nodes = (node.flowElements ?? []) as Moddle[];
    this.#addScope(
      nodes.filter(({ triggeredByEvent }) => !triggeredByEvent),
      innerInstance,
    );
    this.#addScope(
      nodes.filter(({ triggeredByEvent }) => triggeredByEvent),
      place,
    );
    this.#adHocs.push(node);
  }

  #addScope(nodes: Moddle[], place: number): void {
    for (const node of nodes) {
      if (ignored.has(node.$type)) continue;
      if (node.$type === 'bpmn:SubProcess') {
        const type = node.triggeredByEvent ? 'EVENT_SUB_PROCESS' : 'SUB_PROCESS';
        this.#addScope(node.flowElements ?? [], this.#add(node, type, place));
        continue;
      }
      if (node.$type === 'bpmn:AdHocSubProcess') {
        this.#addAdHoc(node, place);
        continue;
      }
      const type = types[node.$type];
      if (type) this.#add(node, type, place);
      else {
        this.problems.push({
          elementId: node.id!,
          message:
            `Elements of type '${node.$type.replace('bpmn:', '')}' are currently not supported. Please refer ` +
            'to the documentation for a list of supported elements: ' +
            'https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/',
        });
      }
    }
  }

  #link(node: Moddle, place: number): void {
    const spec = this.#elements[place]!;
    if (spec.type === 'SEQUENCE_FLOW') this.#linkFlow(node, spec, place);
    if (node.default) spec.defaultFlow = this.#places.get(node.default);
    if (node.attachedToRef) {
      spec.attachedTo = this.#places.get(node.attachedToRef);
      const host = spec.attachedTo === undefined ? undefined : this.#elements[spec.attachedTo];
      if (host) (host.boundaryEvents ??= []).push(place);
    }
    if (spec.type !== 'START_EVENT' || spec.parent === undefined) return;
    const scope = this.#elements[spec.parent]!;
    (scope.startEvents ??= []).push(place);
    if (scope.type === 'EVENT_SUB_PROCESS') (this.#elements[scope.parent!]!.eventStarts ??= []).push(place);
  }

  /** A flow can be drawn to a process, another flow or a lane, but no token could be there. */
  #flowNode(flow: Moddle, property: 'sourceRef' | 'targetRef'): number | undefined {
    const end = flow[property];
    if (!end) {
      if (!this.#lost.has(endOf(flow, property))) this.#complain(flow, missingEnd(property));
      return undefined;
    }
    const place = this.#places.get(end);
    const type = place === undefined ? undefined : this.#elements[place]!.type;
    if (type && type !== 'PROCESS' && type !== 'SEQUENCE_FLOW') return place;
    // an element of a type that isn't supported is refused itself
    if (place !== undefined || !end.$instanceOf('bpmn:FlowNode')) this.#complain(flow, unresolvedEnd(property, end.id));
    return undefined;
  }

  #complain(node: Moddle, message: string): void {
    this.problems.push({ elementId: node.id!, message });
  }

  #linkFlow(node: Moddle, spec: ElementSpec, place: number): void {
    spec.source = this.#flowNode(node, 'sourceRef');
    spec.target = this.#flowNode(node, 'targetRef');
    if (spec.source === undefined || spec.target === undefined) return;
    const ends = [this.#elements[spec.source]!, this.#elements[spec.target]!];
    if (ends.some(({ parent }) => parent !== spec.parent)) {
      const message = 'The source and the target of a sequence flow must be in the scope of the flow';
      this.problems.push({ elementId: spec.id, message });
      return;
    }
    (this.#elements[spec.source]!.outgoing ??= []).push(place);
    (this.#elements[spec.target]!.incoming ??= []).push(place);
  }
}
