export interface Category {
  code: string;
  name: string;
  nameEn: string;
}
export interface MajorCategory extends Category {
  minors: readonly Category[];
}

type Names = readonly [minor: string, name: string, nameEn: string];

function major(code: string, name: string, nameEn: string, ...minors: Names[]): MajorCategory {
  return {
    code,
    name,
    nameEn,
    minors: minors.map(([minor, minorName, minorNameEn]) => ({
      code: code + minor,
      name: minorName,
      nameEn: minorNameEn,
    })),
  };
}

/** The 12 majors of domain.md §2; minors are ours, as the decision tables know them (workflows/README.md). */
export const CATEGORIES: readonly MajorCategory[] = [
  major(
    '01',
    '社保就业',
    'Social security and employment',
    ['0101', '拖欠工资', 'Unpaid wages'],
    ['0102', '劳动关系', 'Labour relations'],
    ['0201', '就业与社会保险', 'Employment and social insurance'],
    ['0301', '医保异地就医', 'Medical insurance away from home'],
    ['0302', '医保待遇', 'Medical insurance benefits'],
    ['0401', '最低生活保障', 'Subsistence allowance'],
    ['0402', '临时救助', 'Temporary relief'],
  ),
  major(
    '02',
    '教育文体',
    'Education, culture and sport',
    ['0101', '义务教育入学', 'School enrolment'],
    ['0102', '校园食品安全', 'Food safety at school'],
    ['0103', '校外培训', 'Private tutoring'],
    ['0201', '文化体育旅游', 'Culture, sport and tourism'],
  ),
  major('03', '医疗卫生', 'Health', ['0101', '医疗服务', 'Medical services'], ['0201', '公共卫生', 'Public health']),
  major(
    '04',
    '环保资源',
    'Environment and resources',
    ['0101', '扬尘与大气污染', 'Dust and air pollution'],
    ['0102', '工业噪声', 'Industrial noise'],
    ['0103', '水体污染', 'Water pollution'],
    ['0201', '征地补偿', 'Compensation for expropriated land'],
    ['0202', '违法用地', 'Unlawful use of land'],
    ['0301', '水利与灌溉', 'Water works and irrigation'],
    ['0401', '农业农村', 'Agriculture and villages'],
  ),
  major(
    '05',
    '城乡建设管理',
    'Urban and rural construction',
    ['0101', '供热温度不达标', 'Heating too cold'],
    ['0102', '供热管网故障', 'Fault of the heating network'],
    ['0201', '停水', 'Water cut off'],
    ['0202', '水质异常', 'Water quality'],
    ['0301', '停电', 'Power cut'],
    ['0401', '燃气故障', 'Gas fault'],
    ['0501', '井盖与道路设施', 'Manhole covers and road fittings'],
    ['0502', '路灯照明', 'Street lighting'],
    ['0601', '占道经营', 'Street vending'],
    ['0602', '占道堵塞消防通道', 'Blocked fire lane'],
    ['0603', '社会生活噪声', 'Neighbourhood noise'],
    ['0701', '物业服务', 'Property management'],
    ['0702', '房屋质量', 'Quality of buildings'],
    ['0801', '电梯故障', 'Lift fault'],
  ),
  major(
    '06',
    '交通物流',
    'Transport and logistics',
    ['0101', '公交线路与班次', 'Bus lines and timetables'],
    ['0201', '道路养护', 'Road maintenance'],
    ['0202', '货运车辆扰民', 'Nuisance from lorries'],
    ['0203', '客运与出租', 'Coaches and taxis'],
    ['0301', '交通拥堵与停车', 'Traffic jams and parking'],
  ),
  major(
    '07',
    '商贸消费',
    'Trade and consumers',
    ['0101', '食品过期变质', 'Expired or spoiled food'],
    ['0102', '消费纠纷', 'Consumer disputes'],
    ['0201', '价格违法', 'Unlawful pricing'],
  ),
  major(
    '08',
    '金融保险',
    'Finance and insurance',
    ['0101', '银行服务', 'Banking services'],
    ['0201', '保险理赔', 'Insurance claims'],
  ),
  major(
    '09',
    '公共安全',
    'Public safety',
    ['0101', '消防隐患', 'Fire hazards'],
    ['0201', '社会治安', 'Public order'],
    ['0301', '危险化学品事故', 'Hazardous chemicals accident'],
    ['0302', '安全生产隐患', 'Work safety hazards'],
  ),
  major(
    '10',
    '司法法律援助',
    'Justice and legal aid',
    ['0101', '法律援助', 'Legal aid'],
    ['0102', '诉讼与执行', 'Litigation and enforcement'],
  ),
  major(
    '11',
    '行政与公共服务',
    'Administration and public services',
    ['0101', '窗口服务作风', 'Conduct at service counters'],
    ['0102', '办事流程', 'Administrative procedures'],
    ['0201', '户籍证件', 'Household registration and identity papers'],
    ['0301', '通信服务', 'Telecommunications'],
    ['0401', '干部违纪反映', 'Misconduct of officials'],
  ),
  major('12', '其他', 'Other', ['0101', '其他事项', 'Other matters']),
];

/** The minors alone: what a ticket carries. */
export const MINOR_CATEGORIES: readonly Category[] = CATEGORIES.flatMap(({ minors }) => minors);
