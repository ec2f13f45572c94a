/** A node of bpmn-moddle's tree, as far as it is read here. */
export interface Moddle {
  $type: string;
  $parent?: Moddle;
  id?: string;
  name?: string;
  value?: string;
  extensionElements?: { values?: Moddle[] };
  flowElements?: Moddle[];
  sourceRef?: Moddle;
  targetRef?: Moddle;
  attachedToRef?: Moddle;
  default?: Moddle;
  eventDefinitions?: Moddle[];
  body?: string;
  // biome-ignore lint: moddle's tree is typed by its descriptors at run time
  [property: string]: any;
}

export function extensionsOf(node: Moddle, type: string): Moddle[] {
  return node.extensionElements?.values?.filter((value) => value.$type === type) ?? [];
}

export function extension(node: Moddle, type: string): Moddle | undefined {
  return extensionsOf(node, type)[0];
}
