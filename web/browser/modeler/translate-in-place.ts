import { verbs } from './zh-verbs.ts';

/**
 * Some editors have no translate service (form-js, the token simulation, the create menu's groups): their words are
 * replaced where they stand. Only whole, known words, and never what a designer has written: inputs, cells, drawings
 * and the form on its canvas are left alone.
 */
export function translateInPlace(root: HTMLElement, words: Readonly<Record<string, string>>): void {
  const speakAttributes = (element: Element) => {
    for (const name of ATTRIBUTES) {
      const found = phrase(element.getAttribute(name)?.trim() ?? '', words);
      if (found && found !== element.getAttribute(name)) element.setAttribute(name, found);
    }
  };
  const visit = (node: Node) => {
    if (node instanceof Text) speak(node, words);
    else if (node instanceof HTMLElement && !node.matches(OWN_WORDS)) {
      speakAttributes(node);
      node.childNodes.forEach(visit);
    }
  };
  const watch = new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      const place = target instanceof HTMLElement ? target : target.parentElement;
      if (!place || place.closest(OWN_WORDS)) continue;
      if (type === 'childList') addedNodes.forEach(visit);
      else if (type === 'characterData') visit(target);
      else speakAttributes(place);
    }
  });
  visit(root);
  watch.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
}

const ATTRIBUTES = ['title', 'placeholder', 'aria-label'];
const OWN_WORDS = 'svg, td, textarea, [contenteditable="true"], .fjs-editor-form-root .fjs-element, .cm-editor';

/** Whole words, and the few phrases that hold one of them. */
function phrase(said: string, words: Readonly<Record<string, string>>): string | undefined {
  if (words[said]) return words[said];
  const [, verb, thing = ''] = /^(Create an?|Remove) (.+?)(?: element)?$/.exec(said) ?? [];
  return verb && words[thing] ? `${verbs[verb === 'Remove' ? 'remove' : 'create']}${words[thing]}` : undefined;
}

function speak(text: Text, words: Readonly<Record<string, string>>): void {
  const said = text.data.trim();
  const found = words[said];
  if (found && found !== said) text.data = text.data.replace(said, found);
}
