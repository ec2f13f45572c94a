/** The twelve majors of the city's classification (domain.md §2); minors are ours. */
export interface MajorCategory {
  code: string; // two digits
  name: string;
  nameEn: string;
}
export interface Category {
  code: string; // six digits, the major first
  name: string;
  nameEn: string;
  /** Words by which a request of this kind is usually told. */
  words: string[];
}

export const MAJOR_CATEGORIES: readonly MajorCategory[] = [
  { code: '01', name: '社保就业', nameEn: 'Social security and employment' },
  { code: '02', name: '教育文体', nameEn: 'Education, culture, sport' },
  { code: '03', name: '医疗卫生', nameEn: 'Health' },
  { code: '04', name: '环保资源', nameEn: 'Environment and resources' },
  { code: '05', name: '城乡建设管理', nameEn: 'Urban and rural management' },
  { code: '06', name: '交通物流', nameEn: 'Transport' },
  { code: '07', name: '商贸消费', nameEn: 'Trade and consumption' },
  { code: '08', name: '金融保险', nameEn: 'Finance and insurance' },
  { code: '09', name: '公共安全', nameEn: 'Public safety' },
  { code: '10', name: '司法法律援助', nameEn: 'Justice and legal aid' },
  { code: '11', name: '行政与公共服务', nameEn: 'Administration and public services' },
  { code: '12', name: '其他', nameEn: 'Other' },
];

const category = (code: string, name: string, nameEn: string, words: string): Category => ({
  code,
  name,
  nameEn,
  words: words.split(' ').filter(Boolean),
});

export const CATEGORIES: readonly Category[] = [
  category('010101', '工资拖欠', 'Unpaid wages', '工资 欠薪 拖欠 工人 劳务'),
  category('010201', '医保异地就医', 'Medical insurance away from home', '医保 异地 就医 备案 报销'),
  category('010202', '社保参保缴费', 'Social insurance contributions', '社保 参保 养老 缴费 保险'),
  category('010301', '低保救助', 'Subsistence allowance', '低保 救助 困难 补助'),
  category('020101', '中小学入学', 'School admission', '上学 入学 小学 中学 学区 户口'),
  category('020201', '学校食堂', 'School canteens', '食堂 学校 饭菜 异物'),
  category('020301', '文化旅游', 'Culture and tourism', '旅游 景区 文化 门票'),
  category('030101', '医疗服务', 'Medical services', '医院 医生 挂号 看病'),
  category('030201', '公共卫生', 'Public health', '疫苗 传染 卫生 疾控'),
  category('040101', '噪声扰民', 'Noise', '噪声 噪音 音响 扰民 休息'),
  category('040102', '扬尘污染', 'Dust', '扬尘 灰尘 运煤 苫布 粉尘'),
  category('040201', '水污染', 'Water pollution', '污水 排污 河道 水污染'),
  category('040301', '土地征收补偿', 'Land acquisition compensation', '征地 补偿 拆迁 土地'),
  category('050101', '供热温度不达标', 'Heating below standard', '供热 供暖 暖气 室温 不热'),
  category('050102', '供热管网故障', 'Heating network fault', '热力 管网 爆裂 停暖'),
  category('050201', '停水', 'Water cut', '停水 没水 断水'),
  category('050202', '水质异常', 'Water quality', '自来水 发黄 异味 水质'),
  category('050301', '停电', 'Power cut', '停电 没电 断电 电压'),
  category('050401', '燃气故障', 'Gas fault', '燃气 天然气 漏气 停气'),
  category('050501', '井盖道路设施', 'Manholes and roads', '井盖 路灯 路面 坑洼'),
  category('050601', '占道经营', 'Street vending', '占道 摊贩 早市 夜市 摊位'),
  category('050701', '电梯安全', 'Lifts', '电梯 被困 困人'),
  category('050801', '物业管理', 'Property management', '物业 小区 业主'),
  category('060101', '公交线路', 'Bus routes', '公交 末班车 班次 站点'),
  category('060201', '道路运输', 'Road transport', '货车 超载 运输 客运'),
  category('060301', '出租车网约车', 'Taxis', '出租车 网约车 打车 拒载'),
  category('070101', '食品过期变质', 'Expired or spoiled food', '过期 变质 食品 超市 牛奶'),
  category('070201', '消费纠纷', 'Consumer disputes', '退款 退货 消费 商家 维权'),
  category('080101', '金融保险服务', 'Finance and insurance services', '银行 贷款 理赔 保单'),
  category('090101', '消防隐患', 'Fire hazards', '消防 通道 火灾 隐患'),
  category('090201', '危险化学品', 'Dangerous chemicals', '化工 泄漏 槽车 气味 危险品'),
  category('090301', '治安秩序', 'Public order', '打架 盗窃 治安 诈骗'),
  category('100101', '法院判决执行', 'Court judgments', '法院 判决 执行 起诉'),
  category('100201', '法律援助', 'Legal aid', '律师 法律援助 公证'),
  category('110101', '窗口作风', 'Service attitude', '窗口 态度 推诿 答复'),
  category('110201', '办事流程咨询', 'Administrative procedures', '办理 材料 流程 证件'),
  category('110301', '违纪线索', 'Disciplinary matters', '收受 礼金 贪污 受贿 干部'),
  category('120101', '其他', 'Other', ''),
];
