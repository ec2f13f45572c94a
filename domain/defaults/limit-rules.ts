import type { LimitRule, LimitStep, LimitUnit } from '../deadline/limit.ts';
import { ANY_CLASS, REWORK_CLASS } from '../deadline/limit-rule.ts';

type Row = readonly [limitClass: string, step: LimitStep, amount: number, unit: LimitUnit, source: string];

const DEFAULT = '[D] 默认';
const LVLIANG = '[P] 吕梁 2024';

/** domain.md §1. The regulation names no limit [S]: every row is ours or another city's, and an admin's to change. */
const ROWS: readonly Row[] = [
  [ANY_CLASS, 'DISPATCH', 3.5, 'WORKING_HOURS', `${DEFAULT}：半个工作日`],
  [ANY_CLASS, 'SIGN', 4, 'WORKING_HOURS', DEFAULT],
  [ANY_CLASS, 'FIRST_CONTACT', 1, 'WORKING_DAYS', DEFAULT],
  [ANY_CLASS, 'COMPLETE', 5, 'WORKING_DAYS', LVLIANG],
  [ANY_CLASS, 'CALLBACK', 1, 'WORKING_DAYS', DEFAULT],
  [ANY_CLASS, 'SUPERVISION_REPLY', 3, 'WORKING_DAYS', DEFAULT],
  ['URGENT', 'DISPATCH', 5, 'CLOCK_MINUTES', DEFAULT],
  ['URGENT', 'SIGN', 15, 'CLOCK_MINUTES', DEFAULT],
  ['URGENT', 'FIRST_CONTACT', 30, 'CLOCK_MINUTES', `${LVLIANG}；郑州 2017`],
  ['URGENT', 'COMPLETE', 24, 'CLOCK_HOURS', `${DEFAULT}；[S15(4)] 24小时快速联动处理机制`],
  ['LIFELINE', 'COMPLETE', 24, 'CLOCK_HOURS', DEFAULT],
  ['CONSULT', 'COMPLETE', 3, 'WORKING_DAYS', LVLIANG],
  ['HELP', 'COMPLETE', 5, 'WORKING_DAYS', `${LVLIANG}；山东 2020`],
  ['SUGGEST', 'COMPLETE', 5, 'WORKING_DAYS', `${LVLIANG}；山东 2020`],
  ['SUPERVISE', 'COMPLETE', 5, 'WORKING_DAYS', `${LVLIANG}；山东 2020`],
  ['COMPLAINT', 'COMPLETE', 5, 'WORKING_DAYS', `${LVLIANG}；山东 2020`],
  ['REPORT', 'COMPLETE', 15, 'WORKING_DAYS', '[P] 四川 2025'],
  [REWORK_CLASS, 'COMPLETE', 3, 'WORKING_DAYS', DEFAULT],
];

/** In force since the regulation, 2017-07-06, Shanghai time. */
const VALID_FROM = Date.UTC(2017, 6, 6) - 8 * 3_600_000;

export const LIMIT_RULES: readonly LimitRule[] = ROWS.map(([limitClass, step, amount, unit, source]) => ({
  ruleId: `${limitClass}:${step}:1`,
  limitClass,
  step,
  amount,
  unit,
  source,
  validFrom: VALID_FROM,
  validTo: null,
}));
