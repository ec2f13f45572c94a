import type { DispatchRule } from '../dispatch/dispatch-rule.ts';

type Row = readonly [ruleCode: string, name: string, hostUnitCode: string, ...coHostUnitCodes: string[]];

/**
 * The dispatch catalogue 派单目录 as workflows/dispatch-catalogue.dmn picks from it. `CENTRE` (the dispatcher decides) has no row
 * on purpose.
 */
const ROWS: readonly Row[] = [
  ['POLICE', '治安与户籍', 'police'],
  ['FIRE', '消防安全', 'fire-rescue'],
  ['FIRE_LANE', '占道堵塞消防通道', 'urban-management', 'fire-rescue'],
  ['EMERGENCY_MANAGEMENT', '安全生产与事故', 'emergency-management'],
  ['LABOUR', '劳动保障', 'labour'],
  ['MEDICAL_INSURANCE', '医疗保障', 'medical-insurance'],
  ['CIVIL_AFFAIRS', '社会救助', 'civil-affairs'],
  ['EDUCATION', '教育', 'education'],
  ['SCHOOL_FOOD', '校园食品安全', 'market-regulation', 'education'],
  ['CULTURE', '文体旅游', 'culture-tourism'],
  ['HEALTH', '医疗卫生', 'health'],
  ['ENVIRONMENT', '生态环境', 'environment'],
  ['NATURAL_RESOURCES', '土地与规划', 'natural-resources'],
  ['WATER_AFFAIRS', '水利', 'water-affairs'],
  ['AGRICULTURE', '农业农村', 'agriculture'],
  ['HEATING', '供热', 'heating'],
  ['WATER', '供水', 'water'],
  ['WATER_QUALITY', '供水水质', 'water', 'health'],
  ['POWER', '供电', 'power'],
  ['GAS', '燃气', 'gas'],
  ['MUNICIPAL', '市政设施', 'housing'],
  ['URBAN_MANAGEMENT', '市容秩序', 'urban-management'],
  ['NOISE', '社会生活噪声', 'urban-management', 'police', 'environment'],
  ['HOUSING', '住房与物业', 'housing'],
  ['ELEVATOR', '电梯与特种设备', 'market-regulation', 'housing'],
  ['BUS', '公共交通', 'bus'],
  ['TRANSPORT', '道路运输', 'transport'],
  ['HAULAGE_DUST', '货运扬尘扰民', 'transport', 'environment'],
  ['MARKET', '市场监管', 'market-regulation'],
  ['FINANCE', '金融保险', 'finance'],
  ['JUSTICE', '司法与法律援助', 'justice'],
  ['ADMINISTRATION', '政务服务', 'administrative-approval'],
  ['TELECOM', '通信', 'telecom'],
  ['COUNTY_140603', '平鲁区属地事项', 'county-140603'],
  ['COUNTY_140621', '山阴县属地事项', 'county-140621'],
  ['COUNTY_140622', '应县属地事项', 'county-140622'],
  ['COUNTY_140623', '右玉县属地事项', 'county-140623'],
  ['COUNTY_140681', '怀仁市属地事项', 'county-140681'],
  ['COUNTY_140671', '经开区属地事项', 'county-140671'],
];

const VALID_FROM = Date.UTC(2017, 6, 6) - 8 * 3_600_000;

export const DISPATCH_RULES: readonly DispatchRule[] = ROWS.map(([ruleCode, name, hostUnitCode, ...coHosts]) => ({
  ruleCode,
  name,
  hostUnitCode,
  coHostUnitCodes: coHosts,
  source: '[D] 派单目录默认',
  validFrom: VALID_FROM,
  validTo: null,
}));
