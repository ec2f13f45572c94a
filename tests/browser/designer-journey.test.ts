import { callersOf } from '../api/caller.ts';
import * as desk from './designer-desk.ts';
import { browserTest, hallOfFile } from './hall.ts';
import { doTask } from './task-form.ts';

const file = hallOfFile();
const PATIENCE_MS = 240_000;

const coldFlat = {
  channel: 'PHONE',
  title: '锦苑小区室温14度，老人感冒',
  content: '连续三天室温只有14度，家中82岁老人已感冒，请尽快恢复供热。',
  requestType: 'HELP',
  categoryCode: '050101',
  divisionCode: '140602',
  addressText: '朔城区锦苑小区6号楼2单元',
  intakeOutcome: 'FORWARD',
  callbackWanted: true,
  caller: { name: '张国栋', phone: '13800000001' },
};
const reached = { contactResult: 'REACHED', contactChannel: 'PHONE', contactNote: '诉求人在家' };
const dispatched: [accountId: string, elementId: string, variables: object][] = [
  ['dispatcher', 'reviewAndDispatch', { dispatchDecision: 'DISPATCH', hostUnitCode: 'heating', instruction: '请处理' }],
  ['handler', 'signAssignment', { signDecision: 'SIGN' }],
  ['handler', 'firstContact', reached],
];
const handled: typeof dispatched = [
  ['handler', 'handleRequest', { outcome: 'RESOLVED', publicReply: '已更换阀门，恢复供热。', internalNote: '换阀' }],
  ['handler', 'informResult', { ...reached, contactNote: '诉求人认可' }],
];

/** People of the town, by programs over /api. */
function town() {
  const { hall } = file;
  const as = callersOf(hall.town);
  return {
    async open(title: string): Promise<string> {
      const { body } = await (await as('agent')).post('/api/tickets', { ...coldFlat, title });
      return body.ticketNo;
    },
    async play(ticketNo: string, steps: typeof dispatched): Promise<void> {
      for (const [accountId, elementId, variables] of steps) {
        const { taskKey } = await hall.town.taskAt(ticketNo, elementId);
        const { status, body } = await (await as(accountId)).post(`/api/tasks/${taskKey}/complete`, { variables });
        if (status !== 200) throw new Error(`${elementId}: ${JSON.stringify(body)}`);
      }
    },
  };
}

browserTest(
  'a designer puts 科室复核 with a form of its own before the leader: new tickets stop there, older ones do not',
  async (t) => {
    t.timeout(PATIENCE_MS);
    const { hall } = file;
    const { open, play } = town();
    const older = await open('改图之前受理的诉求');
    await play(older, dispatched);

    const { page, complaints } = await hall.as('designer');
    await desk.openEditor(page, 'ticket');
    await desk.findElement(page, '单位领导审批');
    await desk.makeRoomBefore(page, 'unitLeaderApprove');
    const review = await desk.insertUserTask(page, 'checkTwoContactsToUnitLeaderApprove');
    await desk.openGroup(page, 'ElementTemplates__CustomProperties-task');
    await desk.openGroup(page, 'ElementTemplates__CustomProperties-people');
    await desk.writeEntry(page, 'custom-entry-liandong.user-task-task-0', '科室复核');
    await desk.writeEntry(page, 'custom-entry-liandong.user-task-people-0', '[unitGroup]');
    await page.locator('[data-problem-list] .problem-error', { hasText: '科室复核' }).first().waitFor();
    await page.locator('[data-task-form]').click();
    await page.waitForURL(/file=/);
    await desk.editorReady(page);
    await desk.addTextField(page, { key: 'sectionOpinion', label: '科室意见' });
    const sentences = await desk.openDeployDialog(page);
    t.regex(sentences, /新增用户任务“科室复核”/);
    t.regex(sentences, /新文件/);
    await desk.deployWith(page, '领导审批之前增加科室复核');
    await page.waitForURL(/\/processes\/ticket\?deployed=1/);
    const versions = page.locator('.table-l tbody tr');
    t.regex(await versions.first().innerText(), /第 2 版[\s\S]*领导审批之前增加科室复核/);
    t.deepEqual(complaints, []);

    const newer = await open('改图之后受理的诉求');
    await play(newer, [...dispatched, ...handled]);
    const handler = await hall.as('handler');
    await doTask(hall, handler.page, newer, review, { sectionOpinion: '复核无误，同意报领导审批。' });
    await hall.town.taskAt(newer, 'unitLeaderApprove');
    const answers = await hall.town.app.stores.taskAnswers.ofTicket(newer);
    t.true(JSON.stringify(answers).includes('复核无误，同意报领导审批。'), 'what was written is kept');

    await play(older, handled);
    await hall.town.taskAt(older, 'unitLeaderApprove');
    const stops = await hall.town.app.stores.taskAnswers.ofTicket(older);
    t.false(JSON.stringify(stops).includes(review), 'the drawing that a ticket began with stays its own');
    t.deepEqual(await hall.town.engine.incidents(10), []);
  },
);

browserTest('an invalid drawing is not deployed: the dialog names file, element and reason', async (t) => {
  t.timeout(PATIENCE_MS);
  const { page } = await file.hall.as('designer');
  const before = await file.hall.town.app.stores.processes.latestDeployment();
  await desk.openEditor(page, 'host-and-co-hosts');
  const task = await desk.insertUserTask(page, 'handleRequestToAllHandled');
  await desk.openGroup(page, 'ElementTemplates__CustomProperties-task');
  await desk.writeEntry(page, 'custom-entry-liandong.user-task-task-0', '没有表单的一步');
  await desk.openDeployDialog(page);
  await desk.deployWith(page, '试一试');
  const refusal = page.locator('[data-deploy-failure]');
  await refusal.locator('p', { hasText: task }).first().waitFor();
  t.regex(await refusal.innerText(), new RegExp(`host-and-co-hosts\\.bpmn · ${task}: .*表单`));
  t.is((await file.hall.town.app.stores.processes.latestDeployment())?.deploymentId, before?.deploymentId);

  await page.locator('[data-deploy-cancel]').click();
  await page.locator('[data-problem-list] .problem-error', { hasText: '没有表单的一步' }).first().click();
  await page.locator(`[data-canvas] [data-element-id="${task}"].selected`).waitFor();
});
