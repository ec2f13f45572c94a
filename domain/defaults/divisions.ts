export interface Division {
  code: string;
  name: string;
  nameEn: string;
  validFrom: number | null; // null: since ever
  validTo: number | null;
}

/** 怀仁 was a county, with another code, before 2018 (domain.md §2). */
const HUAIREN_CITY_SINCE = Date.UTC(2018, 0, 1) - 8 * 3_600_000;

/** Divisions of 朔州 (domain.md §2). 140671 is a statistics code; 140600 is the whole city, for what no division has named. */
export const DIVISIONS: readonly Division[] = [
  { code: '140602', name: '朔城区', nameEn: 'Shuocheng District', validFrom: null, validTo: null },
  { code: '140603', name: '平鲁区', nameEn: 'Pinglu District', validFrom: null, validTo: null },
  { code: '140621', name: '山阴县', nameEn: 'Shanyin County', validFrom: null, validTo: null },
  { code: '140622', name: '应县', nameEn: 'Ying County', validFrom: null, validTo: null },
  { code: '140623', name: '右玉县', nameEn: 'Youyu County', validFrom: null, validTo: null },
  { code: '140624', name: '怀仁县', nameEn: 'Huairen County', validFrom: null, validTo: HUAIREN_CITY_SINCE },
  { code: '140681', name: '怀仁市', nameEn: 'Huairen City', validFrom: HUAIREN_CITY_SINCE, validTo: null },
  {
    code: '140671',
    name: '朔州经济开发区',
    nameEn: 'Shuozhou Economic Development Zone',
    validFrom: null,
    validTo: null,
  },
  { code: '140600', name: '朔州市', nameEn: 'Shuozhou City', validFrom: null, validTo: null },
];
