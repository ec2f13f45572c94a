import test from 'ava';
import { MINOR_CATEGORIES } from '../domain/defaults/categories.ts';
import { DISPATCH_RULES } from '../domain/defaults/dispatch-rules.ts';
import { LIMIT_RULES } from '../domain/defaults/limit-rules.ts';
import { DIVISIONS } from '../domain/defaults/divisions.ts';
import { REQUEST_TYPES, URGENCIES } from '../domain/ticket/ticket.ts';
import { openTicketScene } from './testing/ticket-scene.ts';

const scene = await openTicketScene();
test.after.always(() => scene.close());

interface Facts {
  intakeOutcome?: string;
  requestType: string;
  categoryCode: string;
  urgency: string;
  riskFlags?: string[];
  divisionCode?: string;
}
async function decide(decisionDefinitionId: string, facts: Facts, more: object = {}): Promise<unknown> {
  const whole = {
    intakeOutcome: 'FORWARD',
    channel: 'PHONE',
    riskFlags: [],
    divisionCode: '140602',
    anonymous: false,
    ...facts,
  };
  const variables = { facts: whole, ...more };
  const { output } = await scene.client.evaluateDecision({ decisionDefinitionId, variables } as never);
  return JSON.parse(output) as unknown;
}
const ruleOf = async (facts: Facts) => ((await decide('dispatch-catalogue', facts)) as { ruleCode: string }).ruleCode;

/** The sample tickets of domain.md §8: [type, category, division, urgency, flags] → rule, limit class. */
const samples: Record<string, [string, string, string, string, string[], string, string]> = {
  '锦苑小区室温14度，老人感冒': ['HELP', '050101', '140602', 'NORMAL', [], 'HEATING', 'LIFELINE'],
  '热力主管网爆裂，三个小区停暖': ['HELP', '050102', '140602', 'IMMEDIATE', [], 'HEATING', 'URGENT'],
  井坪镇停水两天: ['HELP', '050201', '140603', 'NORMAL', [], 'COUNTY_140603', 'LIFELINE'],
  自来水发黄有异味: ['COMPLAINT', '050202', '140602', 'NORMAL', [], 'WATER_QUALITY', 'LIFELINE'],
  烧烤店音响到凌晨一点: ['COMPLAINT', '050603', '140602', 'NORMAL', [], 'NOISE', 'COMPLAINT'],
  运煤车半夜过村扬尘: ['COMPLAINT', '060202', '140622', 'NORMAL', [], 'HAULAGE_DUST', 'COMPLAINT'],
  岱岳镇主路井盖缺失: ['HELP', '050501', '140621', 'IMMEDIATE', [], 'COUNTY_140621', 'URGENT'],
  陶瓷厂拖欠12名工人工资: ['REPORT', '010101', '140681', 'NORMAL', ['GROUP_INCIDENT'], 'LABOUR', 'REPORT'],
  '3路公交末班车延长': ['SUGGEST', '060101', '140602', 'NORMAL', [], 'BUS', 'SUGGEST'],
  户口在应县能否在朔城区上小学: ['CONSULT', '020101', '140602', 'NORMAL', [], 'EDUCATION', 'CONSULT'],
  学校食堂饭菜有异物: ['REPORT', '020102', '140622', 'NORMAL', [], 'SCHOOL_FOOD', 'REPORT'],
  '早市占道，消防车进不了': ['COMPLAINT', '050602', '140602', 'NORMAL', [], 'FIRE_LANE', 'COMPLAINT'],
  超市卖过期牛奶: ['COMPLAINT', '070101', '140602', 'NORMAL', [], 'MARKET', 'COMPLAINT'],
  电梯两个月不修: ['COMPLAINT', '050801', '140603', 'URGENT', [], 'ELEVATOR', 'URGENT'],
  低保材料四十天没答复: ['SUPERVISE', '010401', '140602', 'NORMAL', [], 'CIVIL_AFFAIRS', 'SUPERVISE'],
  医保异地就医备案: ['CONSULT', '010301', '140602', 'NORMAL', [], 'MEDICAL_INSURANCE', 'CONSULT'],
  征地补偿款两年未到位: ['HELP', '040201', '140602', 'NORMAL', [], 'NATURAL_RESOURCES', 'HELP'],
  法院判决不服: ['COMPLAINT', '100102', '140602', 'NORMAL', [], 'JUSTICE', 'COMPLAINT'],
  举报某干部收受礼金: ['REPORT', '110401', '140602', 'NORMAL', [], 'CENTRE', 'REPORT'],
  化工车侧翻泄漏: ['EMERGENCY', '090301', '140602', 'EMERGENCY', ['PUBLIC_SAFETY'], 'EMERGENCY_MANAGEMENT', 'URGENT'],
};

test('the sample tickets find their unit and their limits', async (t) => {
  for (const [title, [requestType, categoryCode, divisionCode, urgency, riskFlags, rule, limitClass]] of Object.entries(
    samples,
  )) {
    const facts = { requestType, categoryCode, divisionCode, urgency, riskFlags };
    t.is(await ruleOf(facts), rule, title);
    t.is(await decide('limit-class', facts), limitClass, title);
  }
});

test('every category and every division comes to a rule that has a row; only the last resort has none', async (t) => {
  const rows = new Set(DISPATCH_RULES.map(({ ruleCode }) => ruleCode));
  const undecided: string[] = [];
  const everywhere = DIVISIONS.map(({ code }) => ['050201', code] as const);
  const everything = MINOR_CATEGORIES.flatMap(
    ({ code }) =>
      [
        [code, '140602'],
        [code, '140603'],
      ] as const,
  );
  for (const [categoryCode, divisionCode] of [...everywhere, ...everything]) {
    const rule = await ruleOf({ requestType: 'HELP', categoryCode, urgency: 'NORMAL', divisionCode });
    if (rule === 'CENTRE') undecided.push(categoryCode);
    else t.true(rows.has(rule), `${categoryCode} ${divisionCode}: ${rule}`);
  }
  t.deepEqual([...new Set(undecided)], ['110401', '120101']);
  t.is(await ruleOf({ requestType: 'HELP', categoryCode: '999999', urgency: 'NORMAL' }), 'CENTRE');
});

test('every request comes to a limit class that has a completion limit', async (t) => {
  const rows = new Set(LIMIT_RULES.filter(({ step }) => step === 'COMPLETE').map(({ limitClass }) => limitClass));
  for (const requestType of REQUEST_TYPES) {
    for (const urgency of URGENCIES) {
      for (const categoryCode of ['050101', '120101']) {
        const limitClass = (await decide('limit-class', { requestType, urgency, categoryCode })) as string;
        t.true(rows.has(limitClass), `${requestType} ${urgency} ${categoryCode}: ${limitClass}`);
      }
    }
  }
});

test('urgency is never lower than what the agent set, and rises with danger', async (t) => {
  const of = (facts: Partial<Facts>) =>
    decide('urgency', { requestType: 'HELP', categoryCode: '120101', urgency: 'NORMAL', ...facts });
  t.is(await of({}), 'NORMAL');
  t.is(await of({ riskFlags: ['PERSONAL_SAFETY'] }), 'IMMEDIATE');
  t.is(await of({ riskFlags: ['GROUP_INCIDENT'], urgency: 'EMERGENCY' }), 'EMERGENCY');
  t.is(await of({ categoryCode: '050501' }), 'IMMEDIATE');
  t.is(await of({ requestType: 'EMERGENCY' }), 'EMERGENCY');
  for (const code of ['120101', '050501', '050801', '090301']) {
    for (const [rank, urgency] of URGENCIES.entries()) {
      const decided = (await of({ categoryCode: code, urgency })) as (typeof URGENCIES)[number];
      t.true(URGENCIES.indexOf(decided) >= rank, `${code} ${urgency}: ${decided}`);
    }
  }
});

test('acceptance follows the agent; a channel without one answers questions and dispatches the rest', async (t) => {
  const of = (facts: Partial<Facts>, urgency = 'NORMAL') =>
    decide('acceptance', { requestType: 'HELP', categoryCode: '120101', urgency: 'NORMAL', ...facts }, { urgency });
  t.is(await of({ intakeOutcome: 'ANSWER' }), 'ANSWERED');
  t.is(await of({ intakeOutcome: 'REJECT' }), 'REJECT');
  t.is(await of({ intakeOutcome: 'FORWARD', requestType: 'CONSULT' }), 'DISPATCH');
  t.is(await of({ intakeOutcome: 'NONE', requestType: 'CONSULT' }), 'ANSWER');
  t.is(await of({ intakeOutcome: 'NONE', requestType: 'CONSULT' }, 'IMMEDIATE'), 'DISPATCH');
  t.is(await of({ intakeOutcome: 'NONE', requestType: 'COMPLAINT' }), 'DISPATCH');
});
