import test from 'ava';
import { numberOf, parseExactly, parseJson, printExactly } from './exact-json.ts';
import { element, end, extensions, mapping, loop, model, path, start } from './testing/model.ts';
import { Scene } from './testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const [id, largest] = ['9007199254740993', '9223372036854775807'];

test('whole numbers keep all digits of 64 bits, other numbers are doubles', (t) => {
  const exactly = (text: string, value: unknown) => {
    t.deepEqual(parseExactly(text), value as never);
    t.is(printExactly(value), text);
  };
  exactly(id, 9007199254740993n);
  exactly(`[-${id},${largest},-9223372036854775808]`, [-9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n)]);
  exactly(`{"a":{"b":[1,"${id}",${id}]}}`, { a: { b: [1, id, 9007199254740993n] } });
  exactly('{"key":2251799813685249}', { key: 2251799813685249 });
  exactly('0.1234567890123456', 0.1234567890123456);
  t.deepEqual(parseExactly(`{ "a\\"" : [ ${id} ] }`), { 'a"': [9007199254740993n] });
  const beyond = ['9223372036854775808', '12345678901234567890.5', '1234567890123456789e2'];
  t.deepEqual(parseExactly(`[${beyond.join()}]`), beyond.map(Number));
  t.is(numberOf('9007199254740991'), 9007199254740991);
  t.throws(() => parseExactly(`{"a":0${id}}`), { instanceOf: SyntaxError });
  t.throws(() => parseExactly(`[${id}`), { instanceOf: SyntaxError });
  t.throws(() => parseJson('['.repeat(1001) + ']'.repeat(1001), 1000), { instanceOf: SyntaxError });
});

/** The client reads numbers as doubles: here the texts count. */
async function answerOf(where: string, body: string) {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${scene.engine.address}${where}`, { method: 'POST', headers, body })).text();
}

async function evaluated(expression: string, variables = '{}') {
  const text = await answerOf('/v2/expression/evaluation', `{"expression":"${expression}","variables":${variables}}`);
  return /"result":(.*?),"warnings"/.exec(text)?.[1] ?? text;
}

test('an id of 64 bits passes through variables, mappings, loops, jobs, messages and results unchanged', async (t) => {
  const waiting = element('receiveTask', 'wait', '', 'messageRef="message_exact"');
  const looped = element(
    'serviceTask',
    'work',
    extensions('<zeebe:taskDefinition type="exact" />', mapping({ mine: '=order.id' })) +
      loop({ inputCollection: '=ids', inputElement: 'item', outputCollection: 'seen', outputElement: '=item' }),
  );
  await scene.deploy({
    'exact.bpmn': model('exact', [start(), waiting, looped, end(), path('start', 'wait', 'work', 'end')], {
      messages: { exact: '=order.id' },
    }),
  });
  const result = answerOf(
    '/v2/process-instances',
    `{"processDefinitionId":"exact","awaitCompletion":true,"variables":{"order":{"id":${id}},"ids":[${largest}]}}`,
  );
  await scene.publish('exact', id, {}, { timeToLive: 60_000 });
  const jobs = await answerOf('/v2/jobs/activation', '{"type":"exact","timeout":60000,"maxJobsToActivate":1}');
  t.true(jobs.includes(`"mine":${id}`), jobs);
  t.true(jobs.includes(`"item":${largest}`), jobs);
  const jobKey = /"jobKey":"(\d+)"/.exec(jobs)![1]!;
  await answerOf(`/v2/jobs/${jobKey}/completion`, `{"variables":{"answer":-${id}}}`);
  const answer = await result;
  t.true(answer.includes(`"order":{"id":${id}}`), answer);
  t.true(answer.includes(`"seen":[${largest}]`), answer);
  const found = await answerOf('/v2/variables/search', `{"filter":{"name":"order","value":"{\\"id\\":${id}}"}}`);
  t.true(found.includes('"totalItems":1'), found);
});

test('FEEL takes such a number for a number', async (t) => {
  const variables = `{"id":${id},"ids":[${id},1],"near":9007199254740992}`;
  t.is(await evaluated('=id', variables), id);
  t.is(await evaluated('={a: [id]}', variables), `{"a":[${id}]}`);
  t.is(await evaluated('=id + 1', variables), '9007199254740994');
  t.is(await evaluated('=id - 9007199254740990', variables), '3');
  t.is(await evaluated('=9007199254740991 + 2'), id);
  t.is(await evaluated('=-id', variables), `-${id}`);
  t.is(await evaluated('=id * 0.5', variables), String(Number(id) / 2));
  t.is(await evaluated(`=id = ${id}`, variables), 'true');
  t.is(await evaluated('=id = near', variables), 'false');
  t.is(await evaluated('=id > near and near < id and not(id < 1)', variables), 'true');
  t.is(await evaluated('=id in [1..9007199254740994]', variables), 'true');
  t.is(await evaluated('=list contains(ids, id)', variables), 'true');
  t.is(await evaluated('=distinct values([id, id, near])', variables), `[${id},9007199254740992]`);
  t.is(await evaluated('=max(ids)', variables), id);
  t.is(await evaluated('=count(ids[item = id])', variables), '1');
  t.is(await evaluated('=id instance of number', variables), 'true');
  t.is(await evaluated('=string(id)', variables), `"${id}"`);
  t.is(await evaluated('=number(string(id)) = id', variables), 'true');
  t.is(await evaluated('=floor(sum([1, 2])) + abs(-3)', variables), '6');
  t.is(await evaluated('=abs(id) > 1 and modulo(id, 2) >= 0', variables), 'true');
});

test('a decision keeps it', async (t) => {
  await scene.deploy({
    'exact.dmn': `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="exact_drg" name="exact" namespace="n">
      <decision id="exact_decision" name="exact decision"><variable name="result" />
        <literalExpression><text>{same: given = ${id}, given: given}</text></literalExpression></decision></definitions>`,
  });
  const answer = await answerOf(
    '/v2/decision-definitions/evaluation',
    `{"decisionDefinitionId":"exact_decision","variables":{"given":${id}}}`,
  );
  t.true(answer.includes(`{\\"same\\":true,\\"given\\":${id}}`), answer);
});

test('such a number where a small one is meant is refused', async (t) => {
  const answer = await answerOf('/v2/jobs/activation', `{"type":"a","timeout":1,"maxJobsToActivate":${id}}`);
  t.true(answer.includes('Request property [maxJobsToActivate] cannot be parsed'), answer);
});
