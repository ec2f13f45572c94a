import type { Unit } from '../domain/unit/unit.ts';

type UnitLine = [code: string, name: string, nameEn: string, kind?: Unit['kind'], divisionCode?: string];

const tier1: UnitLine[] = [
  ['police', '市公安局', 'Public Security Bureau'],
  ['fire', '市消防救援支队', 'Fire and Rescue'],
  ['emergency', '市应急管理局', 'Emergency Management'],
  ['housing', '市住房和城乡建设局', 'Housing and Construction'],
  ['urban-management', '市城市管理局', 'Urban Management'],
  ['transport', '市交通运输局', 'Transport'],
  ['health', '市卫生健康委', 'Health Commission'],
  ['ecology', '市生态环境局', 'Ecology and Environment'],
  ['market', '市市场监管局', 'Market Regulation'],
  ['power', '市供电公司', 'Power Supply Company', 'ENTERPRISE'],
  ['water', '市自来水公司', 'Water Supply Company', 'ENTERPRISE'],
  ['heating', '市热力公司', 'Heating Company', 'ENTERPRISE'],
  ['gas', '市燃气公司', 'Gas Company', 'ENTERPRISE'],
  ['bus', '市公交公司', 'Bus Company', 'ENTERPRISE'],
  ['shuocheng', '朔城区政府', 'Shuocheng District', 'DIVISION', '140602'],
  ['pinglu', '平鲁区政府', 'Pinglu District', 'DIVISION', '140603'],
  ['shanyin', '山阴县政府', 'Shanyin County', 'DIVISION', '140621'],
  ['yingxian', '应县政府', 'Ying County', 'DIVISION', '140622'],
  ['youyu', '右玉县政府', 'Youyu County', 'DIVISION', '140623'],
  ['huairen', '怀仁市政府', 'Huairen City', 'DIVISION', '140681'],
  ['development-zone', '朔州经济开发区管委会', 'Economic Development Zone', 'DIVISION', '140671'],
];
const tier2: UnitLine[] = [
  ['human-resources', '市人力资源和社会保障局', 'Human Resources and Social Security'],
  ['education', '市教育局', 'Education'],
  ['civil-affairs', '市民政局', 'Civil Affairs'],
  ['natural-resources', '市规划和自然资源局', 'Planning and Natural Resources'],
  ['water-affairs', '市水利局', 'Water Resources'],
  ['agriculture', '市农业农村局', 'Agriculture and Rural Affairs'],
  ['culture-tourism', '市文化和旅游局', 'Culture and Tourism'],
  ['telecom', '市通信管理办公室', 'Telecommunications', 'ENTERPRISE'],
];
const tier3: UnitLine[] = [
  ['finance', '市财政局', 'Finance'],
  ['development-reform', '市发展改革委', 'Development and Reform'],
  ['justice', '市司法局', 'Justice'],
  ['meteorology', '市气象局', 'Meteorology'],
  ['red-cross', '市红十字会', 'Red Cross'],
  ['approval', '市行政审批服务管理局', 'Administrative Approval'],
];

const unitsOf = (tier: Unit['tier'], lines: UnitLine[]): Unit[] =>
  lines.map(([unitCode, name, nameEn, kind = 'DEPARTMENT', divisionCode = null], index) => ({
    unitCode,
    name,
    nameEn,
    tier,
    kind,
    divisionCode: divisionCode as string | null,
    dutyPhone: `0349-2${tier}${String(index + 1).padStart(2, '0')}000`,
    active: true,
  }));

/** The member units of domain.md §8; the division of tiers is ours. */
export const demoUnits: Unit[] = [...unitsOf(1, tier1), ...unitsOf(2, tier2), ...unitsOf(3, tier3)];
