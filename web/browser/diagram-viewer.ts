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
  zoom(kind: 'fit-viewport', center?: 'auto'): number;
  addMarker(elementId: string, marker: string): void;
}
interface Overlays {
  add(elementId: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void;
}
interface Registry {
  get(elementId: string): unknown;
}

/** Draws a process with its tokens into `container`; answers how to take it away again. */
export async function drawDiagram(container: HTMLElement, part: DiagramPart, badges = true): Promise<() => void> {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(part.xml);
  const canvas = viewer.get('canvas') as Canvas;
  const overlays = viewer.get('overlays') as Overlays;
  const registry = viewer.get('elementRegistry') as Registry;
  for (const { elementId, count, hasIncident } of part.active) {
    if (!registry.get(elementId)) continue;
    canvas.addMarker(elementId, 'token-here');
    if (hasIncident) canvas.addMarker(elementId, 'token-trouble');
    if (badges) overlays.add(elementId, { position: { top: -10, right: 12 }, html: badge(count) });
  }
  canvas.zoom('fit-viewport', 'auto');
  return () => viewer.destroy();
}

function badge(count: number): HTMLElement {
  const box = document.createElement('div');
  box.className = 'token-badge';
  box.textContent = String(count);
  return box;
}
