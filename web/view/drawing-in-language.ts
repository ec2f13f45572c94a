import { BpmnModdle } from 'bpmn-moddle';
import { shippedName, type Translate } from '../i18n/messages.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Plane {
  planeElement?: {
    bpmnElement?: { name?: string };
    bounds?: Bounds;
    waypoint?: { x: number; y: number }[];
    label?: { bounds?: Bounds };
  }[];
}
const moddle = new BpmnModdle();

/** Drawings are few and never change once deployed; the last ones are kept. */
const kept = new Map<string, string>();
const KEPT = 40;

/**
 * A drawing to look at: its shipped names in the reader's language, and room for them where they stand beside their
 * element. Who edits gets the file as it is.
 */
export async function drawingInLanguage(xml: string, t: Translate): Promise<string> {
  const translated = xml.replaceAll(/ name="([^"]+)"/g, (_, name: string) => ` name="${shippedName(name, t)}"`);
  if (translated === xml) return xml;
  const found = kept.get(translated);
  if (found) return found;
  const { rootElement } = await moddle.fromXML(translated);
  for (const { plane } of (rootElement as { diagrams?: { plane: Plane }[] }).diagrams ?? []) {
    for (const { bpmnElement, bounds, waypoint, label } of plane.planeElement ?? []) {
      if (!bpmnElement?.name || !label?.bounds) continue;
      makeRoom(label.bounds, bpmnElement.name, bounds ?? besideLine(label.bounds, waypoint ?? []));
    }
  }
  const drawing = (await moddle.toXML(rootElement, { format: true })).xml;
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(translated, drawing);
  return drawing;
}

const LETTER_WIDTH = 6.8;
const LINE_HEIGHT = 14;
const MAX_WIDTH = 90;

/** The upright part of a flow that the label stands to the right of, as if it were a thin shape. */
function besideLine(label: Bounds, waypoints: { x: number; y: number }[]): Bounds | undefined {
  const upright = waypoints.find(
    ({ x }, at) => waypoints[at + 1]?.x === x && label.x >= x - 2 && label.x - x < BESIDE && label.x + label.width > x,
  );
  return upright && { x: upright.x, y: label.y, width: 0, height: 0 };
}
const BESIDE = 20;

/** The label grows away from its shape: to the right of it, to the left, or to both sides, and upwards above it. */
function makeRoom(label: Bounds, name: string, shape: Bounds | undefined): void {
  const longestWord = Math.max(...name.split(' ').map((word) => word.length));
  const width = Math.max(
    label.width,
    Math.min(MAX_WIDTH, Math.max(name.length, 3) * LETTER_WIDTH + 4),
    longestWord * LETTER_WIDTH + 4,
  );
  const lines = Math.ceil((name.length * LETTER_WIDTH) / width);
  const height = Math.max(label.height, lines * LINE_HEIGHT);
  if (shape && label.x + label.width <= shape.x + 2) label.x -= width - label.width;
  else if (!shape || label.x < shape.x + shape.width - 2) label.x -= (width - label.width) / 2;
  if (shape && label.y + label.height <= shape.y + 2) label.y -= height - label.height;
  label.width = Math.round(width);
  label.x = Math.round(label.x);
  label.y = Math.round(label.y);
  label.height = height;
}
