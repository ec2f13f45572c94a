import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './modeler/process-pages.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import Viewer from 'bpmn-js/lib/Viewer';

interface Numbers {
  elementId: string;
  active: number;
  incidents: number;
}

const refreshMs = 5000;

// bpmn-js's services come untyped out of its injector
type Drawing = any;

async function draw(place: HTMLElement): Promise<Drawing> {
  const { diagram, navigate } = place.dataset;
  const response = await fetch(diagram!);
  if (!response.ok) return undefined;
  const Kind = navigate ? NavigatedViewer : Viewer;
  const viewer: Drawing = new Kind({ container: place });
  await viewer.importXML(await response.text());
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  if (navigate) zoomButtons(place, viewer);
  place.dataset.drawn = 'true';
  return viewer;
}

/** A long process fits the window only when nobody can read it: it opens at a readable size, at its beginning. */
const readableScale = 0.55;

function zoomButtons(place: HTMLElement, viewer: Drawing): void {
  const canvas = viewer.get('canvas');
  const fit = canvas.zoom();
  if (fit < readableScale) {
    const { inner } = canvas.viewbox();
    canvas.viewbox({
      x: inner.x - 20,
      y: inner.y - 20,
      width: place.clientWidth / readableScale,
      height: place.clientHeight / readableScale,
    });
  }
  for (const button of place.parentElement!.querySelectorAll<HTMLElement>('[data-zoom]')) {
    const step = Number(button.dataset.zoom);
    button.addEventListener('click', () =>
      canvas.zoom(step === 0 ? 'fit-viewport' : canvas.zoom() * (step > 0 ? 1.25 : 0.8), 'auto'),
    );
  }
}

async function keepNumbers(place: HTMLElement, viewer: Drawing): Promise<void> {
  const source = place.dataset.statistics;
  if (!source || !viewer) return;
  const refresh = async () => {
    if (document.hidden) return;
    const response = await fetch(source, { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (!response?.ok) return;
    const { elements } = (await response.json()) as { elements: Numbers[] };
    show(place, viewer, elements);
  };
  await refresh();
  setInterval(() => void refresh(), refreshMs);
}

function show(place: HTMLElement, viewer: Drawing, elements: Numbers[]): void {
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  overlays.remove({ type: 'numbers' });
  for (const { elementId, active, incidents } of elements) {
    if (!registry.get(elementId)) continue;
    const badge = (count: number, kind: string, title: string, left: number) => {
      if (count === 0) return;
      const dot = document.createElement('div');
      dot.className = `token-badge ${kind}`;
      dot.textContent = String(count);
      dot.title = `${title}: ${count}`;
      overlays.add(elementId, 'numbers', { position: { top: -12, left }, html: dot });
    };
    badge(active, '', place.dataset.wordActive ?? '', -10);
    badge(incidents, 'token-badge-red', place.dataset.wordIncident ?? '', 18);
  }
}

for (const place of document.querySelectorAll<HTMLElement>('[data-diagram]')) {
  void draw(place).then((viewer) => keepNumbers(place, viewer));
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-confirm]')) {
  form.addEventListener('submit', (event) => {
    if (!window.confirm(form.dataset.confirm)) event.preventDefault();
  });
}
