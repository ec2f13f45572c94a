import test from 'ava';
import type { JsonObject } from '../json.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { parseDrg } from './parse-drg.ts';

const dmn15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/';

const model = (content: string, namespace = dmn15): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
   <definitions xmlns="${namespace}" id="urgency_rules" name="Urgency rules" namespace="http://liandong">${content}</definitions>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const literal = (text: string): string => `<literalExpression><text>${escaped(text)}</text></literalExpression>`;

const requiring = (...ids: string[]): string =>
  ids.map((id) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`).join('');

const knowing = (id: string): string =>
  `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`;

const decision = (id: string, logic: string, extra = ''): string =>
  `<decision id="${id}" name="${id} name"><variable name="${id}"/>${extra}${logic}</decision>`;

/** Rules as `tests => outputs`, the cells between bars. */
function table(attributes: string, inputs: string[], outputs: string[], rules: string[]): string {
  const cells = (text: string, kind: string) =>
    text
      .split('|')
      .map((cell) => `<${kind}><text>${escaped(cell.trim())}</text></${kind}>`)
      .join('');
  const rows = rules.map((rule, index) => {
    const [tests, results] = rule.split('=>') as [string, string];
    return `<rule id="rule${index + 1}">${cells(tests, 'inputEntry')}${cells(results, 'outputEntry')}</rule>`;
  });
  const columns = inputs.map(
    (text, index) =>
      `<input id="in${index + 1}" label="Label ${text}"><inputExpression><text>${text}</text></inputExpression></input>`,
  );
  return `<decisionTable ${attributes}>${columns.join('')}${outputs.join('')}${rows.join('')}</decisionTable>`;
}

const output = (name: string, content = ''): string => `<output id="out_${name}" name="${name}">${content}</output>`;
const one = [output('result')];

const evaluate = (xml: string, id: string, variables: JsonObject = {}) =>
  evaluateDecision(parseDrg(xml), id, variables, { nowMs: 0 });

const evaluateTable = (attributes: string, rules: string[], variables: JsonObject, outputs = one) =>
  evaluate(model(decision('d', table(attributes, ['n'], outputs, rules))), 'd', variables);

const steps = ['> 1 => 10', '> 2 => 30', '> 3 => 20'];

test('a unique table answers the one rule that matches, and tells its inputs and outputs', (t) => {
  const found = evaluateTable('hitPolicy="UNIQUE"', ['[1..2] => "low"', '[3..9] => "high"'], { n: 4 });
  t.is(found.output, 'high');
  t.is(found.failure, undefined);
  t.deepEqual(found.evaluatedDecisions, [
    {
      decisionId: 'd',
      decisionName: 'd name',
      decisionType: 'DECISION_TABLE',
      output: 'high',
      evaluatedInputs: [{ inputId: 'in1', inputName: 'Label n', inputValue: 4 }],
      matchedRules: [
        {
          ruleId: 'rule2',
          ruleIndex: 2,
          evaluatedOutputs: [{ outputId: 'out_result', outputName: 'result', outputValue: 'high' }],
        },
      ],
    },
  ]);
});

test('a unique table that matches twice fails and says so, with what was evaluated so far', (t) => {
  const found = evaluateTable('', steps, { n: 3 });
  t.is(found.output, null);
  t.deepEqual(found.failure, {
    failedDecisionId: 'd',
    message:
      "Expected to evaluate decision 'd', but multiple values aren't allowed for UNIQUE hit policy. found: 'List(Map(result -> 10), Map(result -> 30))'",
  });
  t.deepEqual(
    found.evaluatedDecisions[0]!.matchedRules.map(({ ruleIndex }) => ruleIndex),
    [1, 2],
  );
});

test('the other hit policies take the first, any, the most important, or all', (t) => {
  t.is(evaluateTable('hitPolicy="FIRST"', steps, { n: 9 }).output, 10);
  t.is(evaluateTable('hitPolicy="ANY"', ['> 1 => "a"', '> 2 => "a"'], { n: 9 }).output, 'a');
  t.regex(
    evaluateTable('hitPolicy="ANY"', ['> 1 => "a"', '> 2 => "b"', '> 3 => "a"'], { n: 9 }).failure!.message,
    /different values aren't allowed for ANY hit policy. found: 'List\(Map\(result -> "a"\), Map\(result -> "b"\)\)'$/,
  );
  t.deepEqual(evaluateTable('hitPolicy="RULE ORDER"', steps, { n: 9 }).output, [10, 30, 20]);
  const ranked = [output('result', '<outputValues><text>30, 20, 10</text></outputValues>')];
  t.is(evaluateTable('hitPolicy="PRIORITY"', steps, { n: 9 }, ranked).output, 30);
  t.deepEqual(evaluateTable('hitPolicy="OUTPUT ORDER"', steps, { n: 9 }, ranked).output, [30, 20, 10]);
});

test('collecting tables list, sum, count and compare', (t) => {
  t.deepEqual(evaluateTable('hitPolicy="COLLECT"', steps, { n: 3 }).output, [10, 30]);
  t.is(evaluateTable('hitPolicy="COLLECT" aggregation="SUM"', steps, { n: 9 }).output, 60);
  t.is(evaluateTable('hitPolicy="COLLECT" aggregation="MIN"', steps, { n: 9 }).output, 10);
  t.is(evaluateTable('hitPolicy="COLLECT" aggregation="MAX"', steps, { n: 9 }).output, 30);
  t.is(evaluateTable('hitPolicy="COLLECT" aggregation="COUNT"', steps, { n: 9 }).output, 3);
  t.regex(
    evaluateTable('hitPolicy="COLLECT" aggregation="SUM"', ['> 1 => "a"'], { n: 9 }).failure!.message,
    /expected number but found '"a"'$/,
  );
});

test('without a match the result is the default, null without one', (t) => {
  t.is(evaluateTable('', steps, { n: 0 }).output, null);
  const withDefault = [output('result', '<defaultOutputEntry><text>"none"</text></defaultOutputEntry>')];
  t.is(evaluateTable('', steps, { n: 0 }, withDefault).output, 'none');
});

test('several outputs make a context', (t) => {
  const outputs = [output('days'), output('unit')];
  t.deepEqual(evaluateTable('', ['> 1 => n * 2 | "W1"'], { n: 2 }, outputs).output, { days: 4, unit: 'W1' });
});

test('priorities count the first output most', (t) => {
  const values = (text: string) => `<outputValues><text>${text}</text></outputValues>`;
  const outputs = [output('a', values('"x", "y"')), output('b', values('1, 2'))];
  const rules = ['- => "y" | 1', '- => "x" | 2', '- => "x" | 1'];
  t.deepEqual(evaluateTable('hitPolicy="OUTPUT ORDER"', rules, { n: 1 }, outputs).output, [
    { a: 'x', b: 1 },
    { a: 'x', b: 2 },
    { a: 'y', b: 1 },
  ]);
});

test('required decisions are evaluated before, once each, and listed in that order', (t) => {
  const xml = model(
    decision('sum', literal('left + right'), requiring('left', 'right')) +
      decision('left', literal('base * 2'), requiring('base')) +
      decision('right', literal('base * 3'), requiring('base')) +
      decision('base', literal('n + 1')),
  );
  const found = evaluate(xml, 'sum', { n: 1 });
  t.is(found.output, 10);
  t.deepEqual(
    found.evaluatedDecisions.map(({ decisionId, output: each }) => [decisionId, each]),
    [
      ['base', 2],
      ['left', 4],
      ['right', 6],
      ['sum', 10],
    ],
  );
});

test('the result of a decision without a variable goes by its id, and by its name', (t) => {
  const plain = `<decision id="limit_class" name="Limit class">${literal('5')}</decision>`;
  const xml = model(
    decision('by_id', literal('limit_class + 1'), requiring('limit_class')) +
      decision('by_name', literal('Limit class + 1'), requiring('limit_class')) +
      plain,
  );
  t.is(evaluate(xml, 'by_id').output, 6);
  t.is(evaluate(xml, 'by_name').output, 6);
});

test('a required decision that fails is named as the failed one', (t) => {
  const xml = model(
    decision('top', literal('low'), requiring('low')) + decision('low', table('', ['n'], one, ['- => 1', '- => 2'])),
  );
  t.deepEqual(evaluate(xml, 'top', { n: 1 }).failure, {
    failedDecisionId: 'low',
    message:
      "Expected to evaluate decision 'top', but multiple values aren't allowed for UNIQUE hit policy. found: 'List(Map(result -> 1), Map(result -> 2))'",
  });
});

test('business knowledge is called by name, by invocation, and by other business knowledge', (t) => {
  const xml = model(
    `<businessKnowledgeModel id="b1" name="working days"><variable name="working days"/><encapsulatedLogic>
       <formalParameter name="level" typeRef="number"/>${literal('level * per level(1)')}</encapsulatedLogic>
       ${knowing('b2')}</businessKnowledgeModel>
     <businessKnowledgeModel id="b2" name="per level"><variable name="per level"/><encapsulatedLogic>
       <formalParameter name="k"/>${literal('k + 4')}</encapsulatedLogic></businessKnowledgeModel>` +
      decision('direct', literal('working days(3)'), knowing('b1')) +
      decision('wrong', literal('working days("three")'), knowing('b1')) +
      decision(
        'invoked',
        `<invocation>${literal('working days')}<binding><parameter name="level"/>${literal('n')}</binding></invocation>`,
        knowing('b1'),
      ),
  );
  t.is(evaluate(xml, 'direct').output, 15);
  t.is(evaluate(xml, 'invoked', { n: 2 }).output, 10);
  t.is(evaluate(xml, 'wrong').output, null);
});

test('boxed contexts, lists, relations, conditions, loops and filters are expressions', (t) => {
  const entry = (name: string, value: string) =>
    `<contextEntry><variable name="${name}"/>${literal(value)}</contextEntry>`;
  const xml = model(
    decision('context', `<context>${entry('first part', '2')}${entry('all', 'first part * 2')}</context>`) +
      decision('final', `<context>${entry('x', '2')}<contextEntry>${literal('x + 1')}</contextEntry></context>`) +
      decision('list', `<list>${literal('1')}${literal('n')}</list>`) +
      decision(
        'relation',
        `<relation><column name="a"/><column name="b c"/><row>${literal('1')}${literal('2')}</row></relation>`,
      ) +
      decision(
        'if',
        `<conditional><if>${literal('n > 1')}</if><then>${literal('"many"')}</then><else>${literal('"few"')}</else></conditional>`,
      ) +
      decision(
        'for',
        `<for iteratorVariable="each one"><in>${literal('[1, 2]')}</in><return>${literal('each one * n')}</return></for>`,
      ) +
      decision(
        'some',
        `<some iteratorVariable="x"><in>${literal('[1, 2]')}</in><satisfies>${literal('x = n')}</satisfies></some>`,
      ) +
      decision('filter', `<filter><in>${literal('[1, 2, 3]')}</in><match>${literal('item > n')}</match></filter>`) +
      decision('nothing', ''),
  );
  const results = Object.fromEntries(
    ['context', 'final', 'list', 'relation', 'if', 'for', 'some', 'filter', 'nothing'].map((id) => [
      id,
      evaluate(xml, id, { n: 2 }).output,
    ]),
  );
  t.deepEqual(results, {
    context: { 'first part': 2, all: 4 },
    final: 3,
    list: [1, 2],
    relation: [{ a: 1, 'b c': 2 }],
    if: 'many',
    for: [2, 4],
    some: true,
    filter: [3],
    nothing: null,
  });
});

test('a decision service is a function of its inputs for the decisions that know it', (t) => {
  const xml = model(
    `<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
     <decisionService id="s" name="service"><variable name="service"/><outputDecision href="#out"/>
       <inputDecision href="#factor"/><inputData href="#i"/></decisionService>` +
      decision('out', literal('amount * factor'), requiring('factor')) +
      decision('factor', literal('100')) +
      decision('caller', literal('service(3, 2)'), knowing('s')),
  );
  t.is(evaluate(xml, 'caller', { amount: 7 }).output, 6);
  t.is(evaluate(xml, 'out', { amount: 7 }).output, 700);
});

test('inputs of a declared temporal type arrive as text and are what they are declared', (t) => {
  const xml = model(
    `<itemDefinition name="Case"><itemComponent name="opened on"><typeRef>date</typeRef></itemComponent></itemDefinition>
     <inputData id="i" name="the case"><variable name="the case" typeRef="Case"/></inputData>` +
      decision('due', literal('the case.opened on + duration("P5D")')) +
      decision('checked', literal('the case instance of Case')),
  );
  t.is(evaluate(xml, 'due', { 'the case': { 'opened on': '2026-03-31' } }).output, '2026-04-05');
  t.is(evaluate(xml, 'checked', { 'the case': { 'opened on': '2026-03-31' } }).output, true);
});

test('a result that is not of its declared type is null, a list of one becomes its item', (t) => {
  const typed = (id: string, text: string) =>
    `<decision id="${id}" name="${id}"><variable name="${id}" typeRef="number"/>${literal(text)}</decision>`;
  const xml = model(typed('wrong', '"text"') + typed('single', '[7]') + typed('right', '7'));
  t.is(evaluate(xml, 'wrong').output, null);
  t.is(evaluate(xml, 'single').output, 7);
  t.is(evaluate(xml, 'right').output, 7);
});

test('models of DMN 1.1 to 1.5 read alike, with a prefix or without', (t) => {
  const namespaces = [
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    dmn15,
  ];
  for (const namespace of namespaces) {
    t.is(evaluate(model(decision('d', literal('1 + 1')), namespace), 'd').output, 2, namespace);
  }
  const prefixed = `<dmn:definitions xmlns:dmn="${dmn15}" id="a" name="A"><dmn:decision id="d" name="D">
    <dmn:literalExpression><dmn:text><![CDATA[1 < 2]]></dmn:text></dmn:literalExpression></dmn:decision></dmn:definitions>`;
  t.is(evaluate(prefixed, 'd').output, true);
});

test('a deployment learns the ids, names and version tags of a model', (t) => {
  const tag =
    '<extensionElements><zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="v2"/></extensionElements>';
  const drg = parseDrg(model(decision('a', literal('1'), tag) + decision('b', literal('2'))));
  t.like(drg, { id: 'urgency_rules', name: 'Urgency rules' });
  t.deepEqual(
    drg.decisions.map(({ id, name, versionTag }) => ({ id, name, versionTag })),
    [
      { id: 'a', name: 'a name', versionTag: 'v2' },
      { id: 'b', name: 'b name', versionTag: null },
    ],
  );
});

test('an invalid model is refused with a sentence', (t) => {
  const refused = (xml: string, message: RegExp) => t.throws(() => parseDrg(xml), { message });
  refused('no model', /not well-formed/);
  refused('<definitions>', /not well-formed/);
  refused('<process xmlns="http://x"/>', /begins with 'definitions'/);
  refused(`<definitions xmlns="${dmn15}" id="x"/>`, /attribute 'name' of 'definitions' is missing/);
  refused(model(`<decision name="x">${literal('1')}</decision>`), /attribute 'id' of the decision 'x' is missing/);
  refused(model(decision('d', literal('1')) + decision('d', literal('2'))), /id 'd' is there more than once/);
  refused(model(decision('d', table('hitPolicy="BEST"', ['n'], one, steps))), /hit policy 'BEST' is unknown/);
  refused(model(decision('d', table('', ['n'], one, ['1 => 2 | 3']))), /Rule 1 .* not as many entries/);
  refused(
    model(decision('a', literal('b'), requiring('b')) + decision('b', literal('a'), requiring('a'))),
    /Cyclic dependencies between decisions/,
  );
});

test('an expression that cannot be parsed is a problem of the model, and fails only its own decision', (t) => {
  const drg = parseDrg(model(decision('bad', literal('1 +')) + decision('good', literal('1 + 1'))));
  t.deepEqual(drg.problems, ["FEEL expression: failed to parse expression '1 +': unexpected end at position 4"]);
  t.is(evaluateDecision(drg, 'good', {}, { nowMs: 0 }).output, 2);
  t.is(evaluateDecision(drg, 'bad', {}, { nowMs: 0 }).failure!.failedDecisionId, 'bad');
});

test('what was left unfinished is a problem of the model in Camunda’s words: empty expressions, nameless outputs', (t) => {
  const problems = (logic: string) => parseDrg(model(decision('d', logic))).problems;
  const empty = ["FEEL expression: failed to parse expression '': unexpected end at position 1"];
  t.deepEqual(problems(table('', ['n'], one, ['1 => '])), empty);
  t.deepEqual(problems(table('', [''], one, ['1 => 2'])), empty);
  t.deepEqual(problems(table('', ['n'], one, [' => 2'])), []);
  t.deepEqual(problems('<literalExpression id="unwritten"/>'), ["The expression 'unwritten' must not be empty."]);
  t.deepEqual(problems('<literalExpression expressionLanguage="Groovy"><text>1</text></literalExpression>'), [
    "Expression language 'groovy' is not supported",
  ]);
  const several = [output('a'), '<output label="Discount"/>'];
  t.deepEqual(problems(table('hitPolicy="COLLECT" aggregation="SUM"', ['n'], several, ['1 => 2 | 3'])), [
    "hit policy 'COLLECT' with aggregator is not defined for compound output",
    'no output name defined for `Discount`',
  ]);
});

test('a result that is not of its declared type fails the decision, which still shows it', (t) => {
  const typed = (type: string, logic: string) => {
    const item = '<itemDefinition name="tText"><typeRef>string</typeRef></itemDefinition>';
    return evaluate(
      model(`${item}<decision id="d" name="D"><variable name="d" typeRef="${type}"/>${logic}</decision>`),
      'd',
    );
  };
  const found = typed('feel:number', literal('"five"'));
  t.deepEqual(found.failure, {
    failedDecisionId: 'd',
    message: `Expected to evaluate decision 'd', but expected 'number' but found '"five"'`,
  });
  t.is(found.evaluatedDecisions[0]!.output, 'five');
  t.regex(typed('string', table('', ['1'], one, ['- => 5'])).failure!.message, /expected 'string' but found '5'$/);
  t.regex(typed('dateTime', literal('"soon"')).failure!.message, /expected 'dateTime' but found '"soon"'$/);
  t.deepEqual([typed('number', literal('null')).output, typed('number', literal('null')).failure], [null, undefined]);
  t.is(typed('tText', literal('5')).failure, undefined);
});

test('an assertion that does not hold and an endless loop fail the decision', (t) => {
  const xml = model(
    decision('asserted', literal('assert(n, n > 3, "too few")')) +
      decision('endless', literal('for i in 1..1e9 return i')),
  );
  t.regex(evaluate(xml, 'asserted', { n: 1 }).failure!.message, /but Assertion failure .*: too few$/);
  t.regex(evaluate(xml, 'endless').failure!.message, /more than 2000000 steps/);
});
