import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import test from 'ava';
import { builtins } from '../feel/functions/builtins.ts';
import { loadGatewayService } from '../grpc/protocol.ts';
import { startGrpcEngine } from '../grpc/testing/grpc-engine.ts';
import { Scene } from '../testing/scene.ts';
import { compatibilityDocument } from './document.ts';
import { feelFunctions } from './feel-functions.ts';
import { identityOperations } from './rest-identity.ts';
import { processOperations } from './rest-operations.ts';
import { rpcs } from './rpcs.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

const require = createRequire(import.meta.url);
const operations = Object.values({ ...processOperations, ...identityOperations }).flat();

/** What the client's generated code sends: `name METHOD /path`. */
function callsOfTheClient() {
  const folder = path.dirname(require.resolve('@camunda8/orchestration-cluster-api'));
  const code = readdirSync(folder)
    .filter((name) => /^chunk-.*\.js$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .find((text) => text.includes('var activateJobs = '))!;
  return code.split(/\nvar (?=\w+ = \(options\) =>)/).flatMap((part) => {
    const verb = /client\)\.(get|post|put|patch|delete)\(/.exec(part);
    const url = /url: "([^"]+)"/.exec(part);
    return verb && url ? [`${/^\w+/.exec(part)![0]} ${verb[1]!.toUpperCase()} ${url[1]}`] : [];
  });
}

test('the table of operations has every method of the client, with its request', (t) => {
  const rows = operations.map(({ name, method, path: where }) => `${name} ${method} ${where}`);
  t.deepEqual(rows.toSorted(), callsOfTheClient().toSorted());
});

for (const { name, method, path: where, state, answers, note } of operations) {
  test(`${name} is ${state === 'none' ? 'not served' : 'served'}, as the table says`, async (t) => {
    const url = `/v2${where.replaceAll(/\{\w+\}/g, '1')}`;
    const response = await fetch(`${scene.engine.address}${url}`, { method });
    const answer = await response.text();
    if (state === 'none') {
      t.true(answers!.includes(response.status), `${response.status} ${answer}`);
      t.regex(answer, /No static resource|Method '\w+' is not supported|Unauthorized to perform/);
      t.truthy(note);
    } else {
      t.notRegex(answer, /No static resource/);
      t.true(response.status < 500 && ![403, 405].includes(response.status), `${response.status} ${answer}`);
    }
    if (response.status >= 400) t.is(response.headers.get('content-type'), 'application/problem+json');
  });
}

test('the table of rpcs has every rpc of the protocol', (t) => {
  const declared = Object.keys(loadGatewayService());
  t.deepEqual(rpcs.map(({ name }) => name).toSorted(), declared.toSorted());
});

test('every rpc is answered, as the table says', async (t) => {
  const gateway = await startGrpcEngine();
  t.teardown(() => gateway.stop());
  for (const { name } of rpcs) {
    // the request is empty: what matters is that somebody looks at it
    const answer: Promise<unknown> = /^(Activate|Stream)/.test(name)
      ? gateway.bare.all(name, {})
      : gateway.bare.call(name, {});
    const failure = await answer.then(
      () => undefined,
      (error: { code: number }) => error.code,
    );
    t.false(failure === status.UNIMPLEMENTED || failure === status.INTERNAL, `${name}: ${failure}`);
  }
});

const functions = Object.values(feelFunctions).flat();

test('the table of functions has every built-in function', (t) => {
  // DMN's conformance kit has names with letters that Camunda's documentation does not speak of
  const named = [...builtins.keys()].filter((name) => /^[\w ]+$/.test(name));
  t.deepEqual(functions.map(({ name }) => name).toSorted(), named.toSorted());
});

for (const { name, expression, value } of functions) {
  test(`the function ${name}() does what the table says`, async (t) => {
    const answer = await scene.engine.request('POST', '/v2/expression/evaluation', { expression: `=${expression}` });
    t.deepEqual(answer.body.result, value, expression);
  });
}

test('docs/compatibility.md is what the tables say: npm run compatibility', (t) => {
  const document = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');
  t.is(document, compatibilityDocument());
});
