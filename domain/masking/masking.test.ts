import test from 'ava';
import fc from 'fast-check';
import { maskAddress } from './mask-address.ts';
import { maskName } from './mask-name.ts';
import { maskPhone } from './mask-phone.ts';
import { maskText } from './mask-text.ts';

test('a name keeps its first character and not its length', (t) => {
  t.is(maskName('张三'), '张**');
  t.is(maskName('欧阳修远'), '欧**');
  t.is(maskName(' 李四 '), '李**');
  t.is(maskName('𠮷田'), '𠮷**');
  t.is(maskName(''), null);
  t.is(maskName(null), null);
});

test('a telephone number keeps three and four digits of a mobile, two of a short number', (t) => {
  t.is(maskPhone('13800000001'), '138****0001');
  t.is(maskPhone('+86 138-0000-0001'), '138****0001');
  t.is(maskPhone('0349-2021234'), '034****1234');
  t.is(maskPhone('2021234'), '****34');
  t.is(maskPhone('110'), '****');
  t.is(maskPhone(null), null);
});

test('an address keeps the place and not the door', (t) => {
  t.is(maskAddress('朔城区锦苑小区6号楼2单元501'), '朔城区锦苑小区***');
  t.is(maskAddress('井坪镇三号院'), '井坪镇***');
  t.is(maskAddress('岱岳镇主路路灯杆旁'), '岱岳镇主路路***');
  t.is(maskAddress('３０２室'), '***');
  t.is(maskAddress(''), null);
});

test('free text loses its telephone, identity and card numbers and nothing else', (t) => {
  t.is(maskText('请打13800000001找我，或0349-2021234'), '请打138****0001找我，或034****1234');
  t.is(
    maskText('身份证140602199001011234，卡号6222 0200 1234 5678 901'),
    '身份证140*************34，卡号622**************01',
  );
  t.is(maskText('尾号X：14060219900101123X。'), '尾号X：140*************3X。');
  t.is(maskText('电话１３８０００００００１'), '电话138****0001');
  t.is(
    maskText('工单GD2026112300012，室温14度，3路公交，2026年11月23日'),
    '工单GD2026112300012，室温14度，3路公交，2026年11月23日',
  );
  t.is(maskText('全角１４度'), '全角１４度');
});

const mobile = fc.stringMatching(/^1[3-9]\d{9}$/);
const identity = fc.stringMatching(/^14\d{15}[\dX]$/);
/** Words as people write them around a number; a letter or digit next to it would make it another thing. */
const words = fc.string({ unit: fc.constantFrom(...Array.from('的电话是我家，。：（）\n暖气不热 、')), maxLength: 12 });

test('no number survives in whatever words it stands, and masking twice is masking once', (t) => {
  fc.assert(
    fc.property(words, fc.oneof(mobile, identity), words, mobile, words, (a, first, b, second, c) => {
      const masked = maskText(`${a}${first}，${b}${second}${c}`);
      return !masked.includes(first) && !masked.includes(second) && maskText(masked) === masked;
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => maskText(maskText(text)) === maskText(text)));
  fc.assert(fc.property(words, (text) => maskText(text) === text));
  t.pass();
});

test('a masked number never shows more than seven digits, and never a whole number', (t) => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{5,15}$/), (digits) => {
      const masked = maskPhone(digits) ?? '';
      return masked.replace(/\D/g, '').length <= 7 && !masked.includes(digits);
    }),
  );
  t.pass();
});
