import type { Unit } from '../unit/unit.ts';

type Row = readonly [unitCode: string, name: string, nameEn: string, kind?: Unit['kind']];

/** Tiers of domain.md §8 [D]. */
const TIER_1: readonly Row[] = [
  ['police', '市公安局', 'Public Security Bureau'],
  ['fire-rescue', '市消防救援支队', 'Fire and Rescue'],
  ['emergency-management', '市应急管理局', 'Emergency Management Bureau'],
  ['housing', '市住房和城乡建设局', 'Housing and Construction Bureau'],
  ['urban-management', '市城市管理局', 'Urban Management Bureau'],
  ['transport', '市交通运输局', 'Transport Bureau'],
  ['health', '市卫生健康委员会', 'Health Commission'],
  ['environment', '市生态环境局', 'Ecology and Environment Bureau'],
  ['market-regulation', '市市场监督管理局', 'Market Regulation Bureau'],
  ['power', '市供电公司', 'Power Supply Company', 'ENTERPRISE'],
  ['water', '市自来水公司', 'Water Supply Company', 'ENTERPRISE'],
  ['heating', '市热力公司', 'Heating Company', 'ENTERPRISE'],
  ['gas', '市燃气公司', 'Gas Company', 'ENTERPRISE'],
  ['bus', '市公交公司', 'Bus Company', 'ENTERPRISE'],
  ['county-140602', '朔城区人民政府', 'Shuocheng District', 'DIVISION'],
  ['county-140603', '平鲁区人民政府', 'Pinglu District', 'DIVISION'],
  ['county-140621', '山阴县人民政府', 'Shanyin County', 'DIVISION'],
  ['county-140622', '应县人民政府', 'Ying County', 'DIVISION'],
  ['county-140623', '右玉县人民政府', 'Youyu County', 'DIVISION'],
  ['county-140681', '怀仁市人民政府', 'Huairen City', 'DIVISION'],
  ['county-140671', '朔州经济开发区管委会', 'Economic Development Zone', 'DIVISION'],
];
const TIER_2: readonly Row[] = [
  ['labour', '市人力资源和社会保障局', 'Human Resources and Social Security Bureau'],
  ['medical-insurance', '市医疗保障局', 'Medical Insurance Bureau'],
  ['education', '市教育局', 'Education Bureau'],
  ['civil-affairs', '市民政局', 'Civil Affairs Bureau'],
  ['natural-resources', '市自然资源局', 'Natural Resources Bureau'],
  ['water-affairs', '市水利局', 'Water Affairs Bureau'],
  ['agriculture', '市农业农村局', 'Agriculture Bureau'],
  ['culture-tourism', '市文化和旅游局', 'Culture and Tourism Bureau'],
  ['telecom', '市通信管理办公室', 'Telecommunications Office'],
];
const TIER_3: readonly Row[] = [
  ['finance', '市财政局', 'Finance Bureau'],
  ['development-reform', '市发展和改革委员会', 'Development and Reform Commission'],
  ['justice', '市司法局', 'Justice Bureau'],
  ['meteorology', '市气象局', 'Meteorological Bureau'],
  ['red-cross', '市红十字会', 'Red Cross Society'],
  ['administrative-approval', '市行政审批服务管理局', 'Administrative Approval Bureau'],
];

function unitsOf(tier: Unit['tier'], rows: readonly Row[]): Unit[] {
  return rows.map(([unitCode, name, nameEn, kind = 'DEPARTMENT']) => ({
    unitCode,
    name,
    nameEn,
    tier,
    kind,
    divisionCode: kind === 'DIVISION' ? unitCode.slice('county-'.length) : null,
    dutyPhone: null,
    active: true,
  }));
}

/** Member units of the linkage [S14]: those the dispatch catalogue names, and the supporting ones. */
export const UNITS: readonly Unit[] = [...unitsOf(1, TIER_1), ...unitsOf(2, TIER_2), ...unitsOf(3, TIER_3)];
