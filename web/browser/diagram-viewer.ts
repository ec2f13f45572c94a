import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

export interface DiagramPart {
  processId: string;
  name: string;
  version: number;
  xml: string;
  active: { elementId: string; count: number; hasIncident: boolean }[];
}
interface Canvas {
  zoom(kind: 'fit-viewport' | number, center?: 'auto' | { x: number; y: number }): number;
  viewbox(box: { x: number; y: number; width: number; height: number }): unknown;
  addMarker(elementId: string, marker: string): void;
}
interface Overlays {
  add(elementId: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void;
}
interface Shape {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  parent?: Shape;
}
interface Registry {
  get(elementId: string): Shape | undefined;
}
/** Below this nothing can be read: the drawing is shown around its token instead of as a whole. */
const READABLE_ZOOM = 0.42;

/** Draws a process with its tokens into `container`; answers how to take it away again. */
export async function drawDiagram(
  container: HTMLElement,
  part: DiagramPart,
  size: 'small' | 'large',
): Promise<() => void> {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(part.xml);
  const canvas = viewer.get('canvas') as Canvas;
  const overlays = viewer.get('overlays') as Overlays;
  const registry = viewer.get('elementRegistry') as Registry;
  const tokens = withoutContainers(part, registry);
  for (const { elementId, count, hasIncident } of tokens) {
    canvas.addMarker(elementId, 'token-here');
    if (hasIncident) canvas.addMarker(elementId, 'token-trouble');
    if (size === 'large') overlays.add(elementId, { position: { top: -10, right: 12 }, html: badge(count) });
  }
  const zoom = canvas.zoom('fit-viewport', 'auto');
  const [first] = tokens;
  if (size === 'small' && first && zoom < READABLE_ZOOM) {
    const shape = registry.get(first.elementId);
    const width = container.clientWidth / READABLE_ZOOM;
    const height = container.clientHeight / READABLE_ZOOM;
    if (shape)
      canvas.viewbox({
        x: shape.x + shape.width / 2 - width / 2,
        y: shape.y + shape.height / 2 - height / 2,
        width,
        height,
      });
  }
  return () => viewer.destroy();
}

/** A sub-process is active as long as something in it is: the token stands on the innermost. */
function withoutContainers(part: DiagramPart, registry: Registry): DiagramPart['active'] {
  const containers = new Set<string>();
  for (const { elementId } of part.active) {
    for (let parent = registry.get(elementId)?.parent; parent; parent = parent.parent) containers.add(parent.id);
  }
  return part.active.filter(({ elementId }) => registry.get(elementId) && !containers.has(elementId));
}

function badge(count: number): HTMLElement {
  const box = document.createElement('div');
  box.className = 'token-badge';
  box.textContent = String(count);
  return box;
}
