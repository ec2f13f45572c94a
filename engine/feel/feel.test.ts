import test from 'ava';
import fc from 'fast-check';
import { compileExpression, compileUnaryTests, evaluateToJson } from './feel.ts';
import { Run } from './run.ts';
import { RootScope } from './scope.ts';
import { FeelSyntaxError } from './syntax.ts';

type Variables = Record<string, unknown>;

const source = (variables: Variables) => {
  const json = variables as Record<string, never>;
  return {
    names: () => Object.keys(json),
    get: (name: string) => (Object.hasOwn(json, name) ? json[name] : undefined),
  };
};

const evaluated = (expression: string, variables: Variables = {}) =>
  evaluateToJson(compileExpression(expression), source(variables), { nowMs: 0 });

const value = (expression: string, variables?: Variables) => evaluated(expression, variables).value;

function holds(tests: string, input: unknown, variables: Variables = {}): boolean | null {
  return compileUnaryTests(tests).test(new RootScope(new Run(0), source(variables)), input as never);
}

const ticket = {
  number: '20260331-0042',
  urgency: 'high',
  units: [
    { code: 'W1', level: 2, open: true },
    { code: 'R7', level: 3, open: false },
    { code: 'E2', level: 3, open: true },
  ],
};

test('numbers are decimal: no trace of binary fractions', (t) => {
  t.is(value('0.1 + 0.2'), 0.3);
  t.is(value('1.1 * 1.1'), 1.21);
  t.is(value('4.35 * 100'), 435);
  t.is(value('0.3 / 0.1'), 3);
  t.is(value('1 - 0.9'), 0.1);
  t.is(value('2 ** 3'), 8);
  t.is(value('2 ** -1'), 0.5);
  t.is(value('-2 + 5'), 3);
  t.is(value('.5 + 1e2'), 100.5);
});

test('sums and products of hundredths are exact', (t) => {
  const hundredths = fc.integer({ min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(hundredths, hundredths, (a, b) => {
      const variables = { a: a / 100, b: b / 100 };
      return (
        Object.is(value('a + b', variables), (a + b) / 100 + 0) &&
        value('a - b', variables) === (a - b) / 100 &&
        value('a * b', variables) === (a * b) / 10_000
      );
    }),
  );
  t.pass();
});

test('what cannot be computed is null with a warning, not an error', (t) => {
  t.deepEqual(evaluated('1 / 0'), {
    value: null,
    type: 'NULL',
    warnings: [{ type: 'INVALID_TYPE', message: "Can't divide '1' by '0'" }],
  });
  t.deepEqual(evaluated('"a" + 1'), {
    value: null,
    type: 'NULL',
    warnings: [{ type: 'INVALID_TYPE', message: `Can't add '1' to '"a"'` }],
  });
  t.deepEqual(evaluated('missing'), {
    value: null,
    type: 'NULL',
    warnings: [{ type: 'NO_VARIABLE_FOUND', message: "No variable found with name 'missing'" }],
  });
  t.deepEqual(evaluated('1 < "a"').warnings, [{ type: 'NOT_COMPARABLE', message: `Can't compare '1' with '"a"'` }]);
  t.deepEqual(evaluated('{a: 1}.b').warnings, [
    { type: 'NO_CONTEXT_ENTRY_FOUND', message: "No context entry found with key 'b'. Available keys: 'a'" },
  ]);
  t.deepEqual(
    evaluated('"text".size').warnings.map(({ type }) => type),
    ['NO_PROPERTY_FOUND'],
  );
});

test('a source that is no FEEL is refused when it is compiled, with its place', (t) => {
  for (const wrong of ['1 +', 'if a then b', 'x y', '[1, 2', '', '= 1 +', 'for x in y']) {
    const error = t.throws(() => compileExpression(wrong), { instanceOf: FeelSyntaxError }, wrong);
    t.true(error.message.startsWith(`failed to parse expression '${wrong}': `));
  }
});

test('whatever text is compiled, it is a program or a syntax error', (t) => {
  const words = fc.constantFrom(
    ...'if then else for in return some every satisfies and or not ( ) [ ] { } , : . .. + - * / ** = != < > ? "a" 1 x item function instance of date and time @"P1D" between'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
        fc.string(),
      ),
      (text) => {
        try {
          evaluated(text, { x: 1 });
          return true;
        } catch (error) {
          return error instanceof FeelSyntaxError || /No input value available/.test(String(error));
        }
      },
    ),
    { numRuns: 400 },
  );
  t.pass();
});

test('brackets nested without end are refused instead of using up the stack', (t) => {
  const deep = '('.repeat(20_000) + '1' + ')'.repeat(20_000);
  t.throws(() => compileExpression(deep), { instanceOf: FeelSyntaxError });
});

test('names may be Chinese, and names with signs stand between backticks', (t) => {
  t.is(value('办理单位 = "水务局"', { 办理单位: '水务局' }), true);
  t.is(value('`due-date` + `reply text`', { 'due-date': 'a', 'reply text': 'b' }), 'ab');
  t.is(value('order.`first name`', { order: { 'first name': 'Li' } }), 'Li');
  t.is(value('a-b', { a: 5, b: 3, 'a-b': 9 }), 2);
  t.is(value('{full name: "Li Wei", length: string length(full name)}.length'), 6);
});

test('entries that are called like parts of an object are entries', (t) => {
  t.is(value('constructor'), null);
  t.is(value('{a: 1}.toString'), null);
  t.deepEqual(value('{"__proto__": 1, b: 2}.b'), 2);
  t.is(JSON.stringify(value('{"__proto__": 1}')), '{"__proto__":1}');
  t.is(value('x.constructor', { x: {} }), null);
});

test('strings know escapes and leave those of regular expressions alone', (t) => {
  t.is(value(String.raw`"a\nb\t\"c\" \\ \u4e2d \U01F600"`), 'a\nb\t"c" \\ 中 😀');
  t.is(value(String.raw`matches("a1", "\w\d")`), true);
});

test('and, or and not know three values', (t) => {
  const three = ['true', 'false', 'null'];
  const and = three.map((left) => three.map((right) => value(`${left} and ${right}`)));
  const or = three.map((left) => three.map((right) => value(`${left} or ${right}`)));
  t.deepEqual(and, [
    [true, false, null],
    [false, false, false],
    [null, false, null],
  ]);
  t.deepEqual(or, [
    [true, true, true],
    [true, false, null],
    [true, null, null],
  ]);
  t.is(value('not(null)'), null);
  t.is(value('not(1 > 2)'), true);
});

test('and() and or() are functions where they are called as such', (t) => {
  t.is(value('and(true, true)'), true);
  t.is(value('or([false, false])'), false);
  t.is(value('true and (false)'), false);
  t.is(value('if or(a, b) then 1 else 2', { a: false, b: true }), 1);
  t.is(value('x = "and (" and (true)', { x: 'and (' }), true);
});

test('a condition that is not a boolean counts as false', (t) => {
  t.is(value('if missing then 1 else 2'), 2);
  t.is(value('if "yes" then 1 else 2'), 2);
  t.is(value('if 1 < 2 then "a" else "b"'), 'a');
});

test('null is equal to null alone, and other types are not compared', (t) => {
  t.is(value('null = null'), true);
  t.is(value('1 = null'), false);
  t.is(value('missing != null'), false);
  t.is(value('1 = "1"'), null);
  t.is(value('[1, {a: 2}] = [1, {a: 2}]'), true);
  t.is(value('{a: 1, b: 2} = {b: 2, a: 1}'), true);
  t.is(value('[1] = [1, 2]'), false);
});

test('in and between test a value against values, ranges and comparisons', (t) => {
  t.is(value('5 in [1..5]'), true);
  t.is(value('5 in [1..5)'), false);
  t.is(value('5 in (< 3, > 4)'), true);
  t.is(value('"a" in ("b", "a")'), true);
  t.is(value('1 in [2, 3]'), false);
  t.is(value('1 in [[1..2], 7]'), true);
  t.is(value('5 between 1 and 5'), true);
  t.is(value('5 between null and 5'), null);
  t.is(value('date("2026-03-31") in [date("2026-01-01")..date("2026-12-31")]'), true);
});

test('lists are filtered by their items and by position', (t) => {
  t.deepEqual(value('ticket.units[level > 2].code', { ticket }), ['R7', 'E2']);
  t.deepEqual(value('ticket.units[item.open].code', { ticket }), ['W1', 'E2']);
  t.deepEqual(value('[1, 2, 3][item >= 2]'), [2, 3]);
  t.is(value('[1, 2, 3][1]'), 1);
  t.is(value('[1, 2, 3][-1]'), 3);
  t.is(value('[1, 2, 3][4]'), null);
  t.is(value('[1, 2, 3][n + 1]', { n: 1 }), 2);
  t.is(value('list[count(list)]', { list: [7, 8, 9] }), 9);
  t.deepEqual(value('[1, 2][item > limit]', { limit: 1 }), [2]);
  t.deepEqual(value('[][item > 1]'), []);
  t.deepEqual(value('ticket.units[level = 3][open].code', { ticket }), ['E2']);
});

test('a filter keeps exactly the items for which its condition holds', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 })), fc.integer({ min: -20, max: 20 }), (list, limit) => {
      const kept = value('list[item > limit]', { list, limit });
      return JSON.stringify(kept) === JSON.stringify(list.filter((item) => item > limit));
    }),
  );
  t.pass();
});

test('loops run over lists, ranges and each other, and see what they made so far', (t) => {
  t.deepEqual(value('for i in 1..3 return i * 2'), [2, 4, 6]);
  t.deepEqual(value('for i in 3..1 return i'), [3, 2, 1]);
  t.deepEqual(value('for i in [1, 2], j in [i, 10] return i * j'), [1, 10, 4, 20]);
  t.deepEqual(value('for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]'), [1, 1, 2, 3, 5]);
  t.is(value('some u in ticket.units satisfies u.level = 3', { ticket }), true);
  t.is(value('every u in ticket.units satisfies u.open', { ticket }), false);
  t.is(value('every x in [] satisfies false'), true);
  t.deepEqual(value('for i in [f({a: 1})] return ({k: [1..2], m: k}).m', { f: 1 }), [null]);
  t.deepEqual(value('(some i in started by([[1]], 0) satisfies {k: [1..5], m: k})[item = null]'), null);
  t.is(value('for x in missing return x'), null);
  t.deepEqual(value('for d in @"2026-02-27"..@"2026-03-01" return string(d)'), [
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
});

test('an endless loop or recursion ends the evaluation instead of the engine', (t) => {
  t.throws(() => value('for i in 1..100000000 return i'), { message: /more than 2000000 steps/ });
  t.throws(() => value('count(for a in 1..10000, b in 1..10000 return 1)'), { message: /steps/ });
});

test('results that are kept do not grow with the loop, and none may be endless when written out', (t) => {
  t.deepEqual(value('for i in 1..3 return partial'), [[], [[]], [[], [[]]]]);
  t.is(value('count(for i in 1..50000 return if i = 1 then 1 else partial[-1] + 1)'), 50_000);
  t.throws(() => value('for i in 1..64 return if i = 1 then 1 else [partial[-1], partial[-1]]'), {
    message: /holds more than 5000000 values/,
  });
  t.throws(() => value('for i in 1..64 return if i = 1 then "text" else partial[-1] + partial[-1]'), {
    message: /longer than 10000000 characters/,
  });
  t.is(evaluated('(for i in 1..64 return if i = 1 then 1 else [partial[-1], partial[-1]]) + 1').value, null);
});

test('functions are values: defined, kept in a context, handed on', (t) => {
  t.is(value('{twice: function(x) x * 2, y: twice(21)}.y'), 42);
  t.is(value('{add: function(a: number, b: number) a + b}.add(b: 1, a: 2)'), 3);
  t.deepEqual(value('sort([3, 1, 2], function(a, b) a < b)'), [1, 2, 3]);
  t.is(value('{f: function(g, x) g(x), y: f(abs, -3)}.y'), 3);
  t.is(value('{f: function(x: string) x, y: f(1)}.y'), null);
  t.is(value('count(count)', { count: [1, 2] }), 2);
});

test('types are told apart by instance of', (t) => {
  t.is(value('1 instance of number'), true);
  t.is(value('null instance of Any'), false);
  t.is(value('[1, 2] instance of list<number>'), true);
  t.is(value('[1, "a"] instance of list<number>'), false);
  t.is(value('{a: 1} instance of context<a: number>'), true);
  t.is(value('@"P1D" instance of days and time duration'), true);
  t.is(value('@"P1M" instance of years and months duration'), true);
  t.is(value('[1..3] instance of range<number>'), true);
});

test('a unary test compares its input, asks with ?, and negates', (t) => {
  t.is(holds('-', 5), true);
  t.is(holds('< 5', 4), true);
  t.is(holds('[1..3], > 9', 10), true);
  t.is(holds('"high", "urgent"', 'urgent'), true);
  t.is(holds('not("high", "urgent")', 'low'), true);
  t.is(holds('not(null)', null), false);
  t.is(holds('null', null), true);
  t.is(holds('? > limit and ? < 10', 7, { limit: 5 }), true);
  t.is(holds('ends with(?, "局")', '水务局'), true);
  t.is(holds('allowed', 'b', { allowed: ['a', 'b'] }), true);
  t.is(holds('limit > 5', 'anything', { limit: 7 }), true);
  t.is(holds('false', false), true);
  t.is(holds('true', false), false);
  t.is(holds('[1, 2]', 2), true);
  t.is(holds('< "a"', 5), null);
});

test('variables are read only when an expression asks for them, and once', (t) => {
  const asked: string[] = [];
  const variables = {
    names: () => ['a', 'b'],
    get(name: string) {
      asked.push(name);
      return 1;
    },
  };
  t.is(evaluateToJson(compileExpression('if a = 1 then a + a else b'), variables, { nowMs: 0 }).value, 3 - 1);
  t.deepEqual(asked, ['a']);
});

test('ranges and functions have no form in JSON', (t) => {
  t.is(value('[1..3]'), null);
  t.deepEqual(value('{f: function(x) x, r: [1..2], n: 1}'), { f: null, r: null, n: 1 });
  t.is(value('string([1..3))'), '[1..3)');
  t.is(value('[1..3).end included'), false);
});

test('comments are no part of an expression', (t) => {
  t.is(value('1 + /* two */ 2 // three'), 3);
});
