import type { Page } from 'playwright-core';

/** Letters that a Chinese page may show: names of things, keys, codes. */
const KNOWN_WORDS =
  /\b(Ctrl|Alt|Enter|Shift|English|Switch to English|BPMN|DMN|Excel|PDF|API|JSON|XML|Camunda|bpmn\.io|Liandong)\b/g;
const SENTENCE = /[A-Za-z]{2,}(?: [a-z]{2,}){2,}/;
const UNTRANSLATED =
  /\b(enum|error|tasks|ticket|admin|workbench|intake|event|notification|audit|navigation|shell)\.[\w.]+/;

/** What is shown as text, and what only names things: titles, placeholders, labels for screen readers. */
async function wordsOf(page: Page): Promise<string> {
  const named = await page
    .locator('[title], [placeholder], [aria-label]')
    .evaluateAll((elements) =>
      elements.flatMap((element) =>
        ['title', 'placeholder', 'aria-label'].map((name) => element.getAttribute(name) ?? ''),
      ),
    );
  return [await page.locator('body').innerText(), ...named].join('\n');
}

/** Words of the interface, not of the data (a heading may greet somebody by name): buttons, labels, columns. */
const FURNITURE = '.nav-side a, .nav-title, th, legend, label > span:first-child, .btn-2, .btn-go, .filters label';

export async function languageProblems(page: Page, locale: 'zh-CN' | 'en'): Promise<string[]> {
  const words = await wordsOf(page);
  const problems: string[] = [];
  const key = UNTRANSLATED.exec(words.replaceAll(/\S+\.(form|bpmn|dmn)\b/g, ''))?.[0];
  if (key !== undefined) problems.push(`not translated: ${key}`);
  if (locale === 'zh-CN') {
    const english = SENTENCE.exec(words.replaceAll(KNOWN_WORDS, ''))?.[0];
    if (english !== undefined) problems.push(`English in a Chinese page: ${english}`);
    return problems;
  }
  const furniture = await page.locator(FURNITURE).allInnerTexts();
  const chinese = furniture.find((text) => /[\u4e00-\u9fff]/.test(text) && text.trim() !== '中文');
  if (chinese !== undefined) problems.push(`Chinese in an English page: ${chinese}`);
  return problems;
}

/** A page that must be pushed sideways is none for a telephone. */
export async function sidewaysProblems(page: Page): Promise<string[]> {
  const [wide, seen] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [number, number];
  return wide > seen ? [`${wide} px wide on a screen of ${seen}`] : [];
}
