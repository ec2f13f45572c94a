import type { Page } from 'playwright-core';
import type { Hall } from './hall.ts';

/** Opens the ticket's task at the element as the person finds it: in the list, once the engine has made it. */
export async function openTask({ town }: Hall, page: Page, ticketNo: string, elementId: string): Promise<string> {
  const { taskKey } = await town.taskAt(ticketNo, elementId);
  if ((await openedTask(page)) !== taskKey) await page.goto(`/tasks?task=${taskKey}`);
  return taskKey;
}

export async function openedTask(page: Page): Promise<string | null> {
  const pane = page.locator('#task-pane [data-task-key]');
  return (await pane.count()) === 0 ? null : pane.first().getAttribute('data-task-key');
}

/** Types and chooses as a person does, in the form that is open. */
export async function fillTask(page: Page, answers: Record<string, string | boolean | number | string[]>) {
  for (const [key, value] of Object.entries(answers)) {
    const field = page.locator(`#task-form [data-field="${key}"]`);
    await field.waitFor();
    for (const one of Array.isArray(value) ? value : [value]) await fillField(field, String(one));
  }
}

async function fillField(field: ReturnType<Page['locator']>, value: string) {
  const option = field.locator(`label:has(input[value=${JSON.stringify(value)}])`);
  if ((await option.count()) > 0) await option.first().click();
  else if ((await field.locator('select').count()) > 0) await field.locator('select').selectOption(value);
  else await field.locator('input, textarea').fill(value);
}

/** Presses "done" and waits until the page says so. */
export async function completeTask(page: Page): Promise<void> {
  const before = await openedTask(page);
  await page.locator('[data-complete]').click();
  await page.locator(`#task-pane [data-task-key="${before}"]`).waitFor({ state: 'detached' });
}

/** The next step of a ticket, from finding it to its end. */
export async function doTask(
  hall: Hall,
  page: Page,
  ticketNo: string,
  elementId: string,
  answers: Record<string, string | boolean | number | string[]>,
): Promise<string> {
  const taskKey = await openTask(hall, page, ticketNo, elementId);
  await fillTask(page, answers);
  await completeTask(page);
  return taskKey;
}
