/**
 * Some editors have no translate service (form-js, the token simulation, the create menu's groups): their words are
 * replaced where they stand. Only whole, known words, and never what a designer has written: inputs, cells, drawings
 * and the form on its canvas are left alone.
 */
export function translateInPlace(root: HTMLElement, words: Readonly<Record<string, string>>): void {
  const visit = (node: Node) => {
    if (node instanceof Text) speak(node, words);
    else if (node instanceof HTMLElement && !node.matches(OWN_WORDS)) {
      for (const name of ATTRIBUTES) {
        const found = words[node.getAttribute(name)?.trim() ?? ''];
        if (found) node.setAttribute(name, found);
      }
      node.childNodes.forEach(visit);
    }
  };
  const watch = new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      const place = target instanceof HTMLElement ? target : target.parentElement;
      if (!place || place.closest(OWN_WORDS)) continue;
      if (type === 'childList') addedNodes.forEach(visit);
      else if (type === 'characterData') visit(target);
      else
        for (const name of ATTRIBUTES) {
          const found = words[place.getAttribute(name)?.trim() ?? ''];
          if (found) place.setAttribute(name, found);
        }
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

function speak(text: Text, words: Readonly<Record<string, string>>): void {
  const said = text.data.trim();
  const found = words[said];
  if (found && found !== said) text.data = text.data.replace(said, found);
}
