import type { Locator, Page } from 'playwright-core';

/** What a designer does with mouse and keyboard; waits for what the page shows, never for time. */
export async function openEditor(page: Page, processId: string, file?: string): Promise<void> {
  await page.goto(`/processes/${processId}/edit${file ? `?file=${file}` : ''}`);
  await editorReady(page);
}

export async function editorReady(page: Page): Promise<void> {
  await page.waitForSelector('body[data-editor-ready]');
}

/** Ctrl F, the name, Enter: selects the element and brings it into sight. */
export async function findElement(page: Page, name: string): Promise<void> {
  await page
    .locator('[data-canvas] svg')
    .first()
    .click({ position: { x: 500, y: 60 } });
  await page.keyboard.press('Control+f');
  await page.keyboard.type(name);
  // Typed Chinese comes without the key that the search listens to.
  await page.keyboard.press('End');
  await page.locator('.djs-search-result').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-properties] .bio-properties-panel-header', { hasText: name }).waitFor();
}

/** The space tool: pushes the element and all behind it to the right. */
export async function makeRoomBefore(page: Page, elementId: string): Promise<void> {
  const { x, y } = await boxOf(drawn(page, elementId));
  await page.locator('.djs-palette [data-action="space-tool"]').click();
  await drag(page, { x: x - 4, y: y - 15 }, { x: x + 96, y: y - 15 });
  await page.waitForFunction(
    `document.querySelector(${JSON.stringify(selectorOf(elementId))}).getBoundingClientRect().x > ${x + 50}`,
  );
}

/** Our user task from the create menu, dropped on a flow, which it splits. @returns the new element's id */
export async function insertUserTask(page: Page, flowId: string): Promise<string> {
  const { x, y, width, height } = await boxOf(drawn(page, flowId));
  await page.locator('.djs-palette [data-action="create"]').click();
  const search = page.locator('.djs-popup input');
  await search.pressSequentially('user task');
  await page.locator('.djs-popup [data-id="create.template-liandong.user-task"]').click();
  const middle = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(middle.x, middle.y + 30);
  await page.mouse.move(middle.x, middle.y, { steps: 4 });
  await page.mouse.click(middle.x, middle.y);
  const created = page.locator('[data-canvas] .djs-shape.selected');
  await created.waitFor();
  return (await created.getAttribute('data-element-id'))!;
}

/** Opens a group of the properties panel. */
export async function openGroup(page: Page, groupId: string): Promise<void> {
  const header = page.locator(`[data-group-id="group-${groupId}"] > .bio-properties-panel-group-header`);
  if (!(await header.evaluate((element) => element.classList.contains('open')))) await header.click();
}

/** Writes into a field of the panel and leaves it, so that it counts. */
export async function writeEntry(page: Page, entryId: string, text: string): Promise<void> {
  const field = page.locator(`[data-entry-id="${entryId}"] :is(input, textarea, [contenteditable="true"])`).first();
  await field.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await field.blur();
}

/** The editor says that the server has the draft. */
export async function draftSaved(page: Page): Promise<void> {
  await page.locator('[data-save-state="saved"]').waitFor();
}

/** A text field, dragged from the form editor's palette into the form. */
export async function addTextField(page: Page, field: { key: string; label: string }): Promise<void> {
  const from = await boxOf(page.locator('[data-field-type="textfield"]').first());
  const form = await boxOf(page.locator('.fjs-editor-form-root'));
  await drag(page, centreOf(from), { x: form.x + form.width / 2, y: form.y + Math.min(60, form.height / 2) });
  await page.locator('.fjs-editor-form-root .fjs-form-field-textfield').waitFor();
  await openGroup(page, 'general');
  await writeEntry(page, 'label', field.label);
  await writeEntry(page, 'key', field.key);
  await page.locator('.fjs-editor-form-root', { hasText: field.label }).waitFor();
}

/** Opens the deploy dialog; what would change, in sentences. */
export async function openDeployDialog(page: Page): Promise<string> {
  await page.locator('[data-deploy-open]').click();
  await page.locator('[data-deploy-dialog][open] [data-deploy-difference] :is(li, p, h4)').first().waitFor();
  return page.locator('[data-deploy-difference]').innerText();
}

export async function deployWith(page: Page, note: string): Promise<void> {
  await page.fill('#deploy-note', note);
  await page.locator('[data-deploy-submit]').click();
}

const selectorOf = (elementId: string) => `[data-canvas] [data-element-id="${elementId}"] > .djs-visual`;
const drawn = (page: Page, elementId: string) => page.locator(selectorOf(elementId)).first();

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(place: Locator): Promise<Box> {
  const box = await place.boundingBox();
  if (!box) throw new Error('not on the screen');
  return box;
}

const centreOf = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.move(to.x + 2, to.y, { steps: 2 });
  await page.mouse.up();
}
