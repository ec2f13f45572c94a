import test from 'ava';
import {
  callActivity,
  catchEvent,
  definitions,
  element,
  end,
  extensions,
  link,
  path,
  process,
  serviceTask,
  start,
  subProcess,
  taskDefinition,
  throwEvent,
} from '../testing/model.ts';
import { parseProcesses } from './parse-process.ts';
import { straightThroughLoop } from './validate-loops.ts';

const script = (id: string, inside = '<zeebe:script expression="=1" resultVariable="x" />') =>
  element('scriptTask', id, extensions(inside));
const gateway = (id: string) => element('exclusiveGateway', id);

async function loopOf(...contents: string[][]): Promise<string[] | undefined> {
  const all = contents.map((content, index) => process(`p${index}`, start(`start${index}`), ...content));
  const { processes, problems } = await parseProcesses(definitions(all.join('')));
  // flows without conditions are of no interest here
  const others = problems.filter(({ message }) => message !== 'Must have a condition or be default flow');
  if (others.length > 0) throw new Error(JSON.stringify(others));
  return straightThroughLoop(processes[0]!, processes);
}

test('a circle of what never waits is found, as Zeebe names it', async (t) => {
  t.deepEqual(await loopOf([element('task', 'a'), element('manualTask', 'b'), path('start0', 'a', 'b', 'a')]), [
    'a',
    'b',
    'a',
  ]);
  t.deepEqual(await loopOf([gateway('g'), script('s'), end(), path('start0', 'g', 's', 'g', 'end')]), ['s', 'g', 's']);
  t.deepEqual(await loopOf([gateway('g'), throwEvent('t', ''), end(), path('start0', 'g', 't', 'g', 'end')]), [
    't',
    'g',
    't',
  ]);
});

test('a circle through a sub-process or a called process is found', async (t) => {
  const scope = subProcess('scope', start('s0'), element('task', 'a'), path('s0', 'a'));
  t.deepEqual(await loopOf([gateway('g'), scope, end(), path('start0', 'g', 'scope', 'g', 'end')]), [
    'a',
    'g',
    'scope',
    's0',
    'a',
  ]);
  t.deepEqual(await loopOf([callActivity('again', 'p0'), end(), path('start0', 'again', 'end')]), [
    'again',
    'start0',
    'again',
  ]);
  t.deepEqual(
    await loopOf(
      [callActivity('there', 'p1'), path('start0', 'there')],
      [callActivity('back', 'p0'), path('start1', 'back')],
    ),
    ['there', 'start1', 'back', 'start0', 'there'],
  );
});

test('a circle that waits somewhere, or is none but for gateways and links, is let pass', async (t) => {
  t.is(
    await loopOf([
      gateway('g'),
      element('task', 'a'),
      serviceTask('w', 'w'),
      end(),
      path('start0', 'g', 'a', 'w', 'g', 'end'),
    ]),
    undefined,
  );
  t.is(
    await loopOf([gateway('g'), script('s', taskDefinition('x')), end(), path('start0', 'g', 's', 'g', 'end')]),
    undefined,
  );
  t.is(await loopOf([gateway('g'), gateway('h'), end(), path('start0', 'g', 'h', 'g', 'end')]), undefined);
  t.is(
    await loopOf([
      gateway('g'),
      throwEvent('out', link('x')),
      catchEvent('in', link('x')),
      path('start0', 'g', 'out'),
      path('in', 'g'),
    ]),
    undefined,
  );
  t.is(await loopOf([callActivity('away', '=next'), end(), path('start0', 'away', 'end')]), undefined);
});

test('a model that is very long is looked through', async (t) => {
  const ids = Array.from({ length: 5000 }, (_, index) => `t${index}`);
  t.is(await loopOf([...ids.map((id) => element('task', id)), end(), path('start0', ...ids, 'end')]), undefined);
});
