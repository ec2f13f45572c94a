import test from 'ava';
import { compileExpression, compileUnaryTests, evaluateToJson } from './feel.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { Run } from './run.ts';
import { RootScope } from './scope.ts';
import type { FeelValue } from './value.ts';

const variables = (of: JsonObject) => ({
  names: () => Object.keys(of),
  get: (name: string): FeelValue | undefined => (Object.hasOwn(of, name) ? of[name] : undefined),
});

/** An expression, its value, and the warnings it leaves. */
type Row = [expression: string, value: JsonValue, ...warnings: string[]];

function agree(t: { deepEqual(actual: unknown, expected: unknown, message: string): unknown }, rows: Row[], of = {}) {
  for (const [expression, value, ...warnings] of rows) {
    const found = evaluateToJson(compileExpression(expression), variables(of), { nowMs: 0 });
    const texts = found.warnings.map(({ type, message }) => `${type}: ${message}`);
    t.deepEqual([found.value, ...texts], [value, ...warnings], expression);
  }
}

const failed = (name: string, reason: string) =>
  `FUNCTION_INVOCATION_FAILURE: Failed to invoke function '${name}': ${reason}`;

test('a function says in the words of Camunda why it has no value', (t) => {
  agree(
    t,
    [
      ['number(null)', null, failed('number', "Illegal arguments: 'null'")],
      ['ends with(4, "px")', null, failed('ends with', `Illegal arguments: '4', '"px"'`)],
      ['date(7)', null, failed('date', "Illegal arguments: '7'")],
      ['abs("far")', null, failed('abs', `Illegal arguments: '"far"'`)],
      ['number("9", "#")', null, failed('number', "illegal argument for grouping. Must be one of ' ', ',' or '.'")],
      ['number(" 9")', null, failed('number', "Can't parse ' 9' as a number")],
      ['date(day)', null, failed('date', "Failed to parse date from '2026-02-30'")],
      ['time("noon" + "")', null, failed('time', "Failed to parse local-time from 'noon'")],
      [
        'date and time(day + "T10:00")',
        null,
        failed('date and time', "Failed to parse local-date-time from '2026-02-30T10:00'"),
      ],
      ['max(4, "d")', null, failed('max', '[4, "d"] is not comparable')],
      ['string join(["a", 2])', null, failed('string join', `expected a list of strings but found 'List("a", 2)'`)],
      ['partition([4], 0)', null, failed('partition', "'size' should be greater than zero but was '0'")],
      ['split("a-b", "(-")', null, failed('split', "Invalid pattern for delimiter '(-'")],
      [
        'decimal(7.25, 1, "NEAREST")',
        null,
        failed(
          'decimal',
          "Illegal argument 'NEAREST' for rounding mode. Must be one of: UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY",
        ),
      ],
      [
        'decimal(7.25, 1, "unnecessary")',
        null,
        failed('decimal', "Failed to apply rounding mode 'UNNECESSARY': Rounding necessary"),
      ],
      [
        'sort([2, 1], function(a, b) a + b)',
        null,
        failed('sort', "fail to sort list by given precedes function: expected boolean but found '3'"),
      ],
      [
        'launch(pad: 1, crew: 2)',
        null,
        "NO_FUNCTION_FOUND: No function found with name 'launch' and parameters: pad,crew",
      ],
      ['context put({a: 1}, [4], 2)', null, failed('context put', "Illegal arguments: '{a:1}', '[4]', '2'")],
    ],
    { day: '2026-02-30' },
  );
});

test('a single value is no list in a process, and a list of one no value', (t) => {
  agree(
    t,
    [
      ['count(n)', null, failed('count', "Illegal arguments: '7'")],
      ['upper case(["a"])', null, failed('upper case', `Illegal arguments: '["a"]'`)],
      ['n[item > 1]', null, "INVALID_TYPE: Expected list but found '7'"],
      ['n[1]', null, "INVALID_TYPE: Expected list but found '7'"],
    ],
    { n: 7 },
  );
});

test('what is not there is left out without a word', (t) => {
  agree(t, [
    ['context merge({a: 1}, 2)', null],
    ['context([{key: "a"}])', null],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', { a: 2 }],
    ['put({a: {}}, ["a", "b"], 3)', { a: { b: 3 } }],
    ['sublist([4, 5], 9)', []],
    ['sublist([4, 5, 6], 2, 9)', [5, 6]],
    ['remove([4, 5], 9)', [4, 5]],
    ['insert before([4, 5], 3, 6)', [4, 5, 6]],
    ['date("2026-02-30")', null],
    ['@"2026-02-30"', null],
    ['duration("soon")', null],
  ]);
});

test('three-valued logic names the part that is no boolean', (t) => {
  agree(t, [
    ['[4] = ["d"]', false],
    ['{a: 1} != {a: "1"}', true],
    ['some n in [false, 4] satisfies n', null, "INVALID_TYPE: Expected boolean but found '4'"],
    ['every n in [true, 4] satisfies n', null, "INVALID_TYPE: Expected boolean but found '4'"],
    [
      '4 != "d"',
      null,
      `NOT_COMPARABLE: Can't compare '4' with '"d"'`,
      "INVALID_TYPE: Expected boolean but found 'null'",
    ],
    [
      '4 in (1, "d")',
      null,
      `NOT_COMPARABLE: Can't compare '4' with '"d"'`,
      "INVALID_TYPE: Expected boolean but found 'null'",
    ],
    ['"d" in [1..4]', null, `NOT_COMPARABLE: Can't compare '"d"' with '1' and '4'`],
    [
      '@"10:30:00".day',
      null,
      "NO_PROPERTY_FOUND: No property found with name 'day' of value '10:30:00'. Available properties: 'timezone', 'second', 'time offset', 'minute', 'hour'",
    ],
  ]);
});

test('names may hold dollars, types may be function and null, times may lack their seconds', (t) => {
  agree(
    t,
    [
      ['$net + net$1', 5],
      ['{$a: 1, b$: $a + 1}.b$', 2],
      ['"$net" + "`$`"', '$net`$`'],
      ['abs instance of function', false, "NO_VARIABLE_FOUND: No variable found with name 'abs'"],
      ['(function(a) a) instance of function', true],
      ['null instance of null', true],
      ['2 * 3 + 1 instance of number', true],
      ['@"10:30"', '10:30'],
      ['[@"10:30:05.5", @"10:00:00Z"]', ['10:30:05.500', '10:00:00Z']],
      ['to json(@"10:30:00")', '"10:30:00"'],
      ['date and time("2026-03-31T10:30")', '2026-03-31T10:30:00'],
      [String.raw`"a\bc\f"`, 'a\bc\f'],
    ],
    { $net: 2, net$1: 3 },
  );
});

test('what a unary test makes of its input counts only as a boolean', (t) => {
  const holds = (tests: string, input: FeelValue) =>
    compileUnaryTests(tests).test(new RootScope(new Run(0), variables({})), input);
  t.is(holds('?', 5), null);
  t.is(holds('abs(?)', 5), null);
  t.is(holds('? < 10', null), null);
  t.is(holds('abs(?) < 10', -5), true);
  agree(t, [
    ['before(point: 11, range: [5..10])', false],
    ['before(range: [5..10], point: 11)', true],
    ['for n in 1.."d" return n', null, `INVALID_TYPE: Expected number but found '"d"'`],
  ]);
});

test('a cycle is the text that a timer repeats by', (t) => {
  const problem = 'cycle function expected';
  agree(t, [
    ['cycle(4, duration("PT90M"))', 'R4/PT1H30M'],
    ['cycle(null, @"P2M")', 'R/P2M'],
    ['cycle(@"PT1H")', 'R/PT1H'],
    ['cycle(interval: @"PT1H", repetitions: 2)', 'R2/PT1H'],
    ['cycle("PT1H")', null, failed('cycle', `${problem} an interval (duration) parameter, but found '"PT1H"'`)],
    [
      'cycle(2, "PT1H")',
      null,
      failed(
        'cycle',
        `${problem} a repetitions (number) and an interval (duration) parameter, but found '[2, "PT1H"]'`,
      ),
    ],
  ]);
});

test('a question mark outside of a unary test fails the evaluation', (t) => {
  t.throws(() => agree(t, [['? > 5', null]]), {
    message:
      "failed to evaluate expression '? > 5': No input value available. '?' can only be used inside an unary-test expression.",
  });
  t.is(compileUnaryTests('? > 5').test(new RootScope(new Run(0), variables({})), 7), true);
});
