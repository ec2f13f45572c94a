import test from 'ava';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { compileExpression, evaluateToJson } from '../feel.ts';
import { equal } from '../equality.ts';
import { parseExactly } from '../../exact-json.ts';
import { fromJson } from '../json.ts';
import type { FeelValue } from '../value.ts';
import { sum } from './statistics.ts';
import { round } from './rounding.ts';

const nowMs = Date.UTC(2026, 2, 31, 22, 30, 15, 250);

function evaluated(expression: string, variables: Record<string, unknown> = {}) {
  const json = variables as Record<string, never>;
  return evaluateToJson(
    compileExpression(expression),
    { names: () => Object.keys(json), get: (name) => json[name] },
    { nowMs },
  );
}

const value = (expression: string, variables?: Record<string, unknown>) => evaluated(expression, variables).value;

test("every example in Camunda's description of its functions comes out as described", (t) => {
  const path = new URL('documented-examples.json', import.meta.url);
  const examples = JSON.parse(readFileSync(path, 'utf8')) as [expression: string, result: string][];
  t.true(examples.length > 200);
  for (const [expression, result] of examples) t.deepEqual(value(expression), value(result), expression);
});

test('a function that is not there, or not with so many arguments, is null with a warning', (t) => {
  t.deepEqual(evaluated('launch(1)'), {
    value: null,
    type: 'NULL',
    warnings: [{ type: 'NO_FUNCTION_FOUND', message: "No function found with name 'launch' and 1 parameters" }],
  });
  t.deepEqual(evaluated('upper case("a", "b")').warnings, [
    { type: 'NO_FUNCTION_FOUND', message: "No function found with name 'upper case' and 2 parameters" },
  ]);
  t.deepEqual(evaluated('upper case(word: "a")').warnings, [
    { type: 'NO_FUNCTION_FOUND', message: "No function found with name 'upper case' and parameters: word" },
  ]);
});

test('an argument of the wrong type is null with a warning that names it', (t) => {
  t.deepEqual(evaluated('upper case(12)'), {
    value: null,
    type: 'NULL',
    warnings: [
      {
        type: 'FUNCTION_INVOCATION_FAILURE',
        message: "Failed to invoke function 'upper case': Illegal arguments: '12'",
      },
    ],
  });
});

test('named arguments may come in any order and optional ones may be left out', (t) => {
  t.is(value('substring(start position: 3, string: "foobar")'), 'obar');
  t.is(value('substring(length: 2, start position: 3, string: "foobar")'), 'ob');
  t.is(value('number(from: "1,5", decimal separator: ",")'), 1.5);
});

test('characters outside the basic plane count as one', (t) => {
  t.is(value('string length("😀市民")'), 3);
  t.is(value('substring("😀市民", 2, 1)'), '市');
});

test('now and today follow the clock of the engine', (t) => {
  t.is(value('now() = now()'), true);
  t.is(Date.parse((value('string(now())') as string).replace(/@.*/, '')) % 1000, 250);
  t.is(value('date(now()) = today()'), true);
});

test('random numbers and identifiers differ from call to call', (t) => {
  const random = value('random number()') as number;
  t.true(random >= 0 && random < 1);
  t.regex(value('uuid()') as string, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  t.not(value('uuid()'), value('uuid()'));
});

test('an assertion that does not hold fails the evaluation with its cause', (t) => {
  t.is(value('assert(x, x > 3)', { x: 5 }), 5);
  t.throws(() => value('assert(x, x > 3)', { x: 1 }), {
    message: "Assertion failure on evaluate the expression 'assert(x, x > 3)': The condition is not fulfilled",
  });
  t.throws(() => value('assert(x, x != null, "ticket is missing")'), { message: /: ticket is missing$/ });
});

test('contexts are put, merged and read by paths without changing what was there', (t) => {
  const variables = { unit: { name: 'Water', head: { level: 2 } } };
  t.deepEqual(value('context put(unit, ["head", "level"], 3)', variables), { name: 'Water', head: { level: 3 } });
  t.deepEqual(value('context put(unit, "code", "W1").head', variables), { level: 2 });
  t.deepEqual(variables.unit, { name: 'Water', head: { level: 2 } });
  t.is(value('get value(unit, ["head", "level"])', variables), 2);
  t.deepEqual(value('get entries(unit).key', variables), ['name', 'head']);
  t.deepEqual(value('context merge(unit, {name: "Roads"})', variables), { name: 'Roads', head: { level: 2 } });
  t.deepEqual(value('context([{key: "constructor", value: 1}])'), { constructor: 1 });
});

test('a sort with equal items keeps their order', (t) => {
  const list = [
    { n: 2, at: 'a' },
    { n: 1, at: 'b' },
    { n: 2, at: 'c' },
    { n: 1, at: 'd' },
  ];
  t.deepEqual(value('sort(list, function(x, y) x.n < y.n).at', { list }), ['b', 'd', 'a', 'c']);
});

test('regular expressions understand flags, groups and wrong patterns', (t) => {
  t.is(value('matches("Hello", "^hello$", "i")'), true);
  t.is(value('matches("a\nb", "a.b", "s")'), true);
  t.is(value('matches("ab", "a b", "x")'), true);
  t.is(value('replace("2026-03-31", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")'), '31.03.2026');
  t.is(value('replace("a.b", ".", "-", "q")'), 'a-b');
  t.is(value('matches("a", "[")'), null);
  t.is(value('matches("HELLO", "(?i)hello")'), true);
  t.is(value(String.raw`matches("热线", "^\p{IsHan}+$")`), true);
  t.is(value('replace("facetiously", "[a-z-[aeiouy]]", "")'), 'aeiouy');
  t.is(value('replace("abc", "[a-c&&[^b]]", "-")'), '-b-');
  t.is(value('replace("a1b2", "(?<letter>\\p{Alpha})\\d", "${letter}\\$ $0,")'), 'a$ a1,b$ b2,');
  t.deepEqual(value('split("a1b22c", "([0-9])+")'), ['a', 'b', 'c']);
  t.deepEqual(value('extract("12345 热线 110", "\\d+")'), ['12345', '110']);
});

test('ranges relate as Allen defined it, ends included or not', (t) => {
  t.is(value('before([1..5], [6..10])'), true);
  t.is(value('before([1..5], [5..10])'), false);
  t.is(value('before([1..5), [5..10])'), true);
  t.is(value('meets([1..5], [5..10])'), true);
  t.is(value('overlaps([5..8], [8..10])'), true);
  t.is(value('overlaps([5..8), [8..10])'), false);
  t.is(value('during(5, (5..10])'), false);
  t.is(value('includes([1..10], [1..10))'), true);
  t.is(value('coincides([1..5], [1..5))'), false);
  t.is(value('finished by([5..10], 10)'), true);
  t.is(value('before(1, "a")'), null);
});

test('rounding works on the decimal digits that are written', (t) => {
  t.is(value('decimal(1.115, 2)'), 1.12);
  t.is(value('round half down(1.125, 2)'), 1.12);
  t.is(value('round up(-1.1, 0)'), -2);
  t.is(value('floor(-1.5)'), -2);
  t.is(value('decimal(1250, -2)'), 1200);
  t.is(round(0.1 + 0.2, 1, 'FLOOR'), 0.3);
});

test('any rounding is at most one step from the number, in its direction', (t) => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 6 }), (n, scale) => {
      const step = 10 ** -scale;
      const [down, up, half] = (['FLOOR', 'CEILING', 'HALF_EVEN'] as const).map((mode) => round(n, scale, mode)!);
      return down! <= n && n <= up! && up! - down! <= step + 1e-6 && (half === down || half === up);
    }),
  );
  t.pass();
});

test('a sum of cents is exact whatever their order', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 50 }), (cents) => {
      const exact = cents.reduce((left, right) => left + right, 0) / 100;
      return sum(cents.map((each) => each / 100)) === exact + 0;
    }),
  );
  t.pass();
});

test('what goes to JSON comes back from it', (t) => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      // variables are read exactly: of the double -35700648032655790 the digits would be another number
      const x = parseExactly(text);
      return equal(fromJson(value('to json(x)', { x }) as string), x as FeelValue) === true;
    }),
  );
  t.is(value('to json({due: @"2026-03-31", wait: @"PT2H"})'), '{"due":"2026-03-31","wait":"PT2H"}');
  t.is(value('from json("{")'), null);
});

test('a partition holds all items in order, in parts of the size', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (list, size) => {
      const parts = value('partition(list, size)', { list, size }) as number[][];
      return (
        JSON.stringify(parts.flat()) === JSON.stringify(list) &&
        parts.slice(0, -1).every((part) => part.length === size)
      );
    }),
  );
  t.is(value('partition([1], 0)'), null);
});

test('distinct values are each there once, in the order of their first appearance', (t) => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ max: 5 }), fc.constantFrom('a', 'b', null, true))), (list) => {
      return JSON.stringify(value('distinct values(list)', { list })) === JSON.stringify([...new Set(list)]);
    }),
  );
  t.deepEqual(value('duplicate values([1, {a: 1, b: [2]}, 2, "1", 1, {b: [2], a: 1}])'), [1, { a: 1, b: [2] }]);
  t.is(value('count(distinct values([@"2026-03-31T09:00:00+08:00", @"2026-03-31T01:00:00Z", @"PT24H", @"P1D"]))'), 2);
  const list = Array.from({ length: 20_000 }, (_, index) => ({ n: index % 7000 }));
  t.is(value('count(distinct values(list))', { list }), 7000);
});
