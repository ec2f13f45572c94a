/** Administrative divisions under Shuozhou; a code that was replaced keeps its years (domain.md §2). */
export interface Division {
  code: string;
  name: string;
  nameEn: string;
  validFrom: string | null; // yyyy-MM-dd
  validTo: string | null;
}

export const DIVISIONS: readonly Division[] = [
  { code: '140602', name: '朔城区', nameEn: 'Shuocheng District', validFrom: null, validTo: null },
  { code: '140603', name: '平鲁区', nameEn: 'Pinglu District', validFrom: null, validTo: null },
  { code: '140621', name: '山阴县', nameEn: 'Shanyin County', validFrom: null, validTo: null },
  { code: '140622', name: '应县', nameEn: 'Ying County', validFrom: null, validTo: null },
  { code: '140623', name: '右玉县', nameEn: 'Youyu County', validFrom: null, validTo: null },
  { code: '140624', name: '怀仁县', nameEn: 'Huairen County', validFrom: null, validTo: '2018-02-22' },
  { code: '140681', name: '怀仁市', nameEn: 'Huairen City', validFrom: '2018-02-23', validTo: null },
  // Statistics code: the zone is no county.
  { code: '140671', name: '朔州经济开发区', nameEn: 'Economic Development Zone', validFrom: null, validTo: null },
];
